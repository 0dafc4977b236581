package org.gradus.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.gradus.linalg.MatrixSource;

/**
 * Operators A_1 … A_m in a file, m × (rows·cols), row i being A_i flattened row by row, or m × rows × cols. Of an
 * {@code .npy} array, C or Fortran order, each block is read from the disk when it is asked for, from any number of
 * threads, so the file may be larger than memory; everything else that {@link MatrixFile#readStack} reads is held whole.
 */
public final class OperatorFile implements MatrixSource, AutoCloseable {
    /** What the kinds of files differ in. */
    interface Elements extends AutoCloseable {
        /** As {@link MatrixSource#read}, within bounds. */
        void read(int from, int to, double[] out) throws IOException;

        @Override
        void close() throws IOException;
    }

    private final Path path;
    private final int count;
    private final int rows;
    private final int cols;
    private final Elements elements;

    private OperatorFile(Path path, int count, int rows, int cols, Elements elements) {
        this.path = path;
        this.count = count;
        this.rows = rows;
        this.cols = cols;
        this.elements = elements;
    }

    /**
     * What a file holds: of an {@code .npy} only the header is read, anything else whole.
     *
     * @throws StoreException if the file is missing or malformed
     */
    public static OperatorShape shape(Path path) {
        InputFiles.requireRegular(path);
        if (!isNpy(path)) {
            return shape(MatrixFile.readStack(path));
        }
        try (NpyFile file = NpyFile.open(path)) {
            return shape(file);
        } catch (IOException e) {
            throw InputFiles.unreadable(path, e);
        }
    }

    /**
     * Opens a file of rows×cols operators.
     *
     * @throws StoreException if the file is missing or malformed, or its shape does not fit; the message has both shapes
     */
    public static OperatorFile open(Path path, int rows, int cols) {
        InputFiles.requireRegular(path);
        if (!isNpy(path)) {
            MatrixStack stack = MatrixFile.readStack(path);
            int count = checked(path, shape(stack), rows, cols);
            return new OperatorFile(path, count, rows, cols, new StackOperators(stack.flattened(), rows, cols));
        }
        try {
            NpyFile file = NpyFile.open(path);
            try {
                int count = checked(path, shape(file), rows, cols);
                boolean fortranOrder = file.header().fortranOrder();
                Elements elements = fortranOrder
                        ? new NpyFortranOperators(file, count, rows, cols)
                        : new NpyOperators(file, rows, cols);
                return new OperatorFile(path, count, rows, cols, elements);
            } catch (IOException | StoreException e) {
                file.close();
                throw e;
            }
        } catch (IOException e) {
            throw InputFiles.unreadable(path, e);
        }
    }

    private static boolean isNpy(Path path) {
        return InputFiles.ending(path).equals("npy");
    }

    private static OperatorShape shape(MatrixStack stack) {
        return new OperatorShape(
                stack.flattened().rows(),
                stack.rows(),
                stack.cols(),
                stack.flattened().cols());
    }

    private static OperatorShape shape(NpyFile file) throws IOException {
        List<Long> shape = file.shape();
        if (shape.isEmpty() || shape.size() > 3) {
            throw InputFiles.refused(
                    file.path(),
                    "has " + shape.size() + " axes; operators are an array m × (rows·columns) or m × rows × columns");
        }
        file.requireElements();
        if (shape.size() < 3) {
            return new OperatorShape(shape.get(0), 0, 0, shape.size() == 2 ? shape.get(1) : 1);
        }
        if (shape.get(1) > Integer.MAX_VALUE || shape.get(2) > Integer.MAX_VALUE) {
            throw InputFiles.refused(file.path(), "shape " + shape + ": rows and columns must be below 2^31");
        }
        return new OperatorShape(
                shape.get(0), shape.get(1).intValue(), shape.get(2).intValue(), shape.get(1) * shape.get(2));
    }

    private static int checked(Path path, OperatorShape shape, int rows, int cols) {
        boolean told = shape.rows() > 0;
        boolean fits = told ? shape.rows() == rows && shape.cols() == cols : shape.entries() == (long) rows * cols;
        if (!fits) {
            String found = told ? shape.rows() + " × " + shape.cols() : Long.toString(shape.entries());
            throw InputFiles.refused(
                    path,
                    String.format(
                            Locale.ROOT,
                            "holds %d × %s numbers; operators of %d×%d are m × %d or m × %d × %d",
                            shape.count(),
                            found,
                            rows,
                            cols,
                            (long) rows * cols,
                            rows,
                            cols));
        }
        if (shape.entries() > InputFiles.LONGEST_ARRAY || shape.count() > Integer.MAX_VALUE) {
            throw InputFiles.refused(
                    path, shape.count() + " operators of " + rows + "×" + cols + "; both must be below 2^31-8");
        }
        return (int) shape.count();
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int cols() {
        return cols;
    }

    /** @throws StoreException if the file cannot be read or an element is not finite; it names the place */
    @Override
    public void read(int from, int to, double[] out) {
        if (from < 0 || from > to || to > count || out.length < (long) (to - from) * rows * cols) {
            throw new IllegalArgumentException("operators " + from + " to " + to + " of " + count + " of " + rows + "×"
                    + cols + " into " + out.length + " numbers");
        }
        try {
            elements.read(from, to, out);
        } catch (IOException e) {
            throw InputFiles.unreadable(path, e);
        }
    }

    /** @throws StoreException if the file cannot be closed */
    @Override
    public void close() {
        try {
            elements.close();
        } catch (IOException e) {
            throw InputFiles.unreadable(path, e);
        }
    }
}
