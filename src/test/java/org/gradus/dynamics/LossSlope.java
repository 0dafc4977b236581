package org.gradus.dynamics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.PlainMatrices;

/** The slope of a loss along a direction of one factor. */
final class LossSlope {
    private static final double H = 1e-4;

    private LossSlope() {}

    /** Of L(…, W_j + tD, …) at t = 0, by central differences of fourth order. */
    static double along(ToDoubleFunction<Matrix> loss, List<Matrix> factors, int j, Matrix direction) {
        double[] losses = new double[5];
        for (int i = -2; i <= 2; i++) {
            List<Matrix> moved = new ArrayList<>(factors);
            moved.set(j - 1, PlainMatrices.plus(factors.get(j - 1), i * H, direction));
            losses[i + 2] = loss.applyAsDouble(PlainMatrices.product(moved));
        }
        return (8 * (losses[3] - losses[1]) - (losses[4] - losses[0])) / (12 * H);
    }
}
