package org.gradus.observe;

import java.util.Arrays;
import org.gradus.dynamics.State;
import org.gradus.linalg.Matrix;

/** A state whose every run has the same, given numbers. */
record FixedState(
        long step,
        double loss,
        double[] values,
        double testError,
        double[][] factorValues,
        double balancedness,
        Matrix product)
        implements State {

    static FixedState of(long step, double loss, double... values) {
        return new FixedState(step, loss, values, Double.NaN, new double[0][], Double.NaN, Matrix.zeros(1, 1));
    }

    FixedState withProduct(Matrix other) {
        return new FixedState(step, loss, values, testError, factorValues, balancedness, other);
    }

    @Override
    public double loss(int run) {
        return loss;
    }

    @Override
    public double[] singularValues(int run) {
        return Arrays.copyOf(values, values.length);
    }

    @Override
    public double testError(int run) {
        return testError;
    }

    @Override
    public double[] factorSingularValues(int run, int j) {
        return factorValues[j - 1];
    }

    @Override
    public double balancedness(int run) {
        return balancedness;
    }

    @Override
    public Matrix product(int run) {
        return product;
    }

    @Override
    public Matrix factor(int run, int j) {
        throw new UnsupportedOperationException("no factors");
    }
}
