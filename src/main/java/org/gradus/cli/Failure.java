package org.gradus.cli;

import java.io.UncheckedIOException;
import java.util.Locale;
import org.gradus.backend.BackendException;
import org.gradus.dynamics.MemoryPlan;
import org.gradus.experiment.ConfigException;
import org.gradus.store.StoreException;

/**
 * What a thrown error means to the user.
 *
 * @param status the exit status
 * @param line what is wrong and what would be right, on one line
 */
record Failure(int status, String line) {
    /** Not a promise of the interface: the program itself is wrong. */
    private static final int DEFECT = 1;

    static Failure of(Throwable thrown) {
        String message = String.valueOf(thrown.getMessage());
        if (thrown instanceof ConfigException) {
            return new Failure(ExitCode.USAGE, oneLine(message));
        }
        if (thrown instanceof BackendException) {
            return new Failure(ExitCode.DEVICE, oneLine(message));
        }
        if (thrown instanceof StoreException || thrown instanceof UncheckedIOException) {
            return new Failure(ExitCode.FILES, oneLine(message));
        }
        if (thrown instanceof OutOfMemoryError) {
            String limit = MemoryPlan.bytes(Runtime.getRuntime().maxMemory());
            return new Failure(
                    ExitCode.DEVICE,
                    oneLine(String.format(
                            Locale.ROOT,
                            "memory is exhausted (%s); Java's heap is limited to %s, GRADUS_JAVA_OPTS=-Xmx… raises that",
                            message,
                            limit)));
        }
        if (thrown instanceof LinkageError) {
            return new Failure(ExitCode.DEVICE, oneLine("a native library cannot be loaded: " + rootOf(thrown)));
        }
        return new Failure(
                DEFECT,
                oneLine("this is a defect of Gradus: " + thrown.getClass().getName() + ": " + message
                        + "; --verbose shows where"));
    }

    private static Throwable rootOf(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** Messages quote foreign text: no line breaks, no terminal control. */
    static String oneLine(String message) {
        return message.strip().replaceAll("\\s*\\R\\s*", " ").replaceAll("\\p{Cntrl}", "?");
    }
}
