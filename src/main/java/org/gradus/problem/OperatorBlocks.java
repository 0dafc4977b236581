package org.gradus.problem;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.gradus.backend.Shape;
import org.gradus.backend.Transpose;
import org.gradus.linalg.MatrixSource;

/** Reads operators block by block, the next one while the one before is worked on. */
final class OperatorBlocks {
    /** Numbers in a block, unless one operator has more: 16 MiB. */
    private static final int BLOCK = 1 << 21;

    /** What is done with operators [from, to), flattened one after another. */
    interface Work {
        void on(int from, int to, double[] block);
    }

    private OperatorBlocks() {}

    /** Operators in a block of the usual size. */
    static int perBlock(int rows, int cols, int count) {
        return (int) Math.max(1, Math.min(count, BLOCK / ((long) rows * cols)));
    }

    /** Of {@code count} operators in memory. */
    static Shape shape(MatrixSource source, Transpose orientation, int count) {
        return orientation == Transpose.NO
                ? new Shape(count, source.rows(), source.cols())
                : new Shape(count, source.cols(), source.rows());
    }

    /** @throws RuntimeException what the source or the work threw */
    static void forEach(MatrixSource source, Transpose orientation, int perBlock, Work work) {
        int count = source.count();
        CompletableFuture<double[]> next = block(source, orientation, 0, Math.min(perBlock, count));
        for (int from = 0; from < count; from += perBlock) {
            int to = Math.min(from + perBlock, count);
            double[] block = get(next);
            if (to < count) {
                next = block(source, orientation, to, Math.min(to + perBlock, count));
            }
            work.on(from, to, block);
        }
    }

    private static CompletableFuture<double[]> block(MatrixSource source, Transpose orientation, int from, int to) {
        return CompletableFuture.supplyAsync(() -> {
            int entries = source.rows() * source.cols();
            double[] block = new double[(to - from) * entries];
            source.read(from, to, block);
            return orientation == Transpose.NO ? block : transposed(source, block, to - from);
        });
    }

    private static double[] transposed(MatrixSource source, double[] block, int count) {
        int rows = source.rows();
        int cols = source.cols();
        double[] result = new double[block.length];
        for (int number = 0; number < count; number++) {
            int at = number * rows * cols;
            for (int j = 0; j < cols; j++) {
                for (int i = 0; i < rows; i++) {
                    result[at + i * cols + j] = block[at + j * rows + i];
                }
            }
        }
        return result;
    }

    private static double[] get(CompletableFuture<double[]> block) {
        try {
            return block.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw e;
        }
    }
}
