package org.gradus.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
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
 * of each the median is told, and that of the calling thread's processor time: what the machine's other users take goes into
 * the first only, while waiting for other workers goes into both.
 *
 * <p>Arguments: threads, and optionally a JSON file for the results.
 */
public final class ObservationSpeed {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 15;
    private static final int N = 100;
    private static final int OPERATORS = 4_000;

    /** What takes turns with others; milliseconds in each round. */
    private record Piece(String name, Recording recording, double[] wall, double[] processor) {

        Piece(String name, Recording recording) {
            this(name, recording, new double[ROUNDS], new double[ROUNDS]);
        }

        void measure(int round) {
            long start = System.nanoTime();
            long startProcessor = THREADS.getCurrentThreadCpuTime();
            recording.replay(1);
            processor[round] = (THREADS.getCurrentThreadCpuTime() - startProcessor) / 1e6;
            wall[round] = (System.nanoTime() - start) / 1e6;
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
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
                    new Piece("reading the operators", reading(arena, precision)),
                    new Piece("normalResidual, 1 run", one.gradientAlone(ofOne)),
                    new Piece("step, 1 run", one.step(ofOne)),
                    new Piece("normalResidual, 16 runs", sixteen.gradientAlone(ofSixteen)),
                    new Piece("step, 16 runs", sixteen.step(ofSixteen)));
            String kind = String.format("sensing n = %d, m = %,d, N = 3, %s", N, OPERATORS, precision);
            takeTurns(kind, pieces);
            compare(kind, pieces.get(2), pieces.get(0), 2, 1.3);
            compare(kind, pieces.get(4), pieces.get(2), 1, 3);
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
                    new Piece("six products", factors.products()),
                    new Piece("observedResidual", factors.gradientAlone(gradient)),
                    new Piece("step", factors.step(gradient)));
            String kind = String.format("completion %d×%d, %,d entries, N = 3, FLOAT64", n, n, observed);
            takeTurns(kind, pieces);
            compare(kind, pieces.get(2), pieces.get(0), 1, 1.05);
        }
    }

    private void ratings(int steps) {
        try (Arena arena = backend.openArena()) {
            ObservedFactors factors = new ObservedFactors(backend, arena, Precision.FLOAT64, 1, 943, 64, 1_682);
            ObservedFactors.Gradient gradient = factors.completion(places(arena, 943, 1_682, 100_000));
            Recording step = factors.step(gradient);
            step.replay(steps / 10);
            long start = System.nanoTime();
            long startProcessor = THREADS.getCurrentThreadCpuTime();
            step.replay(steps);
            double processor = (THREADS.getCurrentThreadCpuTime() - startProcessor) / 1e9;
            double wall = (System.nanoTime() - start) / 1e9;
            String kind = "ratings 943×1682, 100,000 entries, width 64, N = 3, FLOAT64";
            rows.add(Map.of("case", kind, "steps", steps, "seconds", wall, "processor_seconds", processor));
            print(
                    "%s: %d steps in %.2f s (processor %.2f), 10,000 in %.0f s (%.0f; goal 120)",
                    kind, steps, wall, processor, wall * 10_000 / steps, processor * 10_000 / steps);
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

    private void takeTurns(String kind, List<Piece> pieces) {
        for (int round = -2; round < ROUNDS; round++) { // the first two warm up
            for (Piece piece : pieces) {
                piece.measure(Math.max(round, 0));
            }
        }
        for (Piece piece : pieces) {
            double wall = median(piece.wall());
            double processor = median(piece.processor());
            print("%s: %s: %.2f ms (processor %.2f)", kind, piece.name(), wall, processor);
            rows.add(Map.of(
                    "case", kind, "piece", piece.name(), "milliseconds", wall, "processor_milliseconds", processor));
        }
    }

    private void compare(String kind, Piece measured, Piece base, int times, double goal) {
        double wall = median(measured.wall()) / times / median(base.wall());
        double processor = median(measured.processor()) / times / median(base.processor());
        String what = measured.name() + " to " + (times == 1 ? "" : times + " × ") + base.name();
        print("%s: %s: %.3f (processor %.3f; goal %.2f)", kind, what, wall, processor, goal);
        rows.add(Map.of("case", kind, "ratio", what, "value", wall, "processor_value", processor, "goal", goal));
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
