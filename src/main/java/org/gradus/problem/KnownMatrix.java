package org.gradus.problem;

import org.gradus.backend.Arena;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Ops;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;
import org.gradus.backend.Transpose;
import org.gradus.linalg.Matrix;

/** A matrix of which every entry is known, in a backend's memory. */
final class KnownMatrix {
    private final MatrixBatch matrix;
    private final MatrixBatch minusOne;

    /** @param minusOne 1·(1×1), the number −1 */
    KnownMatrix(Arena arena, Precision precision, Transpose orientation, Matrix host, MatrixBatch minusOne) {
        matrix = upload(arena, precision, orientation, host);
        this.minusOne = minusOne;
    }

    static MatrixBatch upload(Arena arena, Precision precision, Transpose orientation, Matrix host) {
        Matrix oriented = orientation == Transpose.NO ? host : host.transposed();
        MatrixBatch batch = arena.allocate(new Shape(1, oriented.rows(), oriented.cols()), precision);
        arena.backend().ops().upload(oriented.data(), batch);
        return batch;
    }

    /** 1·(1×1), the number −1. */
    static MatrixBatch minusOne(Arena arena, Precision precision) {
        MatrixBatch minusOne = arena.allocate(new Shape(1, 1, 1), precision);
        arena.backend().ops().upload(new double[] {-1}, minusOne);
        return minusOne;
    }

    MatrixBatch batch() {
        return matrix;
    }

    /** out ← product − this. */
    void difference(Ops line, MatrixBatch product, MatrixBatch out) {
        line.copy(product, out);
        line.addScaled(minusOne, matrix, out);
    }

    /** sums ← ‖product − this‖_F² per run. */
    void squaredDistance(Ops line, MatrixBatch product, MatrixBatch scratch, MatrixBatch sums) {
        difference(line, product, scratch);
        line.sumOfSquares(scratch, sums);
    }

    static double squaredNorm(double[] numbers) {
        double sum = 0;
        for (double number : numbers) {
            sum += number * number;
        }
        return sum;
    }
}
