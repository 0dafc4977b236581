package org.gradus.problem;

import org.gradus.backend.Arena;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Ops;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;
import org.gradus.backend.Transpose;
import org.gradus.linalg.MatrixSource;

/**
 * Dense operators that the backend's memory does not hold: every step reads them from their source block by block, each block
 * once. Not recordable.
 */
final class StreamedOperators implements BoundOperators {
    private final Ops ops;
    private final MatrixSource source;
    private final Transpose orientation;
    private final int perBlock;
    private final MatrixBatch observations;
    private final MatrixBatch block;
    private final MatrixBatch residuals;
    private final MatrixBatch measuredBlock;
    private final MatrixBatch measured;
    private final MatrixBatch blockSums;
    private final MatrixBatch one;

    StreamedOperators(
            Arena arena,
            Precision precision,
            Transpose orientation,
            MatrixSource source,
            double[] y,
            int runs,
            int perBlock) {
        ops = arena.backend().ops();
        this.source = source;
        this.orientation = orientation;
        this.perBlock = perBlock;
        observations = arena.allocate(new Shape(y.length, 1, 1), precision);
        ops.upload(y, observations);
        block = arena.allocate(OperatorBlocks.shape(source, orientation, perBlock), precision);
        measuredBlock = arena.allocate(block.shape(), precision);
        residuals = arena.allocate(new Shape(runs, perBlock, 1), precision);
        measured = arena.allocate(residuals.shape(), precision);
        blockSums = arena.allocate(new Shape(runs, 1, 1), Precision.FLOAT64);
        one = arena.allocate(new Shape(1, 1, 1), Precision.FLOAT64);
        ops.upload(new double[] {1}, one);
    }

    /** With blocks of the usual size. */
    static Footprint footprint(int rows, int cols, int count) {
        long perBlock = OperatorBlocks.perBlock(rows, cols, count);
        return new Footprint(count + 2 * perBlock * rows * cols, 2 * perBlock, Double.BYTES, Double.BYTES);
    }

    @Override
    public void gradient(MatrixBatch perRun, MatrixBatch product, MatrixBatch out) {
        OperatorBlocks.forEach(source, orientation, perBlock, (from, to, numbers) -> {
            MatrixBatch operators = block.slice(0, to - from);
            ops.upload(numbers, operators);
            MatrixBatch own = residuals.reshape(to - from, 1);
            ops.normalResidual(perRun, operators, observations.slice(from, to), product, own, from == 0 ? 0 : 1, out);
        });
    }

    @Override
    public void squaredResidual(Ops line, MatrixBatch product, MatrixBatch sums) {
        OperatorBlocks.forEach(source, orientation, perBlock, (from, to, numbers) -> {
            MatrixBatch operators = measuredBlock.slice(0, to - from);
            line.upload(numbers, operators);
            MatrixBatch own = measured.reshape(to - from, 1);
            line.measure(operators, observations.slice(from, to), product, own);
            line.sumOfSquares(own, from == 0 ? sums : blockSums);
            if (from > 0) {
                line.addScaled(one, blockSums, sums);
            }
        });
    }
}
