package org.gradus.check;

import java.util.Locale;
import java.util.function.Consumer;
import org.gradus.backend.Precision;

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
                double operations = 4 * (2.0 * n * n * n + ThreeFactors.operationsPerStep(1, n)); // loading and repeats
                if ((subject.isSlow() && n > LARGEST_SLOW) || !subject.allows(operations, precision)) {
                    report.accept(Finding.skipped(section(), what, "too little time"));
                } else if (!fits(subject, n, precision)) {
                    report.accept(Finding.skipped(section(), what, "too little memory"));
                } else {
                    examine(subject, n, precision, what, report);
                }
            }
        }
    }

    private static boolean fits(Subject subject, int n, Precision precision) {
        double entries = (double) n * n;
        return 12 * entries * precision.bytes() < subject.device().availableBytes()
                && 4 * entries * Double.BYTES < Runtime.getRuntime().maxMemory();
    }

    private void examine(Subject subject, int n, Precision precision, String what, Consumer<Finding> report) {
        double products = subject.productRate(n, precision);
        report.accept(Finding.measured(section(), "product, " + what, products / 1e9, "GF/s", ""));
        double seconds = ThreeFactors.secondsPerStep(subject, n, precision);
        double share = ThreeFactors.operationsPerStep(1, n) / seconds / products;
        report.accept(Finding.measured(
                section(),
                "step of depth 3, " + what,
                seconds * 1e6,
                "µs",
                String.format(Locale.ROOT, "%.3f of the rate of products", share)));
    }
}
