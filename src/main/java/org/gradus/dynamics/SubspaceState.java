package org.gradus.dynamics;

import java.util.Arrays;
import java.util.function.Supplier;
import org.gradus.init.Dimensions;
import org.gradus.init.Initialization;
import org.gradus.linalg.Lapack;
import org.gradus.linalg.Matrix;
import org.gradus.problem.Estimation;

/**
 * A state of the reduced problem seen as one of the full: the complement, n − s directions, has the singular value |ρ| in every
 * factor and |ρ|^N in the product.
 */
final class SubspaceState implements State {
    private final State inner;
    private final double complement;
    private final double complementProduct;
    private final Estimation problem;
    private final Dimensions dimensions;
    private final Initialization start;
    private final double scale;
    private final SubspaceBasis basis;

    SubspaceState(
            State inner,
            double complement,
            Estimation problem,
            Dimensions dimensions,
            Initialization start,
            double scale,
            SubspaceBasis basis) {
        this.inner = inner;
        this.complement = complement;
        this.problem = problem;
        this.dimensions = dimensions;
        this.start = start;
        this.scale = scale;
        this.basis = basis;
        complementProduct = Math.pow(complement, dimensions.depth());
    }

    @Override
    public long step() {
        return inner.step();
    }

    /** Σr² = 2·(the reduced loss) + (n − s)ρ^{2N}. */
    @Override
    public double loss(int run) {
        int outside = dimensions.rows() - basis.size();
        double sum = 2 * inner.loss(run) + outside * complementProduct * complementProduct;
        return problem.loss().of(sum, problem.observations());
    }

    @Override
    public double[] singularValues(int run) {
        return merged(inner.singularValues(run), Math.abs(complementProduct));
    }

    @Override
    public double[] factorSingularValues(int run, int j) {
        return merged(inner.factorSingularValues(run, j), Math.abs(complement));
    }

    private double[] merged(double[] reduced, double repeated) {
        double[] ascending = Arrays.copyOf(reduced, dimensions.rows());
        Arrays.fill(ascending, reduced.length, ascending.length, repeated);
        Arrays.sort(ascending);
        double[] descending = new double[ascending.length];
        Arrays.setAll(descending, i -> ascending[ascending.length - 1 - i]);
        return descending;
    }

    @Override
    public double testError(int run) {
        if (problem.clean().isEmpty()) {
            return Double.NaN;
        }
        Matrix truth = problem.clean().get();
        Matrix product = product(run);
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < truth.data().length; i++) {
            double d = product.data()[i] - truth.data()[i];
            difference += d * d;
            norm += truth.data()[i] * truth.data()[i];
        }
        return Math.sqrt(difference / norm);
    }

    /** The complement is balanced: its factors are multiples of one orthogonal matrix each. */
    @Override
    public double balancedness(int run) {
        return inner.balancedness(run);
    }

    @Override
    public Matrix product(int run) {
        return lift(inner.product(run));
    }

    @Override
    public Supplier<Matrix> keptProduct(int run) {
        Supplier<Matrix> reduced = inner.keptProduct(run);
        return () -> lift(reduced.get());
    }

    /** W = (F_N B)(X − ρ^N I)Bᵀ + ρ^N F_N, X the reduced product. */
    private Matrix lift(Matrix reduced) {
        int depth = dimensions.depth();
        Matrix frame = start.factor(1, dimensions);
        for (int j = 2; j <= depth; j++) {
            frame = Lapack.times(start.factor(j, dimensions), frame);
        }
        double share = complementProduct / Math.pow(scale, depth);
        return combined(depth, 0, reduced, complementProduct, frame, share);
    }

    /** W_j = (F_j B)(X_j − ρI)(F_{j−1} B)ᵀ + ρQ_j. */
    @Override
    public Matrix factor(int run, int j) {
        return combined(j, j - 1, inner.factor(run, j), complement, start.factor(j, dimensions), complement / scale);
    }

    /** (F_i B)(reduced − outside·I)(F_j B)ᵀ + share·rest. */
    private Matrix combined(int i, int j, Matrix reduced, double outside, Matrix rest, double share) {
        Matrix inside = reduced.copy();
        for (int k = 0; k < inside.rows(); k++) {
            inside.set(k, k, inside.get(k, k) - outside);
        }
        Matrix lifted = Lapack.timesTransposed(
                Lapack.times(basis.frames().get(i), inside), basis.frames().get(j));
        for (int k = 0; k < lifted.data().length; k++) {
            lifted.data()[k] += share * rest.data()[k];
        }
        return lifted;
    }
}
