package org.gradus.check;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.gradus.backend.Precision;
import org.gradus.dynamics.DenseDescent;
import org.gradus.dynamics.Measures;
import org.gradus.dynamics.State;
import org.gradus.init.Given;

/** Dense descent on the device against runs of an independent program; the largest error over all rows of each case. */
final class GoldenCheck implements Examination.Part {
    /** Between two looks at the clock. */
    private static final long MOST_STEPS = 256;

    @Override
    public String section() {
        return "golden";
    }

    @Override
    public void examine(Subject subject, Consumer<Finding> report) {
        for (String name : GoldenRun.NAMES) {
            GoldenRun golden = GoldenRun.load(name);
            try (DenseDescent descent = new DenseDescent(
                    subject.device(),
                    Precision.FLOAT64,
                    golden.problem(),
                    golden.dimensions(),
                    List.of(new DenseDescent.Run(new Given(golden.factors()), golden.stepSize())),
                    Measures.BASIC)) {
                follow(golden, descent, subject, report);
            }
        }
    }

    private void follow(GoldenRun golden, DenseDescent descent, Subject subject, Consumer<Finding> report) {
        double firstLoss = descent.observe().loss(0);
        double lossError = 0;
        double valuesError = 0;
        for (Map<String, Object> row : golden.log()) {
            long step = ((Number) row.get("step")).longValue();
            while (descent.step() < step && !subject.isTimeUp()) {
                descent.advance(Math.min(step - descent.step(), MOST_STEPS));
            }
            if (subject.isTimeUp()) {
                report.accept(Finding.skipped(section(), golden.name(), "no time left at step " + descent.step()));
                return;
            }
            State state = descent.observe();
            lossError = worse(lossError, Math.abs(state.loss(0) - GoldenRun.number(row.get("loss"))) / firstLoss);
            double[] expected = GoldenRun.numbers(row.get("product_sv"));
            valuesError = worse(valuesError, Subject.difference(state.singularValues(0), expected));
        }
        double product = distance(descent.observe().product(0).data(), golden.finalProduct());
        report.accept(Finding.error(section(), golden.name() + ", loss", lossError, golden.bound("loss_over_loss0")));
        report.accept(Finding.error(
                section(), golden.name() + ", singular values", valuesError, golden.bound("product_sv_over_max")));
        report.accept(Finding.error(
                section(), golden.name() + ", final product", product, golden.bound("final_product_abs")));
    }

    private static double worse(double most, double next) {
        return Double.isNaN(next) ? next : Math.max(most, next);
    }

    private static double distance(double[] a, double[] b) {
        double most = 0;
        for (int i = 0; i < a.length; i++) {
            most = worse(most, Math.abs(a[i] - b[i]));
        }
        return most;
    }
}
