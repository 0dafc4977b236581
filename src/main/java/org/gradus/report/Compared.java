package org.gradus.report;

import java.util.Optional;

/**
 * One panel of a comparison.
 *
 * @param name of the run
 * @param solver that carried it out
 * @param curves of the run
 * @param dense the same run by plain descent, drawn dashed over the other
 */
public record Compared(String name, String solver, RunCurves curves, Optional<RunCurves> dense) {}
