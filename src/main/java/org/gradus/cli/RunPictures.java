package org.gradus.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gradus.experiment.Plan;
import org.gradus.observe.Plateaus;
import org.gradus.report.Found;
import org.gradus.report.Plots;
import org.gradus.report.Predicted;
import org.gradus.report.RunCurves;
import org.gradus.store.RunDirectory;
import org.gradus.store.Trajectory;

/** From a run's table to the curves that are drawn. */
final class RunPictures {
    private RunPictures() {}

    private static List<Found> found(double[] steps, double[] effectiveRanks) {
        return Plateaus.of(steps, effectiveRanks).stream()
                .map(plateau -> new Found(plateau.first(), plateau.last(), plateau.rank()))
                .toList();
    }

    /** Empty where the table has no rows: the start itself was not finite. */
    static Optional<RunCurves> curves(Plan plan, RunDirectory run) {
        Trajectory table = Trajectory.read(run.trajectory());
        if (table.rows() == 0) {
            return Optional.empty();
        }
        double[] steps = table.column("step");
        return Optional.of(curves(
                String.valueOf(run.path().getFileName()),
                table,
                plan.isTargetKnown() ? plan.targetValues() : new double[0],
                Overlay.of(plan, (long) steps[steps.length - 1])));
    }

    /**
     * @param table with a row at least
     * @param target singular values; none where it is unknown
     * @throws IllegalArgumentException if steps or target are not those of a run
     */
    static RunCurves curves(String name, Trajectory table, double[] target, Predicted predicted) {
        List<double[]> values = new ArrayList<>();
        for (int i = 1; table.has("sigma_" + i); i++) {
            values.add(table.column("sigma_" + i));
        }
        double[] steps = table.column("step");
        return new RunCurves(
                name,
                steps,
                values.toArray(double[][]::new),
                table.column("effective_rank"),
                table.column("loss"),
                table.has("test_error") ? table.column("test_error") : null,
                target,
                predicted,
                found(steps, table.column("effective_rank")));
    }

    /**
     * The run's own pictures into its folder plots; fonts must be available.
     *
     * @return the files; none where there is nothing to draw
     */
    static List<Path> draw(Plan plan, RunDirectory run) {
        Path folder = run.plot("loss").getParent();
        return curves(plan, run).map(curves -> Plots.write(folder, curves)).orElse(List.of());
    }
}
