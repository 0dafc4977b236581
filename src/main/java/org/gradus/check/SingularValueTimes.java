package org.gradus.check;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    @Override
    public String section() {
        return "singular values";
    }

    @Override
    public void examine(Subject subject, Consumer<Finding> report) {
        Map<Precision, Double> perOperation = new EnumMap<>(Precision.class);
        for (Case each : CASES) {
            for (Precision precision : Precision.values()) {
                double operations = (double) each.batch * each.n * each.n * each.n;
                double likely = perOperation.getOrDefault(precision, 0.0) * operations;
                String what = (each.batch == 1 ? "" : each.batch + " of ") + each.n + "×" + each.n + ", "
                        + precision.name().toLowerCase(Locale.ROOT);
                if (!subject.allows(likely) || (subject.isSlow() && (long) each.n * each.batch > LARGEST_SLOW)) {
                    report.accept(Finding.skipped(section(), what, "too little time"));
                } else {
                    double seconds = seconds(subject, each, precision);
                    perOperation.put(precision, seconds / operations);
                    report.accept(Finding.measured(section(), what, seconds * 1e3, "ms", ""));
                }
            }
        }
        Object calls = subject.device().details().get("singular_values");
        if (calls != null) {
            report.accept(Finding.measured(section(), "calls", Double.NaN, "", String.valueOf(calls)));
        }
    }

    private static double seconds(Subject subject, Case each, Precision precision) {
        Backend device = subject.device();
        try (Arena arena = device.openArena()) {
            Shape shape = new Shape(each.batch, each.n, each.n);
            MatrixBatch kept = Subject.random(device, arena, shape, precision, 1);
            MatrixBatch matrices = arena.allocate(shape, precision);
            MatrixBatch values = arena.allocate(new Shape(each.batch, each.n, 1), precision);
            return subject.leastSeconds(
                    () -> {
                        device.ops().copy(kept, matrices);
                        Subject.read(device, values);
                    },
                    () -> {
                        device.ops().singularValues(List.of(matrices), List.of(values));
                        Subject.read(device, values);
                    });
        }
    }
}
