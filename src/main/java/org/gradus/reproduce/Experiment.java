package org.gradus.reproduce;

import java.nio.file.Path;

/** A claim, and what its runs have to say about it. */
public interface Experiment {
    Card card();

    /** Measures the finished runs against the claim. */
    Verdict judge(Evidence evidence);

    /** Draws the finished runs into an SVG file; fonts are available. */
    void draw(Evidence evidence, Path figure);
}
