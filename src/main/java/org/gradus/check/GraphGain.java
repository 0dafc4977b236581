package org.gradus.check;

import java.util.Locale;
import java.util.function.Consumer;
import org.gradus.backend.Arena;
import org.gradus.backend.Backend;
import org.gradus.backend.Precision;
import org.gradus.backend.Recording;

/** A recorded step against the same verbs called one by one. */
final class GraphGain implements Examination.Part {
    private static final int[] SIZES = {48, 128, 512};

    @Override
    public String section() {
        return "graphs";
    }

    @Override
    public void examine(Subject subject, Consumer<Finding> report) {
        Backend device = subject.device();
        for (int n : SIZES) {
            if (subject.isTimeUp() || (subject.isSlow() && n > SIZES[0])) {
                report.accept(Finding.skipped(section(), "n = " + n, "too little time"));
                continue;
            }
            try (Arena arena = device.openArena()) {
                ThreeFactors factors = new ThreeFactors(device, arena, 1, n, Precision.FLOAT64);
                try (Recording step = device.record(factors::step)) {
                    double recorded = subject.secondsPerStep(step::replay, arena);
                    double called = subject.secondsPerStep(
                            count -> {
                                for (long i = 0; i < count; i++) {
                                    factors.step();
                                }
                            },
                            arena);
                    report.accept(Finding.measured(
                            section(),
                            "step of depth 3, n = " + n,
                            recorded * 1e6,
                            "µs",
                            String.format(
                                    Locale.ROOT,
                                    "%.1f µs call by call, %.2f times as much",
                                    called * 1e6,
                                    called / recorded)));
                }
            }
        }
    }
}
