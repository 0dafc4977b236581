package org.gradus.denoise;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.gradus.backend.Backend;
import org.gradus.backend.Precision;
import org.gradus.dynamics.DenseDescent;
import org.gradus.dynamics.Measures;
import org.gradus.init.Balanced;
import org.gradus.init.Dimensions;
import org.gradus.linalg.Matrix;
import org.gradus.problem.Estimation;
import org.gradus.problem.Loss;

/**
 * The same descent with whole factors, as a check of the reduction: widths min(rows, cols), the balanced start in the singular
 * vectors of W, float64. A step costs 3(N−1) matrix products.
 */
public final class DenseRun {
    private DenseRun() {}

    /**
     * The product after so many steps.
     *
     * @param watcher hears how many have been carried out
     */
    public static Matrix product(
            Backend backend, NoisyMatrix noisy, DeepDescent descent, long steps, LongConsumer watcher) {
        int depth = descent.depth();
        int width = Math.min(noisy.rows(), noisy.cols());
        List<Integer> sizes = new ArrayList<>(Collections.nCopies(depth + 1, width));
        sizes.set(0, noisy.cols());
        sizes.set(depth, noisy.rows());
        Estimation problem = new Estimation(noisy.data(), Optional.empty(), Loss.SUM);
        Balanced start =
                new Balanced(descent.scale(), noisy.svd().u(), noisy.svd().vt());
        try (DenseDescent dense = new DenseDescent(
                backend,
                Precision.FLOAT64,
                problem,
                new Dimensions(sizes),
                List.of(new DenseDescent.Run(start, descent.stepSize())),
                Measures.BASIC)) {
            while (dense.step() < steps) {
                dense.advance(Math.min(dense.stepsPerCheck(), steps - dense.step()));
                watcher.accept(dense.settled());
            }
            return dense.observe().product(0);
        }
    }

    /** ‖A − B‖_F/‖B‖_F. */
    public static double difference(Matrix a, Matrix b) {
        return Quality.of(List.of(a), List.of(b), 1).relativeError();
    }
}
