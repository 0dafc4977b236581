package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.gradus.backend.Arena;
import org.gradus.backend.Backend;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;
import org.gradus.backend.SideLine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Closing in the wrong order, or while the device is at work. */
final class ClosingTest {
    private static final Shape SHAPE = new Shape(4, 40, 40);

    @BeforeAll
    static void loadTheEmulator() {
        Emulator.load();
        Emulator.reset(); // what other tests of the process left
    }

    @AfterEach
    void theDeviceIsClean() {
        Emulator.delay(-1);
        EmulatedCuda.assertClean();
    }

    @Test
    void aBackendIsNotClosedWithArenasOpenAndStaysUsable() {
        try (Backend backend = EmulatedCuda.open()) {
            Arena arena = backend.openArena();
            IllegalStateException refused = assertThrows(IllegalStateException.class, backend::close);
            assertEquals("cuda: closed with 1 arenas open", refused.getMessage());
            double[] one = {1};
            backend.ops().upload(one, arena.allocate(new Shape(1, 1, 1), Precision.FLOAT64));
            arena.close();
        }
    }

    @Test
    void anArenaThatIsClosedWhileItIsMeasuredLetsTheMeasurementEnd() throws Exception {
        try (Backend backend = EmulatedCuda.open();
                SideLine side = backend.openSideLine()) {
            Arena arena = backend.openArena();
            MatrixBatch in = arena.allocate(SHAPE, Precision.FLOAT64);
            MatrixBatch out = arena.allocate(SHAPE, Precision.FLOAT64);
            CountDownLatch given = new CountDownLatch(1);
            Emulator.delay(5_000);
            Future<?> measured = side.submit(() -> {
                copyOften(side, in, out);
                given.countDown();
                return 0;
            });
            given.await();
            arena.close();
            assertTrue(measured.isDone());
            assertEquals(0, measured.get());
            Future<?> late = side.submit(() -> {
                copyOften(side, in, out);
                return 0;
            });
            ExecutionException refused = assertThrows(ExecutionException.class, late::get);
            assertTrue(refused.getCause() instanceof IllegalStateException, () -> "" + refused.getCause());
        }
    }

    private static void copyOften(SideLine side, MatrixBatch in, MatrixBatch out) {
        for (int i = 0; i < 10; i++) {
            side.ops().copy(in, out);
        }
    }

    @Test
    void aMeasurementThatFailsHalfWayHasLeftTheDeviceWhenItIsTold() {
        try (Backend backend = EmulatedCuda.open();
                SideLine side = backend.openSideLine();
                Arena arena = backend.openArena()) {
            MatrixBatch in = arena.allocate(SHAPE, Precision.FLOAT64);
            MatrixBatch out = arena.allocate(SHAPE, Precision.FLOAT64);
            Emulator.delay(5_000);
            Future<?> failed = side.submit(() -> {
                copyOften(side, in, out);
                throw new IllegalArgumentException("half way");
            });
            ExecutionException told = assertThrows(ExecutionException.class, failed::get);
            assertEquals("half way", told.getCause().getMessage());
        }
    }
}
