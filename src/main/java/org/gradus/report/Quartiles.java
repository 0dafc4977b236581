package org.gradus.report;

import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.gradus.report.Ensemble.Curve;

/**
 * Mean and quartiles of a column over runs, at the steps that all of them have recorded. Quartiles lie between the ordered values by
 * linear interpolation at (n − 1)/4 and 3(n − 1)/4, counted from 0 (R. J. Hyndman and Y. Fan, Sample Quantiles in Statistical
 * Packages, 1996, their type 7: NumPy's default). NaN at a step where a value is not finite.
 */
record Quartiles(double[] steps, double[] lower, double[] mean, double[] upper) {

    static Quartiles of(List<Curve> runs, Function<Curve, double[]> column) {
        NavigableSet<Double> common = new TreeSet<>();
        for (int i = 0; i < runs.size(); i++) {
            List<Double> own = Arrays.stream(runs.get(i).steps()).boxed().toList();
            if (i == 0) {
                common.addAll(own);
            } else {
                common.retainAll(new TreeSet<>(own));
            }
        }
        double[] steps = common.stream().mapToDouble(step -> step).toArray();
        double[][] values = new double[steps.length][runs.size()];
        for (int i = 0; i < runs.size(); i++) {
            Curve run = runs.get(i);
            double[] own = column.apply(run);
            for (int j = 0, row = 0; j < steps.length; j++) {
                while (run.steps()[row] < steps[j]) {
                    row++;
                }
                values[j][i] = own[row];
            }
        }
        double[] lower = new double[steps.length];
        double[] mean = new double[steps.length];
        double[] upper = new double[steps.length];
        for (int j = 0; j < steps.length; j++) {
            Arrays.sort(values[j]);
            boolean finite = runs.size() > 0 && Arrays.stream(values[j]).allMatch(Double::isFinite);
            lower[j] = finite ? quantile(values[j], 0.25) : Double.NaN;
            mean[j] = finite ? Arrays.stream(values[j]).sum() / runs.size() : Double.NaN;
            upper[j] = finite ? quantile(values[j], 0.75) : Double.NaN;
        }
        return new Quartiles(steps, lower, mean, upper);
    }

    private static double quantile(double[] ascending, double share) {
        double place = share * (ascending.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, ascending.length - 1);
        return ascending[below] + (place - below) * (ascending[above] - ascending[below]);
    }
}
