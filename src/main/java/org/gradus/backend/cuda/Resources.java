package org.gradus.backend.cuda;

import java.util.ArrayDeque;
import java.util.Deque;
import org.gradus.backend.BackendException;

/** What has to be given back, the last first. One that fails does not keep the others. */
final class Resources implements AutoCloseable {
    private final Deque<Runnable> releases = new ArrayDeque<>();

    void add(Runnable release) {
        releases.push(release);
    }

    /** @throws BackendException the first failure, the others suppressed in it */
    @Override
    public void close() {
        BackendException first = null;
        while (!releases.isEmpty()) {
            Runnable release = releases.pop();
            try {
                release.run();
            } catch (BackendException failure) {
                if (first == null) {
                    first = failure;
                } else {
                    first.addSuppressed(failure);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** Closes after {@code thrown}, to which failures are added. */
    void closeAfter(Throwable thrown) {
        try {
            close();
        } catch (BackendException alsoFailed) {
            thrown.addSuppressed(alsoFailed);
        }
    }
}
