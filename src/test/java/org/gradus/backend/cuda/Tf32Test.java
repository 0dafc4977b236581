package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.gradus.backend.Arena;
import org.gradus.backend.Backend;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Options;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;
import org.gradus.backend.Transpose;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** TF32 rounds the inputs of float32 products to 11 significant bits, where the user asked for it, and nothing else. */
final class Tf32Test {
    private static final int N = 64;

    @BeforeEach
    void othersAreForgotten() {
        EmulatedCuda.begin();
    }

    @AfterEach
    void nothingIsLeftBehind() {
        EmulatedCuda.assertClean();
    }

    private static Backend open(boolean tf32) {
        return EmulatedCuda.open(new Options(1, 0, tf32, false));
    }

    private record Results(double[] product, double[] sum) {}

    /** AᵀB and ‖A‖_F² of entries between 1 and 2. */
    private static Results results(boolean tf32, Precision precision) {
        try (Backend backend = open(tf32);
                Arena arena = backend.openArena()) {
            SplittableRandom random = new SplittableRandom(1);
            MatrixBatch a = arena.allocate(new Shape(1, N, N), precision);
            MatrixBatch b = arena.allocate(new Shape(1, N, N), precision);
            MatrixBatch out = arena.allocate(new Shape(1, N, N), precision);
            MatrixBatch sum = arena.allocate(new Shape(1, 1, 1), Precision.FLOAT64);
            backend.ops().upload(random.doubles(N * N, 1, 2).toArray(), a);
            backend.ops().upload(random.doubles(N * N, 1, 2).toArray(), b);
            backend.ops().multiply(1, Transpose.YES, a, Transpose.NO, b, 0, out);
            backend.ops().sumOfSquares(a, sum);
            double[] product = new double[N * N];
            double[] squares = new double[1];
            backend.ops().download(out, product);
            backend.ops().download(sum, squares);
            return new Results(product, squares);
        }
    }

    private static double largestRelativeDifference(double[] exact, double[] other) {
        double largest = 0;
        for (int i = 0; i < exact.length; i++) {
            largest = Math.max(largest, Math.abs(other[i] / exact[i] - 1));
        }
        return largest;
    }

    /** Each input is off by up to 2⁻¹¹ = 4.9e-4, a product of two by 1e-3; over 64 terms that mostly cancels. */
    @Test
    void productsAreOffByTheRoundingOfTheirInputs() {
        double[] exact = results(false, Precision.FLOAT64).product();
        double single = largestRelativeDifference(
                exact, results(false, Precision.FLOAT32).product());
        double tf32 = largestRelativeDifference(
                exact, results(true, Precision.FLOAT32).product());
        assertTrue(single < 1e-6, "float32: " + single);
        assertTrue(tf32 > 2e-5 && tf32 < 1e-3, "TF32: " + tf32);
    }

    @Test
    void float64ProductsAndAllSumsAreWhatTheyAreWithoutIt() {
        assertArrayEquals(
                results(false, Precision.FLOAT64).product(),
                results(true, Precision.FLOAT64).product());
        for (Precision precision : Precision.values()) {
            assertArrayEquals(
                    results(false, precision).sum(), results(true, precision).sum());
        }
    }

    @Test
    void theManifestNamesIt() {
        try (Backend backend = open(true)) {
            assertTrue(backend.describe().endsWith(", TF32 products"), backend.describe());
            assertEquals(
                    "float32 products with inputs rounded to TF32",
                    backend.details().get("arithmetic"));
        }
        try (Backend backend = open(false)) {
            assertFalse(backend.describe().contains("TF32"), backend.describe());
            assertEquals("as the precision", backend.details().get("arithmetic"));
        }
    }
}
