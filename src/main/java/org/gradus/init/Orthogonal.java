package org.gradus.init;

import java.util.Optional;
import org.gradus.linalg.Lapack;
import org.gradus.linalg.Matrix;
import org.gradus.random.RandomStream;
import org.gradus.random.RandomStream.Purpose;

/** W_j = αQ_j with Haar-distributed orthonormal columns, or rows where W_j is wider than tall. */
public record Orthogonal(double scale, long seed) implements Initialization {

    @Override
    public Optional<String> refusal(Dimensions dimensions) {
        return Optional.empty();
    }

    @Override
    public Matrix factor(int j, Dimensions dimensions) {
        int rows = dimensions.size(j);
        int cols = dimensions.size(j - 1);
        RandomStream stream = new RandomStream(seed, Purpose.FACTOR, j);
        double[] entries = stream.gaussians(Math.multiplyExact(rows, cols), 1);
        Matrix frame = Lapack.orthonormalize(new Matrix(Math.max(rows, cols), Math.min(rows, cols), entries));
        for (int i = 0; i < entries.length; i++) {
            entries[i] *= scale;
        }
        return rows >= cols ? frame : frame.transposed();
    }

    @Override
    public double largestSingularValue(Dimensions dimensions) {
        return scale;
    }

    @Override
    public String describe(Dimensions dimensions) {
        return "orthogonal (seed " + seed + "), " + Scales.describe(scale, dimensions.depth());
    }
}
