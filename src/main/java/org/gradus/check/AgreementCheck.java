package org.gradus.check;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.gradus.backend.Backend;
import org.gradus.backend.Precision;
import org.gradus.dynamics.DenseDescent;
import org.gradus.dynamics.Measures;
import org.gradus.init.Dimensions;
import org.gradus.init.Orthogonal;
import org.gradus.problem.Estimation;
import org.gradus.problem.Loss;
import org.gradus.problem.Targets;

/** A hundred steps of dense descent on the device and on the CPU: the products' relative difference. */
final class AgreementCheck implements Examination.Part {
    private static final int STEPS = 100;
    private static final List<List<Integer>> SIZES = List.of(
            List.of(12, 20, 16, 12), List.of(33, 33, 33, 33), List.of(100, 130, 120), List.of(300, 300, 300, 300));

    @Override
    public String section() {
        return "agreement with the CPU";
    }

    @Override
    public void examine(Subject subject, Consumer<Finding> report) {
        for (List<Integer> sizes : SIZES) {
            for (Precision precision : Precision.values()) {
                String what =
                        sizes + ", " + STEPS + " steps, " + precision.name().toLowerCase(Locale.ROOT);
                if (!subject.allows(STEPS * ThreeFactors.operationsPerStep(1, Collections.max(sizes)), precision)) {
                    report.accept(Finding.skipped(section(), what, "too little time"));
                    continue;
                }
                double[] found = product(subject.device(), sizes, precision);
                double[] expected = product(subject.cpu(), sizes, precision);
                double bound = precision == Precision.FLOAT64 ? 1e-12 : 1e-5;
                report.accept(Finding.error(section(), what, distance(found, expected), bound));
            }
        }
    }

    private static double[] product(Backend backend, List<Integer> sizes, Precision precision) {
        int rows = sizes.get(sizes.size() - 1);
        int cols = sizes.get(0);
        Estimation problem = new Estimation(
                Targets.synthetic(rows, cols, new double[] {3, 2, 1}, false, 1), Optional.empty(), Loss.SUM);
        List<DenseDescent.Run> runs = List.of(new DenseDescent.Run(new Orthogonal(0.7, 1), 0.02));
        try (DenseDescent descent =
                new DenseDescent(backend, precision, problem, new Dimensions(sizes), runs, Measures.BASIC)) {
            descent.advance(STEPS);
            return descent.observe().product(0).data();
        }
    }

    /** ‖a − b‖_F/‖b‖_F. */
    private static double distance(double[] a, double[] b) {
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < a.length; i++) {
            difference += (a[i] - b[i]) * (a[i] - b[i]);
            norm += b[i] * b[i];
        }
        return Math.sqrt(difference / norm);
    }
}
