package org.gradus.report;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Runs of the scalar recursion p = d^N, d ← d − η d^{N−1} (d^N − λ), which identical starts follow exactly. */
final class SampleRuns {
    private SampleRuns() {}

    /** λ = 10, 5, 2, 1 and 96 zeros, N = 3, α = 0.1, η = 0.005, 3,000 steps. */
    static RunCurves steps() {
        double[] target = new double[100];
        System.arraycopy(new double[] {10, 5, 2, 1}, 0, target, 0, 4);
        return descend("λ = 10, 5, 2, 1", target, 0.1, 5e-3, 3_000, false);
    }

    /** A photograph's spectrum, 512 values: 250, then 60 i^−1.1 with a floor of noise, down to 0.01. */
    static RunCurves photograph(int count, int steps, double stepSize) {
        double[] target = new double[count];
        target[0] = 250;
        for (int i = 1; i < count; i++) {
            target[i] = Math.max(60 * Math.pow(i, -1.1) * (1 - (double) i / count), 0.01);
        }
        return descend("photograph", target, 0.1, stepSize, steps, true);
    }

    static RunCurves descend(
            String title, double[] target, double scale, double stepSize, int last, boolean testError) {
        double[] steps = geometric(last);
        int n = target.length;
        double[][] values = new double[n][steps.length];
        double[] d = new double[n];
        Arrays.fill(d, scale);
        int row = 0;
        for (int k = 0; row < steps.length; k++) {
            if (steps[row] == k) {
                for (int i = 0; i < n; i++) {
                    values[i][row] = Math.pow(d[i], 3);
                }
                row++;
            }
            for (int i = 0; i < n; i++) {
                d[i] -= stepSize * d[i] * d[i] * (d[i] * d[i] * d[i] - target[i]);
            }
        }
        return curves(title, steps, values, target, testError);
    }

    /** 0, 1, then k ← max(k + 1, ⌊1.1 k⌋), and the last. */
    static double[] geometric(int last) {
        return IntStream.concat(
                        IntStream.of(0),
                        IntStream.concat(
                                IntStream.iterate(1, k -> k < last, k -> Math.max(k + 1, (int) Math.floor(1.1 * k))),
                                IntStream.of(last)))
                .asDoubleStream()
                .toArray();
    }

    static RunCurves curves(String title, double[] steps, double[][] values, double[] target, boolean testError) {
        double[] rank = new double[steps.length];
        double[] loss = new double[steps.length];
        double[] test = new double[testError ? steps.length : 0];
        double norm = Math.sqrt(Arrays.stream(target).map(t -> t * t).sum());
        for (int j = 0; j < steps.length; j++) {
            double sum = 0;
            double clean = 0;
            double greatest = 0;
            for (int i = 0; i < values.length; i++) {
                double p = values[i][j];
                sum += p;
                greatest = Math.max(greatest, p);
                loss[j] += 0.5 * (p - target[i]) * (p - target[i]);
                double truth = i < 20 ? target[i] : 0;
                clean += (p - truth) * (p - truth);
            }
            rank[j] = sum / greatest;
            if (testError) {
                test[j] = Math.sqrt(clean) / norm;
            }
        }
        return new RunCurves(title, steps, values, rank, loss, test, target);
    }
}
