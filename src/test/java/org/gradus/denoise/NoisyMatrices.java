package org.gradus.denoise;

import java.util.OptionalDouble;
import org.gradus.linalg.Matrix;
import org.gradus.problem.Targets;

/** Low-rank matrices with noise, and terms of a descent. */
final class NoisyMatrices {
    static final DeepDescent.Terms DEFAULTS =
            new DeepDescent.Terms(3, OptionalDouble.empty(), OptionalDouble.empty(), 10_000_000);

    private NoisyMatrices() {}

    static Matrix clean(int rows, int cols, double... spectrum) {
        return Targets.synthetic(rows, cols, spectrum, false, 7);
    }

    static NoisyMatrix noisy(Matrix clean, double sigma) {
        return NoisyMatrix.of("matrix", Targets.withNoise(clean, sigma, 11, false));
    }

    static DeepDescent.Terms depth(int depth) {
        return new DeepDescent.Terms(depth, OptionalDouble.empty(), OptionalDouble.empty(), 10_000_000);
    }

    static DeepDescent.Terms horizon(long steps) {
        return new DeepDescent.Terms(3, OptionalDouble.empty(), OptionalDouble.empty(), steps);
    }
}
