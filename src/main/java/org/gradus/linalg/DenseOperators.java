package org.gradus.linalg;

import java.util.stream.IntStream;

/**
 * Operators A_1 … A_m of which every entry counts, read from their source in blocks. What comes out has the same bits on every
 * machine: the operators are divided into parts that depend on their number and size only.
 */
public record DenseOperators(MatrixSource source) implements LinearMap {
    /** Numbers read at once, unless one operator has more. */
    private static final int BLOCK = 1 << 19;

    /** Of {@link #gram}, where a block is multiplied with every later one. */
    private static final int GRAM_BLOCK = 1 << 22;

    /** Sums of their own that {@link #adjoint} adds up in the end. */
    private static final int MOST_PARTS = 8;

    @Override
    public int rows() {
        return source.rows();
    }

    @Override
    public int cols() {
        return source.cols();
    }

    @Override
    public int count() {
        return source.count();
    }

    private int entries() {
        return Math.multiplyExact(rows(), cols());
    }

    private int parts() {
        return Math.min(MOST_PARTS, count());
    }

    private interface Visitor {
        /** Operator i lies in block[at … at + entries). */
        void visit(int part, int i, double[] block, int at);
    }

    private void forEach(Visitor visitor) {
        int entries = entries();
        int together = Math.max(1, BLOCK / entries);
        IntStream.range(0, parts()).parallel().forEach(part -> {
            int from = (int) ((long) count() * part / parts());
            int to = (int) ((long) count() * (part + 1) / parts());
            source.forEach(from, to, together, (first, last, block, at) -> {
                for (int i = first; i < last; i++) {
                    visitor.visit(part, i, block, at + (i - first) * entries);
                }
            });
        });
    }

    @Override
    public double[] apply(Matrix w) {
        double[] y = new double[count()];
        forEach((part, i, block, at) -> y[i] = dot(block, at, w.data()));
        return y;
    }

    /** In four sums, so that additions need not wait for each other. */
    private static double dot(double[] block, int at, double[] w) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int k = 0;
        for (; k + 3 < w.length; k += 4) {
            s0 += block[at + k] * w[k];
            s1 += block[at + k + 1] * w[k + 1];
            s2 += block[at + k + 2] * w[k + 2];
            s3 += block[at + k + 3] * w[k + 3];
        }
        for (; k < w.length; k++) {
            s0 += block[at + k] * w[k];
        }
        return (s0 + s1) + (s2 + s3);
    }

    @Override
    public Matrix adjoint(double[] y) {
        double[][] sums = new double[parts()][entries()];
        forEach((part, i, block, at) -> add(y[i], block, at, sums[part]));
        return added(sums);
    }

    @Override
    public Matrix normal(Matrix w) {
        double[][] sums = new double[parts()][entries()];
        forEach((part, i, block, at) -> add(dot(block, at, w.data()), block, at, sums[part]));
        return added(sums);
    }

    private static void add(double factor, double[] block, int at, double[] sum) {
        for (int k = 0; k < sum.length; k++) {
            sum[k] += factor * block[at + k];
        }
    }

    private Matrix added(double[][] sums) {
        for (int part = 1; part < sums.length; part++) {
            for (int k = 0; k < sums[0].length; k++) {
                sums[0][k] += sums[part][k];
            }
        }
        return new Matrix(rows(), cols(), sums[0]);
    }

    /** By products of blocks, of which each thread holds two; the source is read about m/(2·operators in a block) times. */
    @Override
    public Matrix gram() {
        int m = count();
        int perBlock = Math.max(1, Math.min(m, GRAM_BLOCK / entries()));
        int blocks = (m + perBlock - 1) / perBlock;
        Matrix gram = Matrix.zeros(m, m);
        for (int j = 0; j < blocks; j++) {
            int column = j * perBlock;
            Matrix right = flattened(column, Math.min(m, column + perBlock));
            IntStream.range(j, blocks).parallel().forEach(i -> {
                int row = i * perBlock;
                Matrix product = row == column
                        ? Gram.ofCols(right)
                        : Lapack.transposedTimes(flattened(row, Math.min(m, row + perBlock)), right);
                place(product, row, column, gram);
            });
        }
        return gram;
    }

    /** Column i is A_{from+i}. */
    private Matrix flattened(int from, int to) {
        double[] numbers = new double[(to - from) * entries()];
        source.read(from, to, numbers);
        return new Matrix(entries(), to - from, numbers);
    }

    private static void place(Matrix product, int row, int column, Matrix gram) {
        for (int j = 0; j < product.cols(); j++) {
            for (int i = 0; i < product.rows(); i++) {
                gram.set(row + i, column + j, product.get(i, j));
                gram.set(column + j, row + i, product.get(i, j));
            }
        }
    }

    @Override
    public double squaredNorm() {
        double[] sums = new double[count()];
        forEach((part, i, block, at) -> {
            for (int k = at; k < at + entries(); k++) {
                sums[i] += block[k] * block[k];
            }
        });
        double sum = 0;
        for (double square : sums) {
            sum += square;
        }
        return sum;
    }
}
