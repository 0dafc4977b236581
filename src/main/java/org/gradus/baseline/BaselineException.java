package org.gradus.baseline;

import java.util.Locale;

/** What is observed does not allow a method; the message is one line for the user. */
public final class BaselineException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private BaselineException(String message) {
        super(message);
    }

    /**
     * No matrix satisfies A(W) = y.
     *
     * @param residual the least ‖A(W) − y‖/‖y‖
     */
    static BaselineException contradicting(double residual) {
        return new BaselineException(String.format(
                Locale.ROOT,
                "no matrix agrees with all observations (at best within %.2e of their norm); use %s with a penalty",
                residual,
                Baselines.SOFT_IMPUTE));
    }

    /** @param bytes that m×m matrices would take of a heap of {@code limit} bytes */
    static BaselineException tooMany(int operators, double bytes, long limit) {
        return new BaselineException(String.format(
                Locale.ROOT,
                "%d operators: their inner products and a factor of them take %.1f GB, but Java's heap is limited to"
                        + " %.1f GB and its arrays to 2^31 numbers; take fewer, or GRADUS_JAVA_OPTS=-Xmx…",
                operators,
                bytes / 1e9,
                limit / 1e9));
    }
}
