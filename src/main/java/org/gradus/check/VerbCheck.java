package org.gradus.check;

import static org.gradus.backend.Transpose.NO;
import static org.gradus.backend.Transpose.YES;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.gradus.backend.Arena;
import org.gradus.backend.Backend;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Ops;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;
import org.gradus.backend.Transpose;

/** Every verb on the device against the CPU, at sizes around the edges of warps and blocks; the largest error of each. */
final class VerbCheck implements Examination.Part {
    private static final int[] SIZES = {1, 2, 7, 31, 32, 33, 64, 65, 127, 129};
    private static final int[] BATCHES = {1, 3};

    /** A verb at one size, in the order in which it takes its operands from {@link Operands}. */
    private interface Verb {
        MatrixBatch apply(Ops ops, Operands on);
    }

    private record Case(String name, double tolerance, Verb verb) {}

    private static final List<Case> CASES = cases();

    private static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        cases.add(new Case("copy", 0, (ops, on) -> on.into(() -> ops.copy(on.shared, on.out))));
        cases.add(new Case("scale", 1, (ops, on) -> on.into(() -> ops.scale(on.perRun, on.out))));
        cases.add(new Case("addScaled", 2, (ops, on) -> on.into(() -> ops.addScaled(on.perRun, on.a, on.out))));
        for (Transpose left : Transpose.values()) {
            for (Transpose right : Transpose.values()) {
                String name = "multiply " + (left == NO ? "A" : "Aᵀ") + (right == NO ? "B" : "Bᵀ");
                cases.add(new Case(
                        name, 1, (ops, on) -> on.into(() -> ops.multiply(0.5, left, on.a, right, on.b, 1, on.out))));
            }
        }
        cases.add(new Case(
                "residual",
                1,
                (ops, on) -> on.into(() -> ops.residual(on.perRun, NO, on.a, YES, on.b, on.shared, on.out))));
        cases.add(new Case("sumOfSquares", 1, (ops, on) -> {
            ops.sumOfSquares(on.a, on.sums);
            return on.sums;
        }));
        cases.add(new Case("singularValues", 8, (ops, on) -> {
            ops.singularValues(List.of(on.a), List.of(on.values));
            return on.values;
        }));
        return cases;
    }

    /** n×n operands with the same numbers on any backend. */
    private static final class Operands {
        final MatrixBatch a;
        final MatrixBatch b;
        final MatrixBatch shared;
        final MatrixBatch out;
        final MatrixBatch perRun;
        final MatrixBatch sums;
        final MatrixBatch values;

        Operands(Backend backend, Arena arena, int batch, int n, Precision precision) {
            Shape square = new Shape(batch, n, n);
            a = Subject.random(backend, arena, square, precision, 1);
            b = Subject.random(backend, arena, square, precision, 2);
            shared = Subject.random(backend, arena, new Shape(1, n, n), precision, 3);
            out = Subject.random(backend, arena, square, precision, 4);
            perRun = Subject.random(backend, arena, new Shape(batch, 1, 1), precision, 5);
            sums = arena.allocate(new Shape(batch, 1, 1), Precision.FLOAT64);
            values = arena.allocate(new Shape(batch, n, 1), precision);
        }

        MatrixBatch into(Runnable verb) {
            verb.run();
            return out;
        }
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
        double unit = precision == Precision.FLOAT64 ? 4e-16 : 3e-7;
        double worst = 0; // error in units of what the size allows
        for (int n : SIZES) {
            for (int batch : BATCHES) {
                double[] found = result(subject.device(), verb, batch, n, precision);
                double[] expected = result(subject.cpu(), verb, batch, n, precision);
                double allowed = verb.tolerance * unit * (n + 4);
                double error = Subject.difference(found, expected);
                double share = allowed == 0 ? (error == 0 ? 0 : Double.POSITIVE_INFINITY) : error / allowed;
                worst = Double.isNaN(share) ? share : Math.max(worst, share);
            }
        }
        String what = verb.name + " " + precision.name().toLowerCase(Locale.ROOT);
        return Finding.error(section(), what + ", error over what rounding allows", worst, 1);
    }

    private static double[] result(Backend backend, Case verb, int batch, int n, Precision precision) {
        try (Arena arena = backend.openArena()) {
            return Subject.read(
                    backend, verb.verb.apply(backend.ops(), new Operands(backend, arena, batch, n, precision)));
        }
    }
}
