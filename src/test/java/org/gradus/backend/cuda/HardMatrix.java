package org.gradus.backend.cuda;

import java.util.SplittableRandom;
import org.gradus.backend.Precision;
import org.gradus.linalg.Lapack;
import org.gradus.linalg.Matrix;

/** Matrices whose singular values are hard to find in one way each. */
enum HardMatrix {
    FULL_RANK,
    EQUAL_VALUES,
    FIFTEEN_DECADES,
    RANK_DEFICIENT,
    ZERO,
    DIAGONAL,
    HUGE,
    TINY;

    /** Rounded to {@code precision}. */
    Matrix of(int rows, int cols, Precision precision, SplittableRandom random) {
        boolean narrow = precision == Precision.FLOAT32;
        double top = this == HUGE ? (narrow ? 1e34 : 1e300) : this == TINY ? (narrow ? 1e-30 : 1e-290) : 1;
        int k = Math.min(rows, cols);
        Matrix a = Matrix.zeros(rows, cols);
        if (this == DIAGONAL) {
            for (int i = 0; i < k; i++) {
                a.set(i, i, value(i, k));
            }
        } else if (this != ZERO) {
            Matrix u = frame(rows, k, random);
            for (int i = 0; i < k; i++) {
                for (int row = 0; row < rows; row++) {
                    u.set(row, i, u.get(row, i) * value(i, k));
                }
            }
            a = Lapack.timesTransposed(u, frame(cols, k, random));
        }
        for (int i = 0; i < a.data().length; i++) {
            double entry = top * a.data()[i];
            a.data()[i] = narrow ? (float) entry : entry;
        }
        return a;
    }

    private double value(int i, int k) {
        double place = i / (double) k;
        return switch (this) {
            case EQUAL_VALUES -> 1;
            case FIFTEEN_DECADES -> Math.pow(10, -15 * place);
            case RANK_DEFICIENT -> place < 0.3 ? 2 - place : 0;
            case DIAGONAL -> i % 2 == 0 ? 1 + i : -0.5 / (1 + i);
            default -> 1 - 0.9 * place;
        };
    }

    private static Matrix frame(int rows, int cols, SplittableRandom random) {
        Matrix a = Matrix.zeros(rows, cols);
        for (int i = 0; i < a.data().length; i++) {
            a.data()[i] = random.nextDouble(-1, 1);
        }
        return Lapack.orthonormalize(a);
    }
}
