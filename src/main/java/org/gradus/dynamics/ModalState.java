package org.gradus.dynamics;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.gradus.dynamics.SpectralModes.ModalTruth;
import org.gradus.init.Dimensions;
import org.gradus.linalg.Matrix;
import org.gradus.problem.Estimation;

/** A state of the scalar recursion; matrices are lifted when they are asked for. Holds copies, so it stays valid. */
final class ModalState implements State {
    private final long step;
    private final Estimation problem;
    private final ModalBasis basis;
    private final Dimensions dimensions;
    private final boolean identityFrames;
    private final Optional<ModalTruth> truth;
    private final double[][] first;
    private final double[][] others;

    ModalState(
            long step,
            Estimation problem,
            ModalBasis basis,
            Dimensions dimensions,
            boolean identityFrames,
            Optional<ModalTruth> truth,
            double[][] first,
            double[][] others) {
        this.step = step;
        this.problem = problem;
        this.basis = basis;
        this.dimensions = dimensions;
        this.identityFrames = identityFrames;
        this.truth = truth;
        this.first = first;
        this.others = others;
    }

    @Override
    public long step() {
        return step;
    }

    /** p_i = a_i b_i^{N−1}. */
    private double[] product(double[] a, double[] b) {
        double[] p = a.clone();
        for (int factor = 1; factor < dimensions.depth(); factor++) {
            for (int i = 0; i < p.length; i++) {
                p[i] *= b[i];
            }
        }
        return p;
    }

    private double[] values(int run) {
        return product(first[run], others[run]);
    }

    @Override
    public double loss(int run) {
        double[] p = values(run);
        double sum = basis.squaredRest();
        for (int i = 0; i < p.length; i++) {
            double residual = p[i] - basis.values()[i];
            sum += residual * residual;
        }
        return problem.loss().of(sum, problem.observations());
    }

    @Override
    public double[] singularValues(int run) {
        return descendingMagnitudes(values(run), Math.min(dimensions.rows(), dimensions.cols()));
    }

    @Override
    public double testError(int run) {
        return truth.map(known -> known.relativeError(values(run))).orElse(Double.NaN);
    }

    @Override
    public double[] factorSingularValues(int run, int j) {
        int count = Math.min(dimensions.size(j), dimensions.size(j - 1));
        return descendingMagnitudes(j == 1 ? first[run] : others[run], count);
    }

    /** Only W_2ᵀW_2 − W_1W_1ᵀ = V diag(b² − a²) Vᵀ can differ from zero. */
    @Override
    public double balancedness(int run) {
        double sum = 0;
        for (int i = 0; dimensions.depth() > 1 && i < first[run].length; i++) {
            double difference = others[run][i] * others[run][i] - first[run][i] * first[run][i];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }

    @Override
    public Matrix product(int run) {
        return basis.lift(values(run));
    }

    @Override
    public Supplier<Matrix> keptProduct(int run) {
        double[] kept = values(run);
        return () -> basis.lift(kept);
    }

    @Override
    public Matrix factor(int run, int j) {
        double[] values = j == 1 ? first[run] : others[run];
        int depth = dimensions.depth();
        if (!identityFrames || depth == 1) {
            return basis.lift(values);
        }
        Matrix factor = Matrix.zeros(dimensions.size(j), dimensions.size(j - 1));
        for (int mode = 0; mode < values.length; mode++) {
            for (int i = 0; j == 1 && i < factor.cols(); i++) {
                factor.set(mode, i, values[mode] * basis.right().get(i, mode));
            }
            for (int i = 0; j == depth && i < factor.rows(); i++) {
                factor.set(i, mode, values[mode] * basis.left().get(i, mode));
            }
            if (j > 1 && j < depth) {
                factor.set(mode, mode, values[mode]);
            }
        }
        return factor;
    }

    private static double[] descendingMagnitudes(double[] values, int count) {
        double[] magnitudes = new double[Math.max(count, values.length)];
        for (int i = 0; i < values.length; i++) {
            magnitudes[i] = -Math.abs(values[i]);
        }
        Arrays.sort(magnitudes);
        double[] descending = new double[count];
        Arrays.setAll(descending, i -> magnitudes[i] == 0 ? 0 : -magnitudes[i]);
        return descending;
    }
}
