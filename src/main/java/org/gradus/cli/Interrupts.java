package org.gradus.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C. The JVM's shutdown hook only raises a flag and waits until the main thread has written what there is; the JVM
 * then ends with the signal's own status, 130.
 */
final class Interrupts {
    private static final long PATIENCE_SECONDS = 600;
    private static final CountDownLatch FINISHED = new CountDownLatch(1);
    private static volatile boolean requested;

    private Interrupts() {}

    /** From now on a signal is answered by finishing in an orderly way. */
    static void watch() {
        Runtime.getRuntime().addShutdownHook(new Thread(Interrupts::finishInOrder, "gradus-interrupt"));
    }

    private static void finishInOrder() {
        requested = true;
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
