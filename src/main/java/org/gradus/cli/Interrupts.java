package org.gradus.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C. As long as nothing is being written, the JVM ends at once. Afterwards its shutdown hook only raises a flag and
 * waits until the main thread has written what there is; the JVM then ends with the signal's own status, 130.
 */
final class Interrupts {
    private static final long PATIENCE_SECONDS = 600;
    private static final CountDownLatch FINISHED = new CountDownLatch(1);
    private static volatile boolean watched;
    private static volatile boolean requested;

    private Interrupts() {}

    /** Called once by a process that ends with {@link #finished}; never in tests, whose JVM is not ours. */
    static void install() {
        Runtime.getRuntime().addShutdownHook(new Thread(Interrupts::finishInOrder, "gradus-interrupt"));
    }

    /** From now on a signal is answered by finishing in an orderly way. */
    static void watch() {
        watched = true;
    }

    private static void finishInOrder() {
        requested = true;
        if (!watched) {
            return;
        }
        try {
            FINISHED.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException gaveUp) {
            Thread.currentThread().interrupt();
        }
    }

    static boolean requested() {
        return requested;
    }

    /** The main thread has nothing left to write. */
    static void finished() {
        FINISHED.countDown();
    }
}
