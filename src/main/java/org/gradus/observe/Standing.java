package org.gradus.observe;

import java.util.Optional;
import org.gradus.dynamics.Outcome;
import org.gradus.linalg.Matrix;

/**
 * Where the recording of a run stands between two steps: with the solver's numbers and the table's rows all that it goes on from.
 *
 * @param lastRow the step of its last row; −1 where it has none
 * @param knownFinite the last step at which its numbers are known to have been finite
 * @param outcome of a run that has stopped or diverged; empty where it can go on
 * @param lastProduct the product at its last row
 */
public record Standing(long lastRow, long knownFinite, Optional<Outcome> outcome, Optional<Matrix> lastProduct) {}
