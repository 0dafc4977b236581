package org.gradus.baseline;

/** Is told how far a convex program is, by the thread that solves it. */
public interface Watch {
    /** Nobody looks, nothing is cancelled. */
    Watch NONE = certificate -> false;

    /**
     * The state after some iterations; the relative gap tends to zero, geometrically in the end.
     *
     * @return whether to give up, which ends the call with a CancellationException
     */
    boolean cancels(Certificate certificate);
}
