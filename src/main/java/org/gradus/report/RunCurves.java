package org.gradus.report;

import java.util.Arrays;
import java.util.List;

/**
 * What one run has recorded, as the plots need it. Row j of every column describes the product W(k) after
 * k = {@code steps[j]} updates. NaN and infinite entries of a column are gaps in its curve. The arrays are not copied;
 * whoever hands them over gives them up.
 *
 * @param title the run's name, kept in the figures' metadata and not drawn
 * @param steps whole numbers ≥ 0, strictly increasing, at least one
 * @param singularValues {@code [i][j]} = σ_{i+1}(W(k_j)), largest first; no rows at all where none were recorded
 * @param effectiveRank r(W) = ‖W‖_* / ‖W‖, one per row
 * @param loss one per row
 * @param testError one per row; null or empty where the run has none
 * @param targetSingularValues of the target Ŵ, descending, finite, ≥ 0; null or empty where the target is unknown
 * @param predicted what theory says of the run; {@link Predicted#NONE} where it does not cover it
 * @param found plateaus that the run itself shows, drawn where nothing is predicted
 */
public record RunCurves(
        String title,
        double[] steps,
        double[][] singularValues,
        double[] effectiveRank,
        double[] loss,
        double[] testError,
        double[] targetSingularValues,
        Predicted predicted,
        List<Found> found) {

    /** A run of which nothing is predicted. */
    public RunCurves(
            String title,
            double[] steps,
            double[][] singularValues,
            double[] effectiveRank,
            double[] loss,
            double[] testError,
            double[] targetSingularValues) {
        this(
                title,
                steps,
                singularValues,
                effectiveRank,
                loss,
                testError,
                targetSingularValues,
                Predicted.NONE,
                List.of());
    }

    /** @throws IllegalArgumentException if a column has not one entry per row, or steps or target are out of order */
    public RunCurves {
        testError = testError == null ? new double[0] : testError;
        targetSingularValues = targetSingularValues == null ? new double[0] : targetSingularValues;
        found = List.copyOf(found);
        requireSteps(steps);
        for (int i = 0; i < singularValues.length; i++) {
            requireRows("sigma_" + (i + 1), singularValues[i], steps.length);
        }
        requireRows("effective_rank", effectiveRank, steps.length);
        requireRows("loss", loss, steps.length);
        if (testError.length > 0) {
            requireRows("test_error", testError, steps.length);
        }
        requireSpectrum(targetSingularValues);
    }

    /** The same run with what theory says of it. */
    public RunCurves with(Predicted prediction) {
        return new RunCurves(
                title, steps, singularValues, effectiveRank, loss, testError, targetSingularValues, prediction, found);
    }

    /** The same run with the plateaus that it shows. */
    public RunCurves with(List<Found> plateaus) {
        return new RunCurves(
                title,
                steps,
                singularValues,
                effectiveRank,
                loss,
                testError,
                targetSingularValues,
                predicted,
                plateaus);
    }

    boolean hasTestError() {
        return testError.length > 0;
    }

    /**
     * The spectrum the run is measured against: the target's, or that of the last row with finite values where the
     * target is unknown; empty where there is neither.
     */
    double[] referenceSpectrum() {
        if (targetSingularValues.length > 0 || singularValues.length == 0) {
            return targetSingularValues;
        }
        for (int row = steps.length - 1; row >= 0; row--) {
            int last = row;
            double[] spectrum =
                    Arrays.stream(singularValues).mapToDouble(s -> s[last]).toArray();
            if (Arrays.stream(spectrum).allMatch(Double::isFinite)) {
                return spectrum;
            }
        }
        return new double[0];
    }

    /** The number of values above n · ε · σ_1, n their count and ε = 2^−52. */
    static int numericalRank(double[] spectrum) {
        double floor = spectrum.length == 0 ? 0 : spectrum.length * Math.ulp(1.0) * spectrum[0];
        return (int) Arrays.stream(spectrum).filter(s -> s > floor).count();
    }

    private static void requireSteps(double[] steps) {
        if (steps.length == 0) {
            throw new IllegalArgumentException("no rows: curves need at least one recorded step");
        }
        for (int j = 0; j < steps.length; j++) {
            boolean whole = steps[j] >= 0 && steps[j] == Math.rint(steps[j]) && Double.isFinite(steps[j]);
            if (!whole || (j > 0 && !(steps[j] > steps[j - 1]))) {
                throw new IllegalArgumentException("step " + steps[j] + " in row " + j
                        + ": steps are whole numbers, at least 0, each larger than the one before");
            }
        }
    }

    private static void requireRows(String column, double[] values, int rows) {
        if (values.length != rows) {
            throw new IllegalArgumentException(
                    "column " + column + " has " + values.length + " entries for " + rows + " steps");
        }
    }

    private static void requireSpectrum(double[] spectrum) {
        for (int i = 0; i < spectrum.length; i++) {
            boolean ordered = i == 0 || spectrum[i] <= spectrum[i - 1];
            if (!Double.isFinite(spectrum[i]) || spectrum[i] < 0 || !ordered) {
                throw new IllegalArgumentException("singular value " + (i + 1) + " of the target is " + spectrum[i]
                        + ": they are finite, at least 0 and in descending order");
            }
        }
    }
}
