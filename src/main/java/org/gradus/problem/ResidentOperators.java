package org.gradus.problem;

import org.gradus.backend.Arena;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Ops;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;
import org.gradus.backend.Transpose;
import org.gradus.linalg.MatrixSource;

/** Dense operators that the backend's memory holds. */
final class ResidentOperators implements BoundOperators {
    private final Ops ops;
    private final MatrixBatch operators;
    private final MatrixBatch observations;
    private final MatrixBatch residuals;
    private final MatrixBatch measured;

    ResidentOperators(
            Arena arena, Precision precision, Transpose orientation, MatrixSource source, double[] y, int runs) {
        ops = arena.backend().ops();
        operators = arena.allocate(OperatorBlocks.shape(source, orientation, source.count()), precision);
        OperatorBlocks.forEach(
                source,
                orientation,
                OperatorBlocks.perBlock(source.rows(), source.cols(), source.count()),
                (from, to, block) -> ops.upload(block, operators.slice(from, to)));
        observations = arena.allocate(new Shape(y.length, 1, 1), precision);
        ops.upload(y, observations);
        residuals = arena.allocate(new Shape(runs, y.length, 1), precision);
        measured = arena.allocate(new Shape(runs, y.length, 1), precision);
    }

    static Footprint footprint(MatrixSource source) {
        long entries = (long) source.rows() * source.cols();
        return new Footprint(source.count() * (entries + 1), 2L * source.count(), 0, 0);
    }

    @Override
    public void gradient(MatrixBatch perRun, MatrixBatch product, MatrixBatch out) {
        ops.normalResidual(perRun, operators, observations, product, residuals, 0, out);
    }

    @Override
    public void squaredResidual(Ops line, MatrixBatch product, MatrixBatch sums) {
        line.measure(operators, observations, product, measured);
        line.sumOfSquares(measured, sums);
    }
}
