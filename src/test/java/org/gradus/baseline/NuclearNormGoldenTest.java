package org.gradus.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.gradus.linalg.DenseOperators;
import org.gradus.linalg.FlattenedMatrices;
import org.gradus.linalg.LinearMap;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.Sampling;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Optimal values by CVXPY 1.9.3 with Clarabel, which SCS confirms to 1e-6: bench/peers/nuclear_norm.py. */
final class NuclearNormGoldenTest {
    private static final int ROWS = 10;
    private static final int COLS = 8;
    private static final int OPERATORS = 40;

    private static Matrix target(double noise) {
        Matrix w = Matrix.zeros(ROWS, COLS);
        for (int j = 0; j < COLS; j++) {
            for (int i = 0; i < ROWS; i++) {
                double entry = Math.sin(1 + 0.7 * i) * Math.cos(0.8 * j) + Math.sin(1 + 1.4 * i) * Math.cos(1.2 * j);
                w.set(i, j, entry + noise * Math.sin(17.0 * i * i + 5.0 * j * j));
            }
        }
        return w;
    }

    private static LinearMap places() {
        int[] observed = IntStream.range(0, ROWS * COLS)
                .filter(p -> (3 * (p % ROWS) + 5 * (p / ROWS) + (p % ROWS) * (p / ROWS)) % 7 < 4)
                .toArray();
        assertEquals(38, observed.length);
        return new Sampling(Instances.entries(Matrix.zeros(ROWS, COLS), observed));
    }

    private static LinearMap operators() {
        Matrix flattened = Matrix.zeros(ROWS * COLS, OPERATORS);
        for (int k = 0; k < OPERATORS; k++) {
            for (int p = 0; p < ROWS * COLS; p++) {
                flattened.set(p, k, Math.sin(0.37 * k * k + 0.61 * (COLS * (p % ROWS) + p / ROWS) * (k + 1)));
            }
        }
        return new DenseOperators(new FlattenedMatrices(ROWS, COLS, flattened));
    }

    @ParameterizedTest
    @CsvSource({
        "completion, 0, 0, 7.5678139518",
        "completion, 0, 0.1, 0.741655112213",
        "completion, 0, 1, 6.23613945224",
        "completion, 0.1, 0, 7.78164074726",
        "completion, 0.1, 0.1, 0.752888534908",
        "completion, 0.1, 1, 6.19978947189",
        "sensing, 0, 0, 8.24292674617",
        "sensing, 0, 0.1, 0.823215774682",
        "sensing, 0, 1, 8.13871987395",
    })
    void optimalValuesAreThoseOfAnIndependentProgram(String kind, double noise, double penalty, double value) {
        LinearMap map = kind.equals("completion") ? places() : operators();
        double[] y = map.apply(target(noise));
        Accuracy accuracy = new Accuracy(1e-9, 100_000);
        Estimate estimate = penalty == 0
                ? Baselines.nuclearNorm(map, y, accuracy, Watch.NONE)
                : Baselines.softImpute(map, y, new double[] {penalty}, accuracy, Watch.NONE)
                        .get(0);
        Certificate certificate = estimate.certificate().orElseThrow();
        assertEquals(value, certificate.primal(), 1e-8 * value);
        assertEquals(value, certificate.dual(), 1e-8 * value);
    }
}
