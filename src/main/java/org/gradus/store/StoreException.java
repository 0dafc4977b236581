package org.gradus.store;

/** A file that is missing, unreadable, malformed or cannot be written: one line that names it and what would be right. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
