package org.gradus.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.gradus.backend.BackendException;
import org.junit.jupiter.api.Test;

final class FuturesTest {

    @Test
    void whatEndedAMeasurementIsThrownAsItIs() {
        BackendException lost = new BackendException("lost");
        OutOfMemoryError full = new OutOfMemoryError("full");
        IOException checked = new IOException("checked");
        assertSame(lost, failure(BackendException.class, lost));
        assertSame(full, failure(OutOfMemoryError.class, full));
        assertSame(checked, failure(IllegalStateException.class, checked).getCause());
    }

    private static <T extends Throwable> T failure(Class<T> kind, Throwable cause) {
        return assertThrows(kind, () -> Futures.await(CompletableFuture.failedFuture(cause)));
    }

    @Test
    void anInterruptOfTheThreadWaitsForTheMeasurement() {
        CompletableFuture<Integer> late =
                new CompletableFuture<Integer>().completeOnTimeout(3, 50, TimeUnit.MILLISECONDS);
        Thread.currentThread().interrupt();
        assertEquals(3, Futures.await(late));
        assertTrue(Thread.interrupted());
    }

    @Test
    void aViewIsDoneWhenItsFutureIs() {
        CompletableFuture<Integer> three = new CompletableFuture<>();
        var six = Futures.seen(three, number -> 2 * number);
        assertFalse(six.isDone());
        three.complete(3);
        assertTrue(six.isDone());
        assertEquals(6, Futures.await(six));
    }
}
