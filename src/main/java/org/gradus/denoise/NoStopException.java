package org.gradus.denoise;

/** A rule that finds no step to stop at, or a descent that cannot be: what is wrong and what would be right, on one line. */
public final class NoStopException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NoStopException(String message) {
        super(message);
    }
}
