package org.gradus.check;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.gradus.backend.Backend;
import org.gradus.backend.Precision;
import org.gradus.check.Finding.Verdict;
import org.gradus.dynamics.DenseDescent;
import org.gradus.dynamics.Measures;
import org.gradus.dynamics.MemoryDemand;
import org.gradus.dynamics.MemoryPlan;
import org.gradus.init.Dimensions;
import org.gradus.init.Identical;
import org.gradus.linalg.Matrix;
import org.gradus.problem.Estimation;
import org.gradus.problem.Loss;

/** What a descent takes of the device's memory against its plan: within a tenth and what allocations are rounded to. */
final class MemoryCheck implements Examination.Part {
    private static final double MIB = 1 << 20;
    private static final double ROUNDING = 64 * MIB;
    private static final int STEPS = 300;

    /** In products: the steps, and two decompositions for the singular values. */
    private static final double WORK = 6 * STEPS + 100;

    private static final int[] SIZES = {2048, 1024, 512, 200};

    @Override
    public String section() {
        return "memory";
    }

    @Override
    public void examine(Subject subject, Consumer<Finding> report) {
        for (int n : SIZES) {
            if ((n == SIZES[SIZES.length - 1] || !subject.isSlow())
                    && subject.allows(WORK * 2 * n * n * n, Precision.FLOAT64)) {
                report.accept(examine(subject.device(), n));
                return;
            }
        }
        report.accept(Finding.skipped(section(), "all", "too little time"));
    }

    private Finding examine(Backend device, int n) {
        Dimensions dimensions = new Dimensions(List.of(n, n, n, n));
        Estimation problem = new Estimation(Matrix.scaledIdentity(n, 1), Optional.empty(), Loss.SUM);
        MemoryPlan plan = MemoryPlan.fitting(
                new MemoryDemand(problem.footprint(), dimensions, Precision.FLOAT64, Measures.BASIC), device, 1);
        device.openSideLine().close(); // its own workspace is not the descent's
        long before = device.availableBytes();
        try (DenseDescent descent = new DenseDescent(
                device,
                Precision.FLOAT64,
                problem,
                dimensions,
                List.of(new DenseDescent.Run(new Identical(0.5), 0.01)),
                Measures.BASIC)) {
            descent.observe();
            descent.advance(STEPS);
            descent.observe();
            double taken = before - device.availableBytes();
            boolean fits = taken <= 1.1 * plan.bytes() + ROUNDING;
            return new Finding(
                    section(),
                    "n = " + n + ", depth 3",
                    fits ? Verdict.OK : Verdict.FAILED,
                    taken / MIB,
                    "MiB",
                    String.format("planned %.1f MiB", plan.bytes() / MIB));
        }
    }
}
