package org.gradus.observe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.gradus.dynamics.Outcome;
import org.gradus.dynamics.Outcome.Status;
import org.gradus.linalg.Matrix;

/** How far the recording of each run has come. */
final class Standings {
    private final Outcome[] outcomes;
    private final List<Supplier<Matrix>> products;
    private final long[] knownFinite;
    private final long[] lastRows;

    Standings(int runs) {
        outcomes = new Outcome[runs];
        products = new ArrayList<>(Collections.nCopies(runs, null));
        knownFinite = new long[runs];
        lastRows = new long[runs];
        Arrays.fill(lastRows, -1);
    }

    boolean isActive(int run) {
        return outcomes[run] == null;
    }

    /** Whether any run is. */
    boolean active() {
        return Arrays.stream(outcomes).anyMatch(outcome -> outcome == null);
    }

    /** Whether an active run has no row of {@code step}, its solver's. */
    boolean lackRowOf(long step) {
        boolean lack = false;
        for (int run = 0; run < outcomes.length; run++) {
            lack |= isActive(run) && lastRows[run] < step;
        }
        return lack;
    }

    void knownFinite(int run, long step) {
        knownFinite[run] = Math.max(knownFinite[run], step);
    }

    /** A row of finite numbers has been told; answers the product at the row before, null at the first. */
    Supplier<Matrix> row(int run, long step, Supplier<Matrix> product) {
        knownFinite(run, step);
        lastRows[run] = step;
        return products.set(run, product);
    }

    /** Null before the first row. */
    Matrix lastProduct(int run) {
        return products.get(run) == null ? null : products.get(run).get();
    }

    void end(int run, Outcome outcome) {
        outcomes[run] = outcome;
    }

    /** @param noticed step at which numbers are no longer finite */
    Outcome divergence(int run, long noticed) {
        String when = noticed - knownFinite[run] > 1
                ? "between steps " + (knownFinite[run] + 1) + " and " + noticed
                : "at step " + noticed;
        return new Outcome(Status.DIVERGED, noticed, "numbers were no longer finite " + when);
    }

    List<Outcome> outcomes() {
        return List.of(outcomes);
    }

    /** An outcome that tells of the number of steps or of an interrupt is none of the run itself, which can go on. */
    Standing standing(int run) {
        Optional<Outcome> outcome = Optional.ofNullable(outcomes[run])
                .filter(known -> known.status() != Status.DONE && known.status() != Status.INTERRUPTED);
        return new Standing(lastRows[run], knownFinite[run], outcome, Optional.ofNullable(lastProduct(run)));
    }

    void restore(int run, Standing standing) {
        lastRows[run] = standing.lastRow();
        knownFinite[run] = standing.knownFinite();
        Matrix product = standing.lastProduct().orElse(null);
        products.set(run, product == null ? null : () -> product);
        outcomes[run] = standing.outcome().orElse(null);
    }
}
