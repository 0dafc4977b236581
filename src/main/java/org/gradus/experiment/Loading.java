package org.gradus.experiment;

/** Watches data being made or read, where that takes long. Told by any thread. */
@FunctionalInterface
public interface Loading {

    /** Nobody watches. */
    Loading UNWATCHED = (what, passes) -> {};

    /**
     * @param what is under way, for people
     * @param passes how often, in fractions, all data have been gone through for it
     */
    void at(String what, double passes);
}
