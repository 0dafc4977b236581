package org.gradus.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One point of the grid: {@code runs} descents with {@code depth} factors n×n as one batch.
 *
 * @param backend cpu, cuda or reference
 */
public record Cell(SolverKind solver, String backend, Arithmetic arithmetic, int depth, int n, int runs) {

    /** Products of a dense step: N − 1 forward, N − 1 backward, N updates of which the first needs none but at depth 1. */
    int products() {
        return Math.max(1, 3 * (depth - 1));
    }

    /** Floating-point operations of a dense step, 3(N−1)·2n³ a run. */
    double operationsPerStep() {
        return products() * 2.0 * n * n * n * runs;
    }

    /** Whether the solver works as the cell says: one run a subspace, modes in float64 on the host. */
    boolean exists() {
        return switch (solver) {
            case DENSE -> true;
            case SUBSPACE -> runs == 1 && 2 * Workbench.RANK < n;
            case MODES -> backend.equals("cpu") && arithmetic == Arithmetic.FLOAT64;
        };
    }

    /** What tells the cell from others, as in the JSON file. */
    public Map<String, Object> key() {
        Map<String, Object> key = new LinkedHashMap<>();
        key.put("solver", solver.word());
        key.put("backend", backend);
        key.put("precision", arithmetic.word());
        key.put("depth", depth);
        key.put("n", n);
        key.put("runs", runs);
        return key;
    }

    /** For people. */
    public String describe() {
        return solver.word() + ", " + backend + ", " + arithmetic.word() + ", N = " + depth + ", n = " + n
                + (runs == 1 ? "" : ", " + runs + " runs");
    }
}
