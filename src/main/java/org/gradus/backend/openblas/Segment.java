package org.gradus.backend.openblas;

/** A part of a {@link Program} that workers carry out without a word from outside; between two parts they wait for each other. */
interface Segment {

    /** How many workers have something to do here; the others wait. */
    int workers();

    /** Carries out the share of {@code worker}, one of {@link #workers}, {@code times} times, one after another. */
    void carryOut(int worker, long times);
}
