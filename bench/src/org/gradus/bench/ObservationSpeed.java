package org.gradus.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.gradus.backend.Arena;
import org.gradus.backend.Backend;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Places;
import org.gradus.backend.Precision;
import org.gradus.backend.Recording;
import org.gradus.backend.Shape;
import org.gradus.backend.openblas.OpenBlasBackend;
import org.gradus.store.JsonFile;

/**
 * Steps of sensing and completion at depth 3 against what they cannot do without: sensing against reading the operators,
 * completion against its products. What is compared takes turns in one process, so that a noisy machine disturbs all alike;
 * of each the median and the fastest round are told.
 *
 * <p>Arguments: threads, and optionally a JSON file for the results.
 */
public final class ObservationSpeed {
    private static final int ROUNDS = 15;
    private static final int N = 100;
    private static final int OPERATORS = 4_000;

    /** How often a recording is replayed in one round, and its milliseconds once in each round. */
    private record Piece(String name, Recording recording, int times, double[] milliseconds) {

        Piece(String name, Recording recording, int times) {
            this(name, recording, times, new double[ROUNDS]);
        }

        double median() {
            double[] sorted = milliseconds.clone();
            Arrays.sort(sorted);
            return sorted[sorted.length / 2];
        }

        double fastest() {
            return Arrays.stream(milliseconds).min().orElseThrow();
        }
    }

    private final Backend backend;
    private final List<Object> rows = new ArrayList<>();

    private ObservationSpeed(Backend backend) {
        this.backend = backend;
    }

    /** Measures every case and prints a line for each. */
    public static void main(String[] arguments) {
        try (Backend cpu = new OpenBlasBackend(Integer.parseInt(arguments[0]))) {
            ObservationSpeed speed = new ObservationSpeed(cpu);
            speed.sensing(Precision.FLOAT64);
            speed.sensing(Precision.FLOAT32);
            speed.completion(2_000, 800_000);
            speed.ratings(500);
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("device", cpu.describe());
            result.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
            result.put("rounds", ROUNDS);
            result.put("pieces", speed.rows);
            if (arguments.length > 1) {
                JsonFile.write(Path.of(arguments[1]), result);
            }
        }
    }

    private void sensing(Precision precision) {
        try (Arena arena = backend.openArena()) {
            ObservedFactors one = new ObservedFactors(backend, arena, precision, 1, N, N, N);
            ObservedFactors sixteen = new ObservedFactors(backend, arena, precision, 16, N, N, N);
            MatrixBatch operators = one.random(OPERATORS, N, N);
            ObservedFactors.Gradient ofOne = one.sensing(operators);
            ObservedFactors.Gradient ofSixteen = sixteen.sensing(operators);
            List<Piece> pieces = List.of(
                    new Piece("reading the operators", reading(arena, precision), 1),
                    new Piece("normalResidual, 1 run", one.gradientAlone(ofOne), 1),
                    new Piece("step, 1 run", one.step(ofOne), 1),
                    new Piece("normalResidual, 16 runs", sixteen.gradientAlone(ofSixteen), 1),
                    new Piece("step, 16 runs", sixteen.step(ofSixteen), 1));
            String kind = String.format("sensing n = %d, m = %,d, N = 3, %s", N, OPERATORS, precision);
            report(kind, pieces, 2, 0, 2, 1.3);
            report(kind, pieces, 4, 2, 1, 3);
        }
    }

    /** One pass over as many bytes as the operators take, by all threads: Σ x² of float64. */
    private Recording reading(Arena arena, Precision precision) {
        int matrices = OPERATORS * precision.bytes() / Precision.FLOAT64.bytes();
        MatrixBatch bytes = arena.allocate(new Shape(matrices, N, N), Precision.FLOAT64);
        MatrixBatch sums = arena.allocate(new Shape(matrices, 1, 1), Precision.FLOAT64);
        return backend.record(() -> backend.ops().sumOfSquares(bytes, sums));
    }

    private void completion(int n, int observed) {
        try (Arena arena = backend.openArena()) {
            ObservedFactors factors = new ObservedFactors(backend, arena, Precision.FLOAT64, 1, n, n, n);
            ObservedFactors.Gradient gradient = factors.completion(places(arena, n, n, observed));
            List<Piece> pieces = List.of(
                    new Piece("six products", factors.products(), 1),
                    new Piece("observedResidual", factors.gradientAlone(gradient), 1),
                    new Piece("step", factors.step(gradient), 1));
            report(
                    String.format("completion %d×%d, %,d entries, N = 3, FLOAT64", n, n, observed),
                    pieces,
                    2,
                    0,
                    1,
                    1.05);
        }
    }

    private void ratings(int steps) {
        try (Arena arena = backend.openArena()) {
            ObservedFactors factors = new ObservedFactors(backend, arena, Precision.FLOAT64, 1, 943, 64, 1_682);
            ObservedFactors.Gradient gradient = factors.completion(places(arena, 943, 1_682, 100_000));
            Recording step = factors.step(gradient);
            step.replay(steps / 10);
            long start = System.nanoTime();
            step.replay(steps);
            double seconds = (System.nanoTime() - start) / 1e9;
            String kind = "ratings 943×1682, 100,000 entries, width 64, N = 3, FLOAT64";
            rows.add(Map.of("case", kind, "steps", steps, "seconds", seconds));
            System.out.printf(
                    Locale.ROOT,
                    "%s: %d steps in %.2f s, 10,000 in %.0f s (goal 120)%n",
                    kind,
                    steps,
                    seconds,
                    seconds * 10_000 / steps);
        }
    }

    /** {@code count} places of rows×cols, without replacement. */
    private static Places places(Arena arena, int rows, int cols, int count) {
        SplittableRandom random = new SplittableRandom(7);
        TreeSet<Integer> chosen = new TreeSet<>();
        while (chosen.size() < count) {
            chosen.add(random.nextInt(rows * cols));
        }
        int[] starts = new int[cols + 1];
        int[] rowIndices = new int[count];
        int k = 0;
        for (int place : chosen) {
            starts[place / rows + 1] = k + 1;
            rowIndices[k++] = place % rows;
        }
        for (int col = 1; col <= cols; col++) {
            starts[col] = Math.max(starts[col], starts[col - 1]);
        }
        return arena.places(rows, starts, rowIndices);
    }

    /** Runs the pieces in turn unless that has been done, and compares {@code piece} with {@code times} × {@code base}. */
    private void report(String kind, List<Piece> pieces, int piece, int base, int times, double goal) {
        if (pieces.get(0).fastest() == 0) {
            takeTurns(pieces);
            for (Piece each : pieces) {
                System.out.printf(
                        Locale.ROOT,
                        "%s: %s: %.2f ms (fastest %.2f)%n",
                        kind,
                        each.name(),
                        each.median(),
                        each.fastest());
                rows.add(Map.of(
                        "case",
                        kind,
                        "piece",
                        each.name(),
                        "milliseconds",
                        each.median(),
                        "milliseconds_fastest",
                        each.fastest()));
            }
        }
        Piece measured = pieces.get(piece);
        Piece reference = pieces.get(base);
        System.out.printf(
                Locale.ROOT,
                "%s: %s is %.3f × %s %s (fastest rounds %.3f; goal %.2f)%n",
                kind,
                measured.name(),
                measured.median() / times / reference.median(),
                times == 1 ? "that of" : times + " ×",
                reference.name(),
                measured.fastest() / times / reference.fastest(),
                goal);
    }

    private static void takeTurns(List<Piece> pieces) {
        for (int round = -2; round < ROUNDS; round++) { // the first two warm up
            for (Piece piece : pieces) {
                long start = System.nanoTime();
                piece.recording().replay(piece.times());
                piece.milliseconds()[Math.max(round, 0)] = (System.nanoTime() - start) / 1e6 / piece.times();
            }
        }
    }
}
