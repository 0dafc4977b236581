package org.gradus.api;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.gradus.backend.Backend;
import org.gradus.dynamics.Outcome;
import org.gradus.dynamics.Outcome.Status;
import org.gradus.dynamics.Solver;
import org.gradus.dynamics.State;
import org.gradus.experiment.Plan;
import org.gradus.linalg.Matrix;
import org.gradus.observe.Listener;
import org.gradus.observe.Observer;
import org.gradus.observe.Recorder;
import org.gradus.store.Trajectory;

/** Keeps what a run directory would hold. */
final class InMemory implements Listener {
    private static final int RUN = 0;

    private final Plan plan;
    private final Watch watch;
    private final List<String> columns = new ArrayList<>(List.of("step"));
    private final List<double[]> rows = new ArrayList<>();
    private final Set<Long> productSteps;
    private final Map<Long, Matrix> products = new TreeMap<>();
    private long furthest;
    private double bytes;

    InMemory(Plan plan, Watch watch) {
        this.plan = plan;
        this.watch = watch;
        productSteps = new HashSet<>(plan.config().record().products());
    }

    Result run(Backend backend) {
        List<Observer> observers = plan.observers();
        columns.addAll(Recorder.columns(observers));
        try (Solver solver = plan.openSolver(backend)) {
            Recorder recorder =
                    new Recorder(solver, plan.schedule(), observers, plan.stop().rule(), this);
            Outcome outcome = recorder.run(plan.config().descent().steps()).get(RUN);
            return result(solver, recorder.lastProduct(RUN), outcome);
        }
    }

    private Result result(Solver solver, Matrix last, Outcome outcome) {
        boolean wanted = plan.measures().factors() && outcome.status() != Status.DIVERGED;
        Matrix product = last;
        List<Matrix> factors = new ArrayList<>();
        if (wanted || outcome.status() == Status.INTERRUPTED) {
            State state = solver.observe();
            Matrix latest = state.product(RUN);
            product = latest.isFinite() ? latest : last;
            for (int j = 1; wanted && j <= plan.dimensions().depth(); j++) {
                factors.add(state.factor(RUN, j));
            }
        }
        return new Result(outcome, table(), Optional.ofNullable(product), factors, products);
    }

    private Trajectory table() {
        double[][] values = new double[columns.size()][rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            for (int j = 0; j < values.length; j++) {
                values[j][i] = rows.get(i)[j];
            }
        }
        return new Trajectory(columns, values);
    }

    @Override
    public void row(int run, State state, double[] values) {
        // a row twice: as it is kept, and in the columns of the result
        keep(2.0 * Double.BYTES * columns.size());
        double[] row = new double[columns.size()];
        row[0] = state.step();
        System.arraycopy(values, 0, row, 1, values.length);
        rows.add(row);
        if (productSteps.contains(state.step())) {
            Matrix product = state.product(run);
            keep((double) Double.BYTES * product.data().length);
            products.put(state.step(), product.copy());
        }
        furthest = Math.max(furthest, state.step());
        watch.row(furthest, values[0], values[1]);
    }

    private void keep(double more) {
        bytes += more;
        if (bytes > Runtime.getRuntime().maxMemory() / 2.0) {
            throw plan.config()
                    .source()
                    .error(
                            "record",
                            rows.size() + " rows of " + columns.size() + " columns and " + products.size()
                                    + " products fill half of the heap; record less, or run into a directory");
        }
    }

    @Override
    public void progress(long step) {
        furthest = Math.max(furthest, step);
        watch.progress(furthest);
    }

    @Override
    public boolean interrupted() {
        return watch.interrupted();
    }
}
