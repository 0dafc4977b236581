package org.gradus.check;

import java.util.Locale;
import java.util.function.Consumer;
import org.gradus.backend.Arena;
import org.gradus.backend.Backend;
import org.gradus.backend.Precision;
import org.gradus.backend.Recording;

/** The rate of products by size, and the rate of whole steps as a share of it. */
final class Rates implements Examination.Part {
    private static final int[] SIZES = {64, 256, 512, 1024, 4096, 8192};
    private static final int LARGEST_SLOW = 256;

    @Override
    public String section() {
        return "rates";
    }

    @Override
    public void examine(Subject subject, Consumer<Finding> report) {
        for (Precision precision : Precision.values()) {
            for (int n : SIZES) {
                String what = "n = " + n + ", " + precision.name().toLowerCase(Locale.ROOT);
                if (subject.isTimeUp() || (subject.isSlow() && n > LARGEST_SLOW) || !fits(subject, n, precision)) {
                    report.accept(Finding.skipped(section(), what, "too little time or memory"));
                } else {
                    examine(subject, n, precision, what, report);
                }
            }
        }
    }

    private static boolean fits(Subject subject, int n, Precision precision) {
        return 12.0 * n * n * precision.bytes() < subject.device().availableBytes();
    }

    private void examine(Subject subject, int n, Precision precision, String what, Consumer<Finding> report) {
        Backend device = subject.device();
        double products = subject.productRate(n, precision);
        report.accept(Finding.measured(section(), "product, " + what, products / 1e9, "GF/s", ""));
        try (Arena arena = device.openArena()) {
            ThreeFactors factors = new ThreeFactors(device, arena, 1, n, precision);
            try (Recording step = device.record(factors::step)) {
                double seconds = subject.secondsPerStep(step::replay, arena);
                double share = ThreeFactors.operationsPerStep(1, n) / seconds / products;
                report.accept(Finding.measured(
                        section(),
                        "step of depth 3, " + what,
                        seconds * 1e6,
                        "µs",
                        String.format(Locale.ROOT, "%.3f of the rate of products", share)));
            }
        }
    }
}
