package org.gradus.backend.cuda;

import java.util.Optional;
import java.util.function.Supplier;
import org.gradus.backend.BackendException;

/**
 * A value that is made once in a process. A failure is kept as well and thrown again in the same words: a class whose native
 * library did not load once only says NoClassDefFoundError later.
 */
final class Once<T> {
    private T value;
    private BackendException failure;

    /**
     * The value, made by the first caller's maker.
     *
     * @throws BackendException if making it failed, now or before
     */
    synchronized T get(Supplier<T> maker) {
        if (failure != null) {
            throw new BackendException(failure.getMessage(), failure);
        }
        if (value == null) {
            try {
                value = maker.get();
            } catch (BackendException thrown) {
                failure = thrown;
                throw thrown;
            }
        }
        return value;
    }

    synchronized Optional<T> made() {
        return Optional.ofNullable(value);
    }
}
