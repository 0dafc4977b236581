package org.gradus.bench;

import java.util.ArrayList;
import java.util.List;

/** The cells that lists of values span, in the order in which they are measured: backends and arithmetics together. */
public record Grid(
        List<String> backends,
        List<Arithmetic> arithmetics,
        List<SolverKind> solvers,
        List<Integer> depths,
        List<Integer> sizes,
        List<Integer> batches) {

    /** All combinations but those that a solver does not know. */
    public List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (String backend : backends) {
            for (Arithmetic arithmetic : arithmetics) {
                for (SolverKind solver : solvers) {
                    add(cells, backend, arithmetic, solver);
                }
            }
        }
        return cells;
    }

    private void add(List<Cell> cells, String backend, Arithmetic arithmetic, SolverKind solver) {
        for (int depth : depths) {
            for (int n : sizes) {
                for (int runs : batches) {
                    Cell cell = new Cell(solver, backend, arithmetic, depth, n, runs);
                    if (cell.exists()) {
                        cells.add(cell);
                    }
                }
            }
        }
    }
}
