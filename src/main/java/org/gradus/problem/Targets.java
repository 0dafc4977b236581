package org.gradus.problem;

import org.gradus.linalg.Lapack;
import org.gradus.linalg.Matrix;
import org.gradus.random.RandomStream;
import org.gradus.random.RandomStream.Purpose;

/** Targets made from a spectrum, and noise. */
public final class Targets {
    private Targets() {}

    /**
     * U diag(spectrum) Vᵀ with r = spectrum.length Haar-distributed orthonormal columns each in U (rows×r) and V (cols×r);
     * symmetric: V = U, and the result is symmetric to the last bit.
     *
     * @throws IllegalArgumentException if r exceeds min(rows, cols), or symmetric with rows ≠ cols
     */
    public static Matrix synthetic(int rows, int cols, double[] spectrum, boolean symmetric, long seed) {
        if (spectrum.length > Math.min(rows, cols) || (symmetric && rows != cols)) {
            throw new IllegalArgumentException("a " + rows + "×" + cols + (symmetric ? " symmetric" : "")
                    + " target cannot have a spectrum of " + spectrum.length);
        }
        Matrix left = frame(new RandomStream(seed, Purpose.LEFT_FRAME, 0), rows, spectrum.length);
        Matrix right =
                symmetric ? left.copy() : frame(new RandomStream(seed, Purpose.RIGHT_FRAME, 0), cols, spectrum.length);
        for (int j = 0; j < spectrum.length; j++) {
            for (int i = 0; i < rows; i++) {
                left.set(i, j, left.get(i, j) * spectrum[j]);
            }
        }
        Matrix target = Lapack.timesTransposed(left, right);
        if (symmetric) {
            mirror(target);
        }
        return target;
    }

    /** target + noise with independent normal entries; mirrored: the noise is symmetric, its upper triangle independent. */
    public static Matrix withNoise(Matrix target, double standardDeviation, long seed, boolean mirrored) {
        double[] noise = new RandomStream(seed, Purpose.NOISE, 0).gaussians(target.data().length, standardDeviation);
        Matrix noisy = new Matrix(target.rows(), target.cols(), noise);
        if (mirrored) {
            mirror(noisy);
        }
        for (int i = 0; i < noise.length; i++) {
            noise[i] += target.data()[i];
        }
        return noisy;
    }

    /** rows×cols with Haar-distributed orthonormal columns (rows ≥ cols). */
    private static Matrix frame(RandomStream stream, int rows, int cols) {
        int length = Math.multiplyExact(rows, cols);
        return Lapack.orthonormalize(new Matrix(rows, cols, stream.gaussians(length, 1)));
    }

    /** The lower triangle becomes that of the upper. */
    private static void mirror(Matrix matrix) {
        for (int j = 0; j < matrix.cols(); j++) {
            for (int i = j + 1; i < matrix.rows(); i++) {
                matrix.set(i, j, matrix.get(j, i));
            }
        }
    }
}
