package org.gradus.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.gradus.backend.Backend;
import org.gradus.dynamics.MemoryPlan;

/** Measures the cells of a grid one after another, within the time that is announced before the first. */
public final class Benchmark {
    /** Between what is estimated and what is announced. */
    private static final double MARGIN = 1.25;

    /** Products beside a cell's own memory. */
    private static final int PRODUCT_MATRICES = 3;

    /** Opens the backend of a cell. */
    public interface Opener {
        Backend open(String name, Arithmetic arithmetic, int threads);
    }

    /** What the person at the terminal sees and says. */
    public interface Watcher {
        /** @param seconds within which all ends */
        void announced(int cells, double seconds);

        void opened(String name, Backend backend);

        void begins(Cell cell);

        void measured(Measured found);

        void leftOut(Cell cell, String reason);

        boolean interrupted();
    }

    private final List<Cell> cells;
    private final Settings settings;
    private final Opener opener;
    private final Watcher watcher;
    private final Map<Cell, Double> estimates = new LinkedHashMap<>();
    private long start;
    private double announced;

    public Benchmark(List<Cell> cells, Settings settings, Opener opener, Watcher watcher) {
        this.cells = List.copyOf(cells);
        this.settings = settings;
        this.opener = opener;
        this.watcher = watcher;
    }

    /**
     * Measures them all.
     *
     * @throws org.gradus.backend.BackendException if a backend cannot be had or fails
     */
    public void run() {
        start = System.nanoTime();
        forEachBackend(cells, this::estimate);
        double all = elapsed()
                + MARGIN * estimates.values().stream().mapToDouble(d -> d).sum();
        announced = Math.min(settings.limit(), all);
        watcher.announced(estimates.size(), announced);
        forEachBackend(List.copyOf(estimates.keySet()), this::measure);
    }

    private interface Use {
        void use(Backend backend, List<Cell> cells);
    }

    /** Cells of one backend and arithmetic follow each other. */
    private void forEachBackend(List<Cell> list, Use use) {
        int from = 0;
        while (from < list.size()) {
            Cell first = list.get(from);
            int to = from;
            while (to < list.size()
                    && list.get(to).backend().equals(first.backend())
                    && list.get(to).arithmetic() == first.arithmetic()) {
                to++;
            }
            try (Backend backend = opener.open(first.backend(), first.arithmetic(), settings.threads())) {
                use.use(backend, list.subList(from, to));
            }
            from = to;
        }
    }

    private void estimate(Backend backend, List<Cell> group) {
        watcher.opened(group.get(0).backend(), backend);
        List<Cell> fitting = new ArrayList<>();
        for (Cell cell : group) {
            double bytes = 2.0 * Workbench.bytes(cell, backend, true)
                    + PRODUCT_MATRICES
                            * Math.pow(cell.n(), 2)
                            * cell.runs()
                            * cell.arithmetic().precision().bytes();
            if (bytes > backend.availableBytes()) {
                watcher.leftOut(
                        cell,
                        "needs " + MemoryPlan.bytes((long) bytes) + ", but "
                                + MemoryPlan.bytes(backend.availableBytes()) + " are available");
            } else {
                fitting.add(cell);
            }
        }
        fitting.forEach(cell -> estimates.put(cell, Estimate.seconds(cell, backend, settings)));
    }

    private void measure(Backend backend, List<Cell> group) {
        for (Cell cell : group) {
            double estimate = estimates.get(cell);
            if (watcher.interrupted()) {
                return;
            }
            if (elapsed() + estimate > announced) {
                watcher.leftOut(
                        cell,
                        String.format(
                                Locale.ROOT,
                                "would take %.0f s, but %.0f s are left",
                                estimate,
                                Math.max(0, announced - elapsed())));
                continue;
            }
            watcher.begins(cell);
            double until = Math.min(announced, elapsed() + MARGIN * estimate);
            try (CellBenchmark benchmark = new CellBenchmark(cell, backend, settings)) {
                watcher.measured(benchmark.measure(settings, () -> elapsed() < until && !watcher.interrupted()));
            }
        }
    }

    private double elapsed() {
        return (System.nanoTime() - start) / 1e9;
    }
}
