package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import org.gradus.backend.Arena;
import org.gradus.backend.Backend;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Ops;
import org.gradus.backend.Precision;
import org.gradus.backend.Recording;
import org.gradus.backend.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Graphs hold on to addresses: what they use must stay where it is. */
final class GraphRecordingTest {
    @AfterEach
    void theDeviceIsLeftClean() {
        EmulatedCuda.assertClean();
    }

    /** Sums of large matrices go through partial sums, whose memory grows with the batch. */
    @Test
    void aLargerSumBetweenReplaysDoesNotMoveTheGraphsMemory() {
        try (Backend backend = EmulatedCuda.open();
                Arena arena = backend.openArena()) {
            Ops ops = backend.ops();
            MatrixBatch x = ones(ops, arena, new Shape(1, 100, 100));
            MatrixBatch large = ones(ops, arena, new Shape(40, 100, 100));
            MatrixBatch sum = arena.allocate(new Shape(1, 1, 1), Precision.FLOAT64);
            MatrixBatch sums = arena.allocate(new Shape(40, 1, 1), Precision.FLOAT64);
            try (Recording recording = backend.record(() -> ops.sumOfSquares(x, sum))) {
                recording.replay(40);
                ops.sumOfSquares(large, sums);
                recording.replay(40);
                double[] found = new double[1];
                ops.download(sum, found);
                assertArrayEquals(new double[] {10_000}, found);
            }
        }
    }

    private static MatrixBatch ones(Ops ops, Arena arena, Shape shape) {
        MatrixBatch batch = arena.allocate(shape, Precision.FLOAT64);
        double[] host = new double[(int) shape.size()];
        Arrays.fill(host, 1);
        ops.upload(host, batch);
        return batch;
    }
}
