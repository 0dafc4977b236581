package org.gradus.dynamics;

import java.util.Arrays;
import org.gradus.init.Dimensions;
import org.gradus.linalg.Matrix;

/** The measurements of a dense descent in host memory; factors are fetched when asked for. */
final class DenseState implements State {

    /** Fetches W_j of a run, as long as the descent is at the step of the state. */
    interface FactorSource {
        Matrix fetch(long step, int run, int j);
    }

    final double[] losses;
    final double[] testErrors;
    final double[] balancedness;
    final double[][] singularValues;
    final double[][][] factorSingularValues;
    private final long step;
    private final Dimensions dimensions;
    private final HostMatrices products;
    private final boolean transposed;
    private final FactorSource factors;

    DenseState(
            long step,
            int runs,
            Dimensions dimensions,
            HostMatrices products,
            boolean transposed,
            FactorSource factors) {
        this.step = step;
        this.dimensions = dimensions;
        this.products = products;
        this.transposed = transposed;
        this.factors = factors;
        losses = new double[runs];
        testErrors = new double[runs];
        balancedness = new double[runs];
        Arrays.fill(testErrors, Double.NaN);
        Arrays.fill(balancedness, Double.NaN);
        singularValues = new double[runs][];
        factorSingularValues = new double[dimensions.depth()][runs][];
    }

    @Override
    public long step() {
        return step;
    }

    @Override
    public double loss(int run) {
        return losses[run];
    }

    @Override
    public double[] singularValues(int run) {
        return singularValues[run];
    }

    @Override
    public double testError(int run) {
        return testErrors[run];
    }

    @Override
    public double[] factorSingularValues(int run, int j) {
        return factorSingularValues[j - 1][run];
    }

    @Override
    public double balancedness(int run) {
        return balancedness[run];
    }

    @Override
    public Matrix product(int run) {
        double[] own = products.copy(run);
        return transposed
                ? new Matrix(dimensions.cols(), dimensions.rows(), own).transposed()
                : new Matrix(dimensions.rows(), dimensions.cols(), own);
    }

    @Override
    public Matrix factor(int run, int j) {
        return factors.fetch(step, run, j);
    }
}
