package org.gradus.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import org.gradus.linalg.Matrix;
import org.gradus.store.MatrixMarketText.Symmetry;

/** A Matrix Market file made dense. An array runs down the columns, below the diagonal only where it is symmetric. */
final class MatrixMarketReader {
    private final MatrixMarketText text;
    private final Matrix matrix;

    private MatrixMarketReader(MatrixMarketText text, Matrix matrix) {
        this.text = text;
        this.matrix = matrix;
    }

    static Matrix read(Path path) throws IOException {
        try (MatrixMarketText text = MatrixMarketText.open(path)) {
            InputFiles.requireHolds(path, text.rows(), text.cols(), Double.BYTES);
            Matrix matrix = Matrix.zeros((int) text.rows(), (int) text.cols());
            MatrixMarketReader reader = new MatrixMarketReader(text, matrix);
            if (text.coordinate()) {
                reader.readCoordinates();
            } else {
                reader.readArray();
            }
            text.requireEnd();
            return matrix;
        }
    }

    private void readCoordinates() throws IOException {
        long most = (long) matrix.rows() * matrix.cols();
        if (text.entries() > most) {
            throw text.refused(text.entries() + " entries in a matrix that has " + most);
        }
        BitSet seen = new BitSet(matrix.data().length);
        for (long n = 0; n < text.entries(); n++) {
            text.readEntry(n);
            int i = text.row();
            int j = text.col();
            if (seen.get(i + j * matrix.rows())) {
                throw text.refused("entry (" + (i + 1) + ", " + (j + 1) + ") is given twice");
            }
            seen.set(i + j * matrix.rows());
            if (text.symmetry() != Symmetry.GENERAL) {
                seen.set(j + i * matrix.rows());
            }
            put(i, j, text.value());
        }
    }

    private void readArray() throws IOException {
        for (int j = 0; j < matrix.cols(); j++) {
            int top = text.symmetry() == Symmetry.GENERAL ? 0 : text.symmetry() == Symmetry.SYMMETRIC ? j : j + 1;
            for (int i = top; i < matrix.rows(); i++) {
                put(i, j, text.readValue(i, j));
            }
        }
    }

    private void put(int i, int j, double value) {
        matrix.set(i, j, value);
        if (text.symmetry() != Symmetry.GENERAL && i != j) {
            matrix.set(j, i, text.symmetry() == Symmetry.SKEW ? -value : value);
        }
    }
}
