package org.gradus.experiment;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.gradus.backend.BackendException;
import org.gradus.backend.ForwardingBackend;
import org.gradus.backend.Precision;
import org.gradus.dynamics.Measures;
import org.gradus.dynamics.MemoryDemand;
import org.gradus.dynamics.MemoryPlan;
import org.gradus.init.Dimensions;
import org.gradus.linalg.DenseOperators;
import org.gradus.linalg.Matrix;
import org.gradus.problem.Footprint;
import org.gradus.problem.GaussianOperators;
import org.gradus.problem.Loss;
import org.gradus.problem.Sensing;
import org.junit.jupiter.api.Test;

/** What is said of runs that are too large for a device. */
final class RoomTest {
    private static final Dimensions DIMENSIONS = new Dimensions(List.of(100, 200, 300, 100));
    private static final MemoryDemand DEMAND =
            new MemoryDemand(Footprint.matrices(1, 100, 100), DIMENSIONS, Precision.FLOAT64, new Measures(true, false));
    private final SmallBackend backend = new SmallBackend();

    private static final class SmallBackend extends ForwardingBackend {
        long available;

        @Override
        public long availableBytes() {
            return available;
        }

        @Override
        public int lookahead() {
            return 2;
        }
    }

    private long needed(MemoryDemand demand, int runs) {
        return MemoryPlan.of(demand, backend, runs, 0).bytes();
    }

    /** With {@code available} bytes. */
    private String refusal(MemoryDemand demand, int runs, long available) {
        backend.available = available;
        return assertThrows(BackendException.class, () -> Room.requireOnDevice(demand, backend, runs))
                .getMessage();
    }

    @Test
    void whatFitsWithoutSnapshotsIsNotRefused() {
        backend.available = needed(DEMAND, 1);
        assertDoesNotThrow(() -> Room.requireOnDevice(DEMAND, backend, 1));
        assertEquals(0, MemoryPlan.fitting(DEMAND, backend, 1).snapshots());
    }

    @Test
    void allThatWouldFitIsNamedWithItsFigure() {
        MemoryDemand plain = DEMAND.withoutFactors();
        String needs = "reference: the run needs 2.8 MiB: 7 matrices and 78.1 KiB of data, but ";
        assertEquals(
                needs + "2.8 MiB are available; precision float32 needs 1.4 MiB, record.factors: false needs "
                        + MemoryPlan.bytes(needed(plain, 1)),
                refusal(DEMAND, 1, needed(DEMAND, 1) - 1));
        assertEquals(
                needs + "1.4 MiB are available; precision float32 needs 1.4 MiB",
                refusal(DEMAND, 1, needed(DEMAND.with(Precision.FLOAT32), 1)));
        assertEquals(
                needs + "1.0 MiB are available; narrower widths or a smaller depth need less",
                refusal(DEMAND, 1, 1 << 20));
    }

    @Test
    void whatWasNotAskedForCannotBeLeftOut() {
        MemoryDemand single = DEMAND.withoutFactors().with(Precision.FLOAT32);
        assertEquals(
                "reference: the run needs " + MemoryPlan.bytes(needed(single, 1))
                        + ": 7 matrices and 39.1 KiB of data, but "
                        + MemoryPlan.bytes(needed(single, 1) - 1)
                        + " are available; narrower widths or a smaller depth need less",
                refusal(single, 1, needed(single, 1) - 1));
    }

    @Test
    void ofSeveralRunsTheLargestBatchThatFitsIsNamed() {
        String needs = "reference: the runs need 26.8 MiB: 7 matrices for each of 10 runs and 78.1 KiB of data, but ";
        assertEquals(
                needs + MemoryPlan.bytes(needed(DEMAND, 4)) + " are available; batches of up to 4 runs fit",
                refusal(DEMAND, 10, needed(DEMAND, 4)));
        assertEquals(needs + "2.8 MiB are available; one run at a time fits", refusal(DEMAND, 10, needed(DEMAND, 1)));
        assertEquals(
                needs + "1.0 KiB are available; narrower widths or a smaller depth need less",
                refusal(DEMAND, 10, 1_024));
    }

    @Test
    void operatorsBeyondTheDevicesMemoryAreStreamedAndOthersStay() {
        Matrix truth = Matrix.scaledIdentity(20, 1);
        DenseOperators operators = new DenseOperators(new GaussianOperators(30_000, 20, 20, 0.1, false, 1));
        Sensing sensing = new Sensing(operators, new double[30_000], Optional.of(truth), Loss.SUM, 0);
        Data data = new Data(sensing, truth, 1, "", new double[] {0, 1}, Optional.empty(), List.of());
        Dimensions dimensions = new Dimensions(List.of(20, 20, 20));
        backend.available = 200L << 20;
        assertSame(data, Room.fitting(data, dimensions, Precision.FLOAT64, Measures.BASIC, backend, 1));
        backend.available = 60L << 20;
        Data read = Room.fitting(data, dimensions, Precision.FLOAT64, Measures.BASIC, backend, 1);
        assertEquals(
                List.of(
                        "with operators in its memory the run needs 92.3 MiB, but 60.0 MiB are available: every step reads"
                                + " them from their source again, which is slow; float32 needs half"),
                read.warnings());
        Sensing streamed = (Sensing) read.problem();
        assertEquals((1 << 21) / 400, streamed.perBlock());
        MemoryDemand demand = new MemoryDemand(streamed.footprint(), dimensions, Precision.FLOAT64, Measures.BASIC);
        assertTrue(needed(demand, 1) < backend.available, needed(demand, 1) + " bytes");
        assertEquals(
                Sensing.leastFootprint(20, 20, 30_000, true), streamed.footprint(), "what was asked for beforehand");
    }
}
