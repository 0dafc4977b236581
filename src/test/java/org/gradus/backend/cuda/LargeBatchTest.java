package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.gradus.backend.BackendException;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Places and counts of batches of more than 2³¹ numbers, which no test has the memory for. */
final class LargeBatchTest {

    /** Pieces follow each other in host memory without a gap, fit a block, and begin where their run does. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 1",
        "3, 2, 2, 4",
        "5, 2, 2, 9",
        "70000, 300, 300, 90000",
        "70000, 300, 300, 90001",
        "3, 50000, 50000, 2500000000",
        "3, 46341, 46341, 4000000000",
        "1, 65536, 65536, 4294967296",
        "1000, 1024, 1024, 1048576",
        "1000, 1024, 1025, 1050000",
        "9, 2000, 20, 300000000",
        "9, 2000, 20, 268435455",
        "9, 2000, 20, 268435456",
        "9, 2000, 20, 6000000000"
    })
    void piecesCoverABatchOnce(int batch, int rows, int cols, long stride) {
        for (Precision precision : Precision.values()) {
            Shape shape = new Shape(batch, rows, cols);
            Pieces pieces = new Pieces(shape, stride, precision);
            long covered = 0;
            while (pieces.hasNext()) {
                Pieces.Piece piece = pieces.next();
                assertEquals(covered, pieces.hostIndex(piece));
                assertTrue(piece.numbers() > 0 && (long) piece.numbers() * precision.bytes() <= Pieces.BLOCK);
                long run = covered / shape.entries();
                assertEquals(run * stride + covered % shape.entries(), pieces.deviceIndex(piece));
                boolean pitched = piece.runs() > 1 && stride != shape.entries();
                assertFalse(pitched && stride * precision.bytes() > Integer.MAX_VALUE, "a pitch beyond 2³¹ − 1 bytes");
                covered += piece.numbers();
            }
            assertEquals(shape.size(), covered);
        }
    }

    @Test
    void placesBeyondTheRangeOfAnIntAreFound() {
        Emulator.load();
        Shape shape = new Shape(70_000, 300, 300);
        CudaBatch batch = new CudaBatch(null, shape, Precision.FLOAT64, new DeviceMemory(), 0, 90_000);
        MatrixBatch last = batch.slice(69_000, 70_000).slice(999, 1_000).reshape(20, 20);
        assertEquals(69_999L * 90_000 * 8, CudaBatch.of(last).pointer().address());
        assertEquals(69_999L * 90_000 * 8, batch.pointer(69_999L * 90_000).address());
        assertEquals(69_999L * 90_000 * 8, CudaBatch.of(last).input().address());
        assertEquals(69_999L * 90_000 * 8 + 24, CudaBatch.of(last).pointer(3).address());
        MatrixBatch few = batch.slice(1, 3).reshape(2, 2);
        assertEquals(90_000, CudaBatch.of(few).input().stride());
        assertEquals(90_000 * 8, CudaBatch.of(few).output().address());
        CudaBatch square = new CudaBatch(
                null, new Shape(3, 50_000, 50_000), Precision.FLOAT32, new DeviceMemory(), 0, 2_500_000_000L);
        assertEquals(20_000_000_000L, CudaBatch.of(square.slice(2, 3)).pointer().address());
    }

    @Test
    void operatorsBeyondTheRangeOfAnIntAreRefusedInOneLine() {
        Emulator.load();
        Shape shape = new Shape(3, 50_000, 50_000);
        CudaBatch operators = new CudaBatch(null, shape, Precision.FLOAT32, new DeviceMemory(), 0, 2_500_000_000L);
        assertEquals(
                "cuda: 3·(50000×50000), 2500000000 numbers from one to the next: a matrix that is measured may have"
                        + " 2^31 - 1 numbers at most",
                assertThrows(BackendException.class, () -> ColumnBatch.of(operators))
                        .getMessage());
        ColumnBatch one = ColumnBatch.of(operators.slice(1, 2).reshape(20, 30));
        assertEquals(600, one.leading(), "of one matrix the stride does not matter");
    }

    @ParameterizedTest
    @CsvSource({"2500000000, 1", "4294967296, 3", "400, 20000000", "1, 2147483647", "90000, 70000"})
    void launchesStayWithinWhatAGridMayHave(long entries, long batch) {
        for (int pack : new int[] {2, 4}) {
            Kernel.Launch launch = ElementwiseKernels.launch(entries, batch, pack);
            assertTrue(launch.gridX() > 0 && launch.gridY() > 0 && launch.gridY() <= Kernel.Launch.MOST_GRID_Y);
            assertEquals(256, launch.blockX() * launch.blockY());
        }
        assertTrue(ReductionKernels.parts(entries) > 0 && ReductionKernels.parts(entries) <= 1024);
        assertTrue(ReductionKernels.scratch(entries, batch) <= 1024 * batch);
    }
}
