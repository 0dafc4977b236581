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

    @Override
    public String section() {
        return "memory";
    }

    @Override
    public void examine(Subject subject, Consumer<Finding> report) {
        Backend device = subject.device();
        int n = subject.isSlow() ? 200 : 2048;
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
            descent.advance(300);
            descent.observe();
            double taken = before - device.availableBytes();
            boolean fits = taken <= 1.1 * plan.bytes() + ROUNDING;
            report.accept(new Finding(
                    section(),
                    "n = " + n + ", depth 3",
                    fits ? Verdict.OK : Verdict.FAILED,
                    taken / MIB,
                    "MiB",
                    String.format("planned %.1f MiB", plan.bytes() / MIB)));
        }
    }
}
