package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.gradus.backend.Arena;
import org.gradus.backend.Backend;
import org.gradus.backend.BackendException;
import org.gradus.backend.Mailbox;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Ops;
import org.gradus.backend.Precision;
import org.gradus.backend.Recording;
import org.gradus.backend.Shape;
import org.gradus.backend.SideLine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A slow device: the host is far ahead of it, closes what is still in use, and learns no more than what has been done. */
final class UnderWayTest {
    /** Of each piece of a stream's work, in microseconds. */
    private static final int DELAY = 2_000;

    private Backend backend;

    @BeforeEach
    void openSlowDevice() {
        backend = EmulatedCuda.open();
        Emulator.reset();
        Emulator.delay(DELAY);
    }

    @AfterEach
    void closeDevice() {
        backend.close();
        Emulator.delay(-1);
        EmulatedCuda.assertClean();
    }

    private static MatrixBatch filled(Backend backend, Arena arena, Shape shape, double value) {
        MatrixBatch batch = arena.allocate(shape, Precision.FLOAT64);
        double[] host = new double[Math.toIntExact(shape.size())];
        Arrays.fill(host, value);
        backend.ops().upload(host, batch);
        return batch;
    }

    private double number(MatrixBatch one) {
        double[] host = new double[1];
        backend.ops().download(one, host);
        return host[0];
    }

    /** x ← (1 + s)·x a step, from 1; the mailbox gets x². */
    private final class Growth implements AutoCloseable {
        final Arena arena = backend.openArena();
        final MatrixBatch x;
        final Mailbox mailbox = arena.mailbox(1);
        final Recording recording;

        Growth(boolean fused) {
            Shape one = new Shape(1, 1, 1);
            x = filled(backend, arena, one, 1);
            MatrixBatch sum = filled(backend, arena, one, 0);
            Ops ops = backend.ops();
            Runnable check = () -> {
                ops.sumOfSquares(x, sum);
                ops.post(sum, mailbox);
            };
            // fused: x ← x + s(x − 0)
            MatrixBatch factor = filled(backend, arena, one, fused ? 0.001 : 1.001);
            MatrixBatch zero = filled(backend, arena, one, 0);
            recording = fused
                    ? backend.fuse(List.of(x), zero, factor, check).orElseThrow()
                    : backend.record(() -> ops.scale(factor, x), check);
        }

        /** Steps of which the mailbox has the result. */
        double stepsInMailbox() {
            double[] square = new double[1];
            mailbox.read(square);
            return Math.log(square[0]) / 2 / Math.log(1.001);
        }

        @Override
        public void close() {
            recording.close();
            arena.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsCarriedOutIsInTheMailboxAlready(boolean fused) {
        try (Growth growth = new Growth(fused)) {
            long handedOver = 0;
            long known = 0;
            for (int i = 0; i < 60; i++) {
                growth.recording.replay(1 + i % 3);
                handedOver += 1 + i % 3;
                long carriedOut = growth.recording.carriedOut();
                assertTrue(carriedOut >= known && carriedOut <= handedOver, carriedOut + " after " + known);
                assertTrue(
                        carriedOut == 0 || growth.stepsInMailbox() > carriedOut - 0.5,
                        () -> carriedOut + " carried out, " + growth.stepsInMailbox() + " in the mailbox");
                known = carriedOut;
            }
            assertEquals(Math.pow(1.001, (double) handedOver), number(growth.x), 1e-9);
            assertEquals(handedOver, growth.recording.carriedOut());
            assertEquals((double) handedOver, growth.stepsInMailbox(), 1e-6);
        }
    }

    /** One launch is carried out, one waits behind it: the third is not handed over before the first has ended. */
    @Test
    void aFusedDescentIsTwoLaunchesAheadAtMost() {
        try (Growth growth = new Growth(true)) {
            long launches = 30;
            for (int i = 0; i < launches; i++) {
                growth.recording.replay(10);
                assertTrue((i + 1) * 10L - growth.recording.carriedOut() <= 20, "launch " + i);
            }
        }
    }

    /** More replays than there are marks for their ends, without and with steps. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 17})
    void manyReplaysStayBounded(long steps) {
        for (boolean fused : new boolean[] {false, true}) {
            try (Growth growth = new Growth(fused)) {
                long replays = steps > 1 ? 40 : 150;
                long begin = System.nanoTime();
                for (int i = 0; i < replays; i++) {
                    growth.recording.replay(steps);
                }
                // each is a piece of work at least; 64 replays may still be under way
                long least = fused || steps > 0 ? (replays - 64) * DELAY * 1_000 : 0;
                assertTrue(System.nanoTime() - begin >= least, "the host was too far ahead");
                assertEquals(Math.pow(1.001, (double) (replays * steps)), number(growth.x), 1e-9);
                assertEquals(replays * steps, growth.recording.carriedOut());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRecordingMayBeClosedWhileItIsUnderWay(boolean fused) {
        try (Growth growth = new Growth(fused)) {
            growth.recording.replay(1);
            growth.recording.replay(300);
            growth.recording.close();
            assertEquals(Math.pow(1.001, 301), number(growth.x), 1e-9);
        }
    }

    /** Sums of squares of large matrices need scratch; a graph has the address of what it was captured with. */
    @Test
    void aLargerSumDoesNotTakeAwayTheScratchOfARecordedOne() {
        try (Arena arena = backend.openArena()) {
            MatrixBatch small = filled(backend, arena, new Shape(2, 80, 80), 0.5);
            MatrixBatch large = filled(backend, arena, new Shape(5, 200, 200), 0.5);
            MatrixBatch sums = filled(backend, arena, new Shape(5, 1, 1), 0);
            MatrixBatch two = filled(backend, arena, new Shape(1, 1, 1), 2);
            Ops ops = backend.ops();
            try (Recording recording =
                    backend.record(() -> ops.scale(two, small), () -> ops.sumOfSquares(small, sums.slice(0, 2)))) {
                recording.replay(2); // the second is a graph
                ops.sumOfSquares(large, sums);
                recording.replay(1);
                double[] found = new double[5];
                ops.download(sums, found);
                assertArrayEquals(new double[] {102_400, 102_400, 10_000, 10_000, 10_000}, found);
            }
        }
    }

    @Test
    void theWorkOfAMeasurementThatFailsHasEndedWhenItsFailureIsKnown() throws Exception {
        try (SideLine side = backend.openSideLine();
                Arena arena = backend.openArena()) {
            MatrixBatch x = filled(backend, arena, new Shape(1, 40, 40), 1);
            MatrixBatch two = filled(backend, arena, new Shape(1, 1, 1), 2);
            Future<Object> failed = side.submit(() -> {
                for (int i = 0; i < 20; i++) {
                    side.ops().scale(two, x);
                }
                throw new BackendException("the measurement failed");
            });
            ExecutionException thrown = assertThrows(ExecutionException.class, failed::get);
            assertEquals("the measurement failed", thrown.getCause().getMessage());
            assertEquals(0x1p20, number(x.reshape(1, 1)));
        }
    }

    @Test
    void aMeasurementUnderWaySurvivesTheClosingOfItsLine() throws Exception {
        double[] sum = new double[1];
        try (Arena arena = backend.openArena()) {
            MatrixBatch x = filled(backend, arena, new Shape(1, 40, 40), 1);
            MatrixBatch out = filled(backend, arena, new Shape(1, 1, 1), 0);
            Future<Object> measured;
            try (SideLine side = backend.openSideLine()) {
                measured = side.submit(() -> {
                    side.ops().sumOfSquares(x, out);
                    side.ops().download(out, sum);
                    return sum;
                });
            }
            assertTrue(measured.isDone());
            measured.get();
        }
        assertEquals(1600, sum[0]);
    }
}
