package org.gradus.check;

import static org.gradus.backend.Transpose.NO;
import static org.gradus.backend.Transpose.YES;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.gradus.backend.Arena;
import org.gradus.backend.Backend;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Ops;
import org.gradus.backend.Precision;
import org.gradus.backend.Transpose;

/** Every verb on the device against the CPU, at sizes around the edges of warps and blocks; the largest error of each. */
final class VerbCheck implements Examination.Part {
    private static final int[] SQUARES = {1, 2, 7, 31, 32, 33, 64, 65, 127, 129};
    private static final List<Operands.Size> RECTANGLES = List.of(
            new Operands.Size(1, 5, 1),
            new Operands.Size(5, 1, 3),
            new Operands.Size(31, 257, 2),
            new Operands.Size(33, 7, 65),
            new Operands.Size(64, 129, 32),
            new Operands.Size(129, 32, 63));
    private static final int[] BATCHES = {1, 3};

    /** A verb at one size; it takes its operands from {@link Operands} and returns what it wrote. */
    interface Verb {
        MatrixBatch apply(Ops ops, Operands on);
    }

    /** @param tolerance in units of the last place, times about the size */
    record Case(String name, double tolerance, Verb verb) {}

    private static final List<Case> CASES = cases();

    private static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        cases.add(new Case("copy", 0, (ops, on) -> on.into(() -> ops.copy(on.shared, on.out))));
        cases.add(new Case("scale", 1, (ops, on) -> on.into(() -> ops.scale(on.perRun, on.out))));
        cases.add(new Case("addScaled", 2, (ops, on) -> on.into(() -> ops.addScaled(on.perRun, on.x, on.out))));
        for (Transpose left : Transpose.values()) {
            for (Transpose right : Transpose.values()) {
                String name = "multiply " + (left == NO ? "A" : "Aᵀ") + (right == NO ? "B" : "Bᵀ");
                cases.add(new Case(
                        name,
                        1,
                        (ops, on) -> on.into(
                                () -> ops.multiply(0.5, left, on.a.get(left), right, on.b.get(right), 1, on.out))));
            }
        }
        cases.add(new Case(
                "residual",
                1,
                (ops, on) -> on.into(
                        () -> ops.residual(on.perRun, NO, on.a.get(NO), YES, on.b.get(YES), on.shared, on.out))));
        cases.add(new Case("sumOfSquares", 1, (ops, on) -> {
            ops.sumOfSquares(on.x, on.sums);
            return on.sums;
        }));
        cases.add(new Case("singularValues", 8, (ops, on) -> {
            ops.singularValues(List.of(on.x), List.of(on.values));
            return on.values;
        }));
        cases.addAll(ObservationCases.all());
        return cases;
    }

    private static List<Operands.Size> sizes() {
        return Stream.concat(Arrays.stream(SQUARES).mapToObj(n -> new Operands.Size(n, n, n)), RECTANGLES.stream())
                .toList();
    }

    @Override
    public String section() {
        return "verbs";
    }

    @Override
    public void examine(Subject subject, Consumer<Finding> report) {
        for (Precision precision : Precision.values()) {
            for (Case each : CASES) {
                report.accept(examine(subject, each, precision));
            }
        }
    }

    private Finding examine(Subject subject, Case verb, Precision precision) {
        String what = verb.name + " " + precision.name().toLowerCase(Locale.ROOT);
        double unit = precision == Precision.FLOAT64 ? 4e-16 : 3e-7;
        double worst = 0; // error in units of what the size allows
        for (Operands.Size size : sizes()) {
            for (int batch : BATCHES) {
                if (subject.isTimeUp()) {
                    return Finding.skipped(section(), what, "no time left");
                }
                double[] found = result(subject.device(), verb, batch, size, precision);
                double[] expected = result(subject.cpu(), verb, batch, size, precision);
                double allowed = verb.tolerance * unit * (size.largest() + 4);
                double error = Subject.difference(found, expected);
                double share = allowed == 0 ? (error == 0 ? 0 : Double.POSITIVE_INFINITY) : error / allowed;
                worst = Double.isNaN(share) ? share : Math.max(worst, share);
            }
        }
        return Finding.error(section(), what + ", error over what rounding allows", worst, 1);
    }

    private static double[] result(Backend backend, Case verb, int batch, Operands.Size size, Precision precision) {
        try (Arena arena = backend.openArena()) {
            return Subject.read(
                    backend, verb.verb.apply(backend.ops(), new Operands(backend, arena, batch, size, precision)));
        }
    }
}
