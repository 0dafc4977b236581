package org.gradus.linalg;

import java.util.Arrays;

/** The largest singular value by power iteration on AᵀA: a lower bound that is close after a few steps. */
public final class SpectralNorm {
    private static final int STEPS = 60;

    private SpectralNorm() {}

    /** ‖A‖ from below, within about a percent unless the two largest singular values nearly agree (then both are near). */
    public static double of(Matrix a) {
        double[] x = new double[a.cols()];
        for (int j = 0; j < x.length; j++) {
            x[j] = 1 + 0.5 * Math.sin(j); // in no likely null space
        }
        double norm = 0;
        for (int step = 0; step < STEPS; step++) {
            double length = Math.sqrt(Arrays.stream(x).map(v -> v * v).sum());
            if (length == 0 || !Double.isFinite(length)) {
                return length;
            }
            double[] y = new double[a.rows()];
            for (int j = 0; j < x.length; j++) {
                for (int i = 0; i < y.length; i++) {
                    y[i] += a.get(i, j) * (x[j] / length);
                }
            }
            norm = Math.sqrt(Arrays.stream(y).map(v -> v * v).sum());
            for (int j = 0; j < x.length; j++) {
                x[j] = 0;
                for (int i = 0; i < y.length; i++) {
                    x[j] += a.get(i, j) * y[i];
                }
            }
        }
        return norm;
    }
}
