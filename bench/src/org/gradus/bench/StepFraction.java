package org.gradus.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.gradus.backend.Precision;
import org.gradus.store.JsonFile;

/**
 * What fraction of the gemm rate a step reaches: rounds of products at n, products at 1024 and steps at n take turns in one
 * process, and the medians of their rates are compared, so that a noisy machine disturbs all three alike.
 *
 * <p>Arguments: threads, and optionally a JSON file for the results.
 */
public final class StepFraction {
    private static final int ROUNDS = 9;
    private static final double SECONDS_PER_PIECE = 0.4;
    private static final int REFERENCE_SIZE = 1024;

    private record Case(int n, int runs, double goal) {}

    private static final List<Case> CASES =
            List.of(new Case(1024, 1, 0.96), new Case(256, 1, 0.88), new Case(64, 1, 0.60), new Case(64, 64, 0.75));

    private StepFraction() {}

    /** Measures every case and prints a line for each. */
    public static void main(String[] arguments) {
        int threads = Integer.parseInt(arguments[0]);
        List<Object> rows = new ArrayList<>();
        String device = "";
        for (Case each : CASES) {
            DescentBenchmark measured = benchmark(each.n(), each.runs(), threads);
            DescentBenchmark reference = benchmark(REFERENCE_SIZE, 1, threads);
            device = measured.describe();
            rows.add(measure(each, measured, reference));
            measured.close();
            reference.close();
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("device", device);
        result.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        result.put("rounds", ROUNDS);
        result.put("cases", rows);
        if (arguments.length > 1) {
            JsonFile.write(Path.of(arguments[1]), result);
        }
    }

    private static DescentBenchmark benchmark(int n, int runs, int threads) {
        DescentBenchmark benchmark = new DescentBenchmark();
        benchmark.configure(n, runs, threads, Precision.FLOAT64);
        benchmark.open();
        return benchmark;
    }

    private static Map<String, Object> measure(Case each, DescentBenchmark measured, DescentBenchmark reference) {
        double[] step = new double[ROUNDS];
        double[] product = new double[ROUNDS];
        double[] large = new double[ROUNDS];
        for (int round = -1; round < ROUNDS; round++) { // round −1 warms up
            int at = Math.max(round, 0);
            product[at] = rate(measured::product, measured.operations());
            step[at] = rate(measured::step, measured.operations());
            large[at] = rate(reference::product, reference.operations());
        }
        double best = Math.max(median(product), median(large));
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("n", each.n());
        row.put("runs", each.runs());
        row.put("step_gflops", median(step));
        row.put("step_gflops_low", Arrays.stream(step).min().orElseThrow());
        row.put("step_gflops_high", Arrays.stream(step).max().orElseThrow());
        row.put("product_gflops_same_n", median(product));
        row.put("product_gflops_1024", median(large));
        row.put("fraction", median(step) / best);
        row.put("goal", each.goal());
        System.out.printf(
                Locale.ROOT,
                "n = %4d, runs = %2d: step %.1f GF/s, product %.1f at n and %.1f at 1024: fraction %.3f (goal %.2f)%n",
                each.n(),
                each.runs(),
                median(step),
                median(product),
                median(large),
                median(step) / best,
                each.goal());
        return row;
    }

    /** GF/s of {@code piece}, repeated for a while. */
    private static double rate(Runnable piece, double operations) {
        long start = System.nanoTime();
        long pieces = 0;
        double seconds;
        do {
            piece.run();
            pieces++;
            seconds = (System.nanoTime() - start) / 1e9;
        } while (seconds < SECONDS_PER_PIECE);
        return pieces * operations / seconds / 1e9;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
