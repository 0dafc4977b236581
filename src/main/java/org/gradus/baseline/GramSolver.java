package org.gradus.baseline;

import java.util.Optional;
import org.gradus.linalg.Cholesky;
import org.gradus.linalg.Lapack;
import org.gradus.linalg.LinearMap;
import org.gradus.linalg.Matrix;

/**
 * Solves (AA* + sI)c = b. The factorization of the last s is kept. Where s = 0 and the operators are linearly dependent, c is the
 * least-squares solution of least norm, from the eigenvalues of AA* above m·2⁻⁵² of the largest one.
 */
final class GramSolver {
    private interface Solution {
        double[] of(double[] b);
    }

    /** AA*, and its factor. */
    private static final int MATRICES = 2;

    private final LinearMap map;
    private final Matrix gram;
    private double factored = Double.NaN;
    private Solution solution;

    GramSolver(LinearMap map) {
        this.map = map;
        if (!map.hasOrthonormalOperators()) {
            requireRoom(map.count(), Runtime.getRuntime().maxMemory());
        }
        gram = map.hasOrthonormalOperators() ? null : map.gram();
    }

    /** Before AA* is formed: a quarter of the heap is left to the operators. */
    static void requireRoom(int operators, long heap) {
        double numbers = (double) operators * operators;
        double bytes = MATRICES * Double.BYTES * numbers;
        if (numbers > Integer.MAX_VALUE - 8 || bytes > 0.75 * heap) {
            throw BaselineException.tooMany(operators, bytes, heap);
        }
    }

    double[] solve(double shift, double[] b) {
        if (shift != factored) {
            solution = factor(shift);
            factored = shift;
        }
        return solution.of(b);
    }

    private Solution factor(double shift) {
        if (map.hasOrthonormalOperators()) {
            return b -> Vectors.times(1 / (1 + shift), b);
        }
        Matrix shifted = gram.copy();
        for (int i = 0; i < shifted.rows(); i++) {
            shifted.set(i, i, shifted.get(i, i) + shift);
        }
        Optional<Cholesky> cholesky = Cholesky.of(shifted);
        return cholesky.isPresent() ? cholesky.get()::solve : pseudoInverse(shift);
    }

    private Solution pseudoInverse(double shift) {
        Lapack.Eigen eigen = Lapack.symmetricEigen(gram.copy());
        double[] values = eigen.values();
        double least = values.length * Math.ulp(1.0) * values[0];
        return b -> {
            Matrix column = new Matrix(b.length, 1, b);
            Matrix modes = Lapack.transposedTimes(eigen.vectors(), column);
            for (int i = 0; i < values.length; i++) {
                double value = values[i] + shift;
                modes.data()[i] = value > least ? modes.data()[i] / value : 0;
            }
            return Lapack.times(eigen.vectors(), modes).data();
        };
    }
}
