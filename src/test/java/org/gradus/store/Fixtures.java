package org.gradus.store;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.gradus.linalg.Matrix;

/** Small files written once by NumPy and by hand, and matrices as one reads them. */
final class Fixtures {
    private Fixtures() {}

    static Path file(String name) {
        try {
            return Path.of(Objects.requireNonNull(Fixtures.class.getResource("/store/" + name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Matrix rows(double[]... rows) {
        Matrix matrix = Matrix.zeros(rows.length, rows[0].length);
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.cols(); j++) {
                matrix.set(i, j, rows[i][j]);
            }
        }
        return matrix;
    }

    static double[] row(double... entries) {
        return entries;
    }
}
