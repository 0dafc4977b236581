package org.gradus.reproduce;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.gradus.experiment.Config;
import org.gradus.experiment.Forecast;
import org.gradus.experiment.Plan;
import org.gradus.linalg.Matrix;
import org.gradus.report.Predicted;
import org.gradus.report.RunCurves;
import org.gradus.store.MatrixFile;
import org.gradus.store.Trajectory;
import org.gradus.theory.Prediction;
import org.gradus.theory.Predictor;
import org.gradus.theory.Query;
import org.gradus.theory.Tolerance;

/**
 * A run that has ended, with its files.
 *
 * @param directory of the run
 * @param config that it was carried out with
 * @param manifest as it stands in manifest.json
 * @param table as it stands in trajectory.csv
 * @param planned makes the plan anew, with its data, when it is first asked for
 * @param foresight what theory says, for pictures
 */
public record FinishedRun(
        Path directory,
        Config config,
        Map<String, Object> manifest,
        Trajectory table,
        Supplier<Plan> planned,
        Foresight foresight) {

    /** The same run with another table. */
    public FinishedRun with(Trajectory other) {
        return new FinishedRun(directory, config, manifest, other, planned, foresight);
    }

    /** Data, start and step size. */
    public Plan plan() {
        return planned.get();
    }

    public int depth() {
        return config.factors().depth();
    }

    public double[] steps() {
        return table.column("step");
    }

    public double[] effectiveRank() {
        return table.column("effective_rank");
    }

    /** Those recorded, {@code [i][row]}, largest first. */
    public double[][] singularValues() {
        List<double[]> values = new ArrayList<>();
        for (int i = 1; table.has("sigma_" + i); i++) {
            values.add(table.column("sigma_" + i));
        }
        return values.toArray(double[][]::new);
    }

    /** The last number of a column. */
    public double last(String column) {
        return table.column(column)[table.rows() - 1];
    }

    /** The first recorded step at which a column has at least this value; NaN where there is none. */
    public double firstStep(String column, double value) {
        double[] values = table.column(column);
        for (int row = 0; row < values.length; row++) {
            if (values[row] >= value) {
                return steps()[row];
            }
        }
        return Double.NaN;
    }

    /** How it ended: {@code done}, {@code stopped} or {@code diverged}. */
    public String status() {
        return manifest.get("outcome") instanceof Map<?, ?> outcome ? String.valueOf(outcome.get("status")) : "";
    }

    /** A number of the manifest, such as {@code step_size}; NaN where it is none. */
    public double number(String key) {
        return manifest.get(key) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    /** The singular values of the target as the loss sees it, descending; none where it is unknown. */
    public double[] targetSingularValues() {
        return manifest.get("target_singular_values") instanceof List<?> values
                ? values.stream()
                        .mapToDouble(value -> value instanceof Number number ? number.doubleValue() : Double.NaN)
                        .toArray()
                : new double[0];
    }

    /** The final product. */
    public Matrix product() {
        return MatrixFile.read(directory.resolve("product.npy"));
    }

    /**
     * What theory says, up to the configuration's last step.
     *
     * @param levels fractions of an eigenvalue
     * @throws IllegalStateException if theory does not cover the start
     */
    public Prediction predict(List<Double> levels, Tolerance tolerance) {
        Query query = Forecast.query(plan(), levels, tolerance, config.descent().steps())
                .orElseThrow(() ->
                        new IllegalStateException(Forecast.refusal(plan()).orElse("theory does not cover the start")));
        return Predictor.predict(query);
    }

    /** What theory says, for pictures. */
    public Predicted predicted() {
        return foresight.of(plan(), (long) last("step"));
    }

    /** For pictures, without what theory says. */
    public RunCurves curves(String title) {
        return new RunCurves(
                title,
                steps(),
                singularValues(),
                effectiveRank(),
                table.column("loss"),
                table.has("test_error") ? table.column("test_error") : null,
                targetSingularValues());
    }
}
