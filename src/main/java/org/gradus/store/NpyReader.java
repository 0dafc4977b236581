package org.gradus.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.gradus.linalg.Matrix;

/** Matrices, and stacks of them, from arrays in NumPy's format that fit half of the heap. */
final class NpyReader {
    private static final int BLOCK = 1 << 15;

    private final NpyFile file;

    private NpyReader(NpyFile file) {
        this.file = file;
    }

    /** A two-dimensional array, or a one-dimensional one as a column. */
    static Matrix read(Path path) throws IOException {
        try (NpyFile file = NpyFile.open(path)) {
            List<Long> shape = file.shape();
            if (shape.isEmpty() || shape.size() > 2) {
                throw InputFiles.refused(path, "has " + shape.size() + " axes; a matrix has 2, a column 1");
            }
            NpyReader reader = new NpyReader(file);
            return reader.elements(reader.lengths(shape.get(0), 1, shape.size() == 2 ? shape.get(1) : 1));
        }
    }

    /** A three-dimensional array m × rows × cols, or what {@link #read(Path)} reads. */
    static MatrixStack readStack(Path path) throws IOException {
        try (NpyFile file = NpyFile.open(path)) {
            List<Long> shape = file.shape();
            if (shape.size() == 3) {
                NpyReader reader = new NpyReader(file);
                int[] lengths = reader.lengths(shape.get(0), shape.get(1), shape.get(2));
                return new MatrixStack(lengths[1], lengths[2], reader.elements(lengths));
            }
        }
        return new MatrixStack(0, 0, read(path));
    }

    /** The lengths of the axes, once the file is known to hold exactly their elements and the heap to hold the matrix. */
    private int[] lengths(long m, long rows, long cols) throws IOException {
        long most = Integer.MAX_VALUE;
        if (m > most || rows > most || cols > most || rows * cols > most || m * (rows * cols) > most) {
            throw InputFiles.refused(file.path(), "shape " + file.shape() + " has more than 2^31-1 elements");
        }
        file.requireElements();
        InputFiles.requireHolds(file.path(), m, rows * cols, Double.BYTES);
        return new int[] {(int) m, (int) rows, (int) cols};
    }

    /** Element (i, j, k) of an m × p × q array goes to row i, column j·q + k. */
    private Matrix elements(int[] lengths) throws IOException {
        int m = lengths[0];
        int p = lengths[1];
        int q = lengths[2];
        boolean fortranOrder = file.header().fortranOrder();
        double[] data = new double[m * p * q];
        NpyType type = file.header().type();
        double[] block = new double[BLOCK];
        ByteBuffer bytes = ByteBuffer.allocateDirect(BLOCK * type.size());
        for (int n = 0; n < data.length; n++) {
            if (n % BLOCK == 0) {
                int count = Math.min(BLOCK, data.length - n);
                file.read(n, bytes.clear().limit(count * type.size()));
                type.decode(bytes, block, count);
            }
            // C order: n = (i·p + j)·q + k; Fortran order: n = i + m·(j + p·k)
            int i = fortranOrder ? n % m : n / (p * q);
            int j = fortranOrder ? n / m % p : n / q % p;
            int k = fortranOrder ? n / m / p : n % q;
            double value = block[n % BLOCK];
            if (!Double.isFinite(value)) {
                String position = file.shape().size() == 3 ? i + ", " + j + ", " + k : i + ", " + k;
                throw InputFiles.refused(file.path(), "element (" + position + "), counted from 0, is " + value);
            }
            data[i + m * (j * q + k)] = value;
        }
        return new Matrix(m, p * q, data);
    }
}
