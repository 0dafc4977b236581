package org.gradus.baseline;

/** Is told how far a convex program is, by the thread that solves it. */
@FunctionalInterface
public interface Watch {
    /** Nobody looks, nothing is interrupted. */
    Watch NONE = certificate -> {};

    /** The state after some iterations; the relative gap tends to zero, geometrically in the end. */
    void sees(Certificate certificate);

    /** Asked before every iteration: whether to give up, which ends the call with a CancellationException. */
    default boolean interrupted() {
        return false;
    }
}
