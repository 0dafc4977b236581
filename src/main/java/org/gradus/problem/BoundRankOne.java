package org.gradus.problem;

import static org.gradus.backend.Transpose.NO;
import static org.gradus.backend.Transpose.YES;

import org.gradus.backend.Arena;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Ops;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;
import org.gradus.backend.Transpose;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.RankOneOperators;

/**
 * Operators a_i b_iᵀ by products with the thin matrices of all a_i and b_i: A(W)_i = ⟨a_i, column i of W·B⟩ and A*(ρ) = (A
 * diag(ρ))·Bᵀ. Two products of 2·rows·cols·m operations a step.
 */
final class BoundRankOne implements BoundOperators {
    private final Ops ops;
    private final MatrixBatch a;
    private final MatrixBatch b;
    private final MatrixBatch minusOne;
    private final MatrixBatch observations;
    private final Scratch main;
    private final Scratch side;

    /** @param minusOne 1·(1×1), the number −1 */
    BoundRankOne(
            Arena arena,
            Precision precision,
            Transpose orientation,
            RankOneOperators operators,
            double[] y,
            int runs,
            MatrixBatch minusOne) {
        ops = arena.backend().ops();
        a = KnownMatrix.upload(arena, precision, NO, orientation == NO ? operators.a() : operators.b());
        b = KnownMatrix.upload(arena, precision, NO, orientation == NO ? operators.b() : operators.a());
        observations = KnownMatrix.upload(arena, precision, NO, new Matrix(y.length, 1, y));
        this.minusOne = minusOne;
        main = new Scratch(arena, precision, runs, a.shape());
        side = new Scratch(arena, precision, runs, a.shape());
    }

    static Footprint footprint(int rows, int cols, int count) {
        long m = count;
        return new Footprint(m * (rows + cols + 1L), 2 * m * (Math.max(rows, cols) + 1L), 0, 0);
    }

    private static final class Scratch {
        final MatrixBatch images;
        final MatrixBatch residuals;

        Scratch(Arena arena, Precision precision, int runs, Shape thin) {
            images = arena.allocate(new Shape(runs, thin.rows(), thin.cols()), precision);
            residuals = arena.allocate(new Shape(runs, thin.cols(), 1), precision);
        }
    }

    private void measure(Ops line, MatrixBatch product, Scratch scratch) {
        line.multiply(1, NO, product, NO, b, 0, scratch.images);
        line.columnInnerProducts(a, scratch.images, scratch.residuals);
        line.addScaled(minusOne, observations, scratch.residuals);
    }

    @Override
    public void gradient(MatrixBatch perRun, MatrixBatch product, MatrixBatch out) {
        measure(ops, product, main);
        ops.scale(perRun, main.residuals);
        ops.scaleColumns(main.residuals, a, main.images);
        ops.multiply(1, NO, main.images, YES, b, 0, out);
    }

    @Override
    public void squaredResidual(Ops line, MatrixBatch product, MatrixBatch sums) {
        measure(line, product, side);
        line.sumOfSquares(side.residuals, sums);
    }
}
