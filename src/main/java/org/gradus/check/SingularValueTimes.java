package org.gradus.check;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.gradus.backend.Arena;
import org.gradus.backend.Backend;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;

/** How long the singular values of one matrix and of a batch take. */
final class SingularValueTimes implements Examination.Part {
    private record Case(int batch, int n) {}

    private static final List<Case> CASES = List.of(
            new Case(1, 32),
            new Case(1024, 32),
            new Case(1, 64),
            new Case(64, 64),
            new Case(1, 128),
            new Case(64, 128),
            new Case(1, 170),
            new Case(1, 256),
            new Case(1, 512),
            new Case(1, 1024),
            new Case(1, 2048));

    private static final int LARGEST_SLOW = 64;
    private static final int TRIES = 3;

    @Override
    public String section() {
        return "singular values";
    }

    @Override
    public void examine(Subject subject, Consumer<Finding> report) {
        for (Case each : CASES) {
            for (Precision precision : Precision.values()) {
                String what = (each.batch == 1 ? "" : each.batch + " of ") + each.n + "×" + each.n + ", "
                        + precision.name().toLowerCase(Locale.ROOT);
                if (subject.isTimeUp() || (subject.isSlow() && (long) each.n * each.batch > LARGEST_SLOW)) {
                    report.accept(Finding.skipped(section(), what, "too little time"));
                } else {
                    double seconds = seconds(subject, each, precision);
                    report.accept(Finding.measured(section(), what, seconds * 1e3, "ms", ""));
                }
            }
        }
        Object calls = subject.device().details().get("singular_values");
        if (calls != null) {
            report.accept(Finding.measured(section(), "calls", Double.NaN, "", String.valueOf(calls)));
        }
    }

    /** The least of a few; the first call also loads what it needs. */
    private static double seconds(Subject subject, Case each, Precision precision) {
        Backend device = subject.device();
        try (Arena arena = device.openArena()) {
            Shape shape = new Shape(each.batch, each.n, each.n);
            MatrixBatch kept = Subject.random(device, arena, shape, precision, 1);
            MatrixBatch matrices = arena.allocate(shape, precision);
            MatrixBatch values = arena.allocate(new Shape(each.batch, each.n, 1), precision);
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i <= TRIES && !(i > 1 && subject.isTimeUp()); i++) {
                device.ops().copy(kept, matrices);
                Subject.read(device, values);
                double seconds = subject.seconds(() -> {
                    device.ops().singularValues(List.of(matrices), List.of(values));
                    Subject.read(device, values);
                });
                least = i == 0 ? least : Math.min(least, seconds);
            }
            return least;
        }
    }
}
