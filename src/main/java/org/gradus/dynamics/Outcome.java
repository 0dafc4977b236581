package org.gradus.dynamics;

/**
 * How a run ended: a value, not an error.
 *
 * @param step where the run ended; of a diverged one, where that was noticed
 * @param reason one sentence for people
 */
public record Outcome(Status status, long step, String reason) {

    /** The word that the manifest uses is the name in lower case. */
    public enum Status {
        /** All steps were carried out. */
        DONE,
        /** A stopping rule held. */
        STOPPED,
        /** Numbers were no longer finite. */
        DIVERGED,
        /** The user asked to stop. */
        INTERRUPTED,
        /** A device, a library or a file failed. */
        FAILED
    }
}
