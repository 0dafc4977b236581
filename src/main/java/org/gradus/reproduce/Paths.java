package org.gradus.reproduce;

import org.gradus.linalg.Matrix;

/** How far apart two runs are. */
final class Paths {
    private Paths() {}

    /**
     * The largest |σ_i − σ_i'|/σ_1 over the steps that both have recorded, and all singular values that both have; NaN where one
     * is NaN or no step is common.
     */
    static double apart(FinishedRun run, FinishedRun other, long offset) {
        double[] steps = run.steps();
        double[] others = other.steps();
        double[][] values = run.singularValues();
        double[][] otherValues = other.singularValues();
        double greatest = Double.NaN;
        int j = 0;
        for (int k = 0; k < steps.length; k++) {
            while (j < others.length && others[j] + offset < steps[k]) {
                j++;
            }
            if (j < others.length && others[j] + offset == steps[k]) {
                greatest = Double.isNaN(greatest) ? 0 : greatest;
                for (int i = 0; i < Math.min(values.length, otherValues.length); i++) {
                    double apart = Math.abs(values[i][k] - otherValues[i][j]) / values[0][k];
                    greatest = Numbers.largest(greatest, apart);
                }
            }
        }
        return greatest;
    }

    /** ‖W − W'‖_F/‖W‖_F of the final products. */
    static double productsApart(FinishedRun run, FinishedRun other) {
        Matrix w = run.product();
        Matrix v = other.product();
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < w.data().length; i++) {
            double d = w.data()[i] - v.data()[i];
            difference += d * d;
            norm += w.data()[i] * w.data()[i];
        }
        return Math.sqrt(difference / norm);
    }
}
