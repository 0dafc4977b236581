package org.gradus.check;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.gradus.backend.Arena;
import org.gradus.backend.Backend;
import org.gradus.backend.Precision;
import org.gradus.backend.Recording;

/** Small descents in one piece against the same steps verb by verb: the same factors, and how much faster. */
final class FusedCheck implements Examination.Part {
    private static final int[] SIZES = {8, 32};
    private static final int STEPS = 100;

    @Override
    public String section() {
        return "fused descent";
    }

    @Override
    public void examine(Subject subject, Consumer<Finding> report) {
        for (int n : SIZES) {
            for (Precision precision : Precision.values()) {
                int runs = subject.isSlow() ? 8 : 4096;
                if (!subject.allows(2 * STEPS * ThreeFactors.operationsPerStep(runs, n), precision)) {
                    report.accept(Finding.skipped(section(), "n = " + n, "too little time"));
                } else {
                    examine(subject, runs, n, precision, report);
                }
            }
        }
    }

    private void examine(Subject subject, int runs, int n, Precision precision, Consumer<Finding> report) {
        Backend device = subject.device();
        String what = runs + " runs, n = " + n + ", " + precision.name().toLowerCase(Locale.ROOT);
        try (Arena arena = device.openArena()) {
            ThreeFactors fused = new ThreeFactors(device, arena, runs, n, precision);
            ThreeFactors plain = new ThreeFactors(device, arena, runs, n, precision);
            Optional<Recording> inOnePiece = device.fuse(fused.factors(), fused.target(), fused.perRun(), () -> {});
            if (inOnePiece.isEmpty()) {
                report.accept(Finding.skipped(section(), what, "this backend fuses no descent of this size"));
                return;
            }
            try (Recording one = inOnePiece.get();
                    Recording verbs = device.record(plain::step)) {
                one.replay(STEPS);
                verbs.replay(STEPS);
                double error = 0;
                for (int j = 0; j < 3; j++) {
                    double[] found = Subject.read(device, fused.factors().get(j));
                    double[] expected = Subject.read(device, plain.factors().get(j));
                    error = Math.max(error, Subject.difference(found, expected));
                }
                double bound = precision == Precision.FLOAT64 ? 1e-12 : 1e-4;
                report.accept(Finding.error(section(), what + ", difference after " + STEPS + " steps", error, bound));
                double seconds = subject.secondsPerStep(one::replay, arena);
                double others = subject.secondsPerStep(verbs::replay, arena);
                report.accept(Finding.measured(
                        section(),
                        what + ", steps of all runs",
                        1 / seconds,
                        "1/s",
                        String.format("%.2f times as fast as graphs of products", others / seconds)));
            }
        }
    }
}
