package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.gradus.backend.Arena;
import org.gradus.backend.Backend;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Ops;
import org.gradus.backend.Places;
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

    /** The adjoint takes a scaled copy of the residuals, whose memory grows with operators and runs. */
    @Test
    void moreResidualsBetweenReplaysDoNotMoveTheGraphsMemory() {
        try (Backend backend = EmulatedCuda.open();
                Arena arena = backend.openArena()) {
            Ops ops = backend.ops();
            MatrixBatch one = ones(ops, arena, new Shape(1, 1, 1));
            MatrixBatch operators = ones(ops, arena, new Shape(3, 2, 2));
            MatrixBatch zeros = arena.allocate(new Shape(500, 1, 1), Precision.FLOAT64);
            MatrixBatch x = ones(ops, arena, new Shape(1, 2, 2));
            MatrixBatch residuals = arena.allocate(new Shape(1, 3, 1), Precision.FLOAT64);
            MatrixBatch sum = arena.allocate(new Shape(1, 2, 2), Precision.FLOAT64);
            MatrixBatch many = ones(ops, arena, new Shape(500, 2, 2));
            MatrixBatch manyResiduals = arena.allocate(new Shape(1, 500, 1), Precision.FLOAT64);
            MatrixBatch other = arena.allocate(new Shape(1, 2, 2), Precision.FLOAT64);
            try (Recording recording =
                    backend.record(() -> ops.normalResidual(one, operators, zeros.slice(0, 3), x, residuals, 1, sum))) {
                recording.replay(40);
                ops.normalResidual(one, many, zeros, x, manyResiduals, 0, other);
                recording.replay(40);
                double[] found = new double[4];
                ops.download(sum, found);
                assertArrayEquals(new double[] {960, 960, 960, 960}, found, "80 times 3 operators of residual 4");
                ops.download(other, found);
                assertArrayEquals(new double[] {2000, 2000, 2000, 2000}, found);
            }
        }
    }

    /** Integers go through blocks of 8 MiB. */
    @Test
    void placesOfSeveralBlocksArriveWhole() {
        int rows = 2_200_000;
        int[] rowIndices = IntStream.range(0, rows).toArray();
        double[] numbers = IntStream.range(0, rows).asDoubleStream().toArray();
        try (Backend backend = EmulatedCuda.open();
                Arena arena = backend.openArena()) {
            MatrixBatch x = arena.allocate(new Shape(1, rows, 1), Precision.FLOAT64);
            MatrixBatch out = arena.allocate(new Shape(1, rows, 1), Precision.FLOAT64);
            backend.ops().upload(numbers, x);
            Places places = arena.places(rows, new int[] {0, rows}, rowIndices);
            backend.ops().gather(places, x, out);
            double[] found = new double[rows];
            backend.ops().download(out, found);
            assertArrayEquals(numbers, found);
        }
    }

    @Test
    void aRecordingEndsWithTheArenaOfItsPlaces() {
        try (Backend backend = EmulatedCuda.open();
                Arena arena = backend.openArena()) {
            MatrixBatch x = arena.allocate(new Shape(1, 2, 1), Precision.FLOAT64);
            Arena other = backend.openArena();
            Places places = other.places(2, new int[] {0, 2}, new int[] {0, 1});
            MatrixBatch out = arena.allocate(new Shape(1, 2, 1), Precision.FLOAT64);
            try (Recording recording = backend.record(() -> backend.ops().gather(places, x, out))) {
                recording.replay(2);
                other.close();
                assertThrows(IllegalStateException.class, () -> recording.replay(1));
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
