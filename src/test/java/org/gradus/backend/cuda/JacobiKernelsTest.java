package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.gradus.backend.Precision;
import org.gradus.backend.cuda.ElementwiseKernels.Operand;
import org.gradus.linalg.Lapack;
import org.gradus.linalg.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** kernels/jacobi.cu on the emulator against spectra that are known. */
final class JacobiKernelsTest {
    private static final int KIB = 1024;

    private final SplittableRandom random = new SplittableRandom(3);

    @TempDir
    static Path cache;

    private record Values(double[] values, int[] info) {}

    /** {@code batch} matrices one after another, two values of space between the spectra. */
    private static Values values(Precision precision, int rows, int cols, int batch, double[] matrices, int sweeps) {
        int n = Math.min(rows, cols);
        try (KernelDevice device = KernelDevice.open(cache)) {
            long out = device.put(precision, new double[(n + 2) * batch]);
            int[] info = new int[batch];
            Arrays.fill(info, 99);
            long infoAddress = device.put(info);
            new JacobiKernels(device.modules(), precision)
                    .singularValues(
                            device.stream(),
                            new Operand(device.put(precision, matrices), (long) rows * cols),
                            rows,
                            cols,
                            batch,
                            sweeps,
                            new Operand(out, n + 2),
                            infoAddress);
            double[] spaced = device.get(precision, out, (n + 2) * batch);
            double[] values = new double[n * batch];
            for (int b = 0; b < batch; b++) {
                System.arraycopy(spaced, b * (n + 2), values, b * n, n);
                assertEquals(0, spaced[b * (n + 2) + n], "beyond the values");
            }
            return new Values(values, device.get(infoAddress, batch));
        }
    }

    private Matrix orthonormal(int rows, int cols) {
        Matrix a = Matrix.zeros(rows, cols);
        for (int i = 0; i < a.data().length; i++) {
            a.data()[i] = random.nextGaussian();
        }
        return Lapack.orthonormalize(a);
    }

    /** U diag(spectrum) Vᵀ, column-major. */
    private double[] matrix(int rows, int cols, double[] spectrum) {
        int n = spectrum.length;
        Matrix u = orthonormal(rows, n);
        Matrix v = orthonormal(cols, n);
        double[] a = new double[rows * cols];
        for (int j = 0; j < cols; j++) {
            for (int k = 0; k < n; k++) {
                double weight = spectrum[k] * v.get(j, k);
                for (int i = 0; i < rows; i++) {
                    a[j * rows + i] += u.get(i, k) * weight;
                }
            }
        }
        return a;
    }

    /** From {@code top} down over the decades; zero from the rank on. */
    private static double[] spectrum(int n, double top, double decades, int rank) {
        double[] spectrum = new double[n];
        for (int i = 0; i < rank; i++) {
            spectrum[i] = top * Math.pow(10, n == 1 ? 0 : -decades * i / (n - 1));
        }
        return spectrum;
    }

    static Stream<Arguments> shapes() {
        return Stream.of(Precision.values())
                .flatMap(precision -> Stream.of(
                        Arguments.of(precision, 1, 1, 0, 1),
                        Arguments.of(precision, 2, 2, 3, 2),
                        Arguments.of(precision, 5, 1, 0, 1),
                        Arguments.of(precision, 1, 7, 0, 1),
                        Arguments.of(precision, 31, 32, 5, 31),
                        Arguments.of(precision, 32, 32, 15, 32),
                        Arguments.of(precision, 33, 33, 15, 33),
                        Arguments.of(precision, 64, 64, 0, 64),
                        Arguments.of(precision, 65, 65, 15, 30),
                        Arguments.of(precision, 40, 100, 10, 40),
                        Arguments.of(precision, 300, 5, 8, 5),
                        Arguments.of(precision, 129, 128, 6, 20),
                        Arguments.of(precision, 170, 170, 15, 170)));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void valuesAreThoseThatTheMatrixWasMadeOf(Precision precision, int rows, int cols, double decades, int rank) {
        int n = Math.min(rows, cols);
        int batch = n > 100 ? 1 : 3;
        double[] matrices = new double[rows * cols * batch];
        double[] expected = new double[n * batch];
        for (int b = 0; b < batch; b++) {
            double[] spectrum = spectrum(n, 1 + b, decades, rank);
            System.arraycopy(matrix(rows, cols, spectrum), 0, matrices, b * rows * cols, rows * cols);
            System.arraycopy(spectrum, 0, expected, b * n, n);
        }
        Values found = values(precision, rows, cols, batch, matrices, 30);
        assertArrayEquals(expected, found.values(), precision == Precision.FLOAT64 ? 1e-13 : 3e-5);
        for (int sweeps : found.info()) {
            assertTrue(sweeps >= 0 && sweeps <= 14, () -> "sweeps: " + sweeps);
        }
    }

    @Test
    void lapackFindsTheSameInARandomMatrix() {
        Matrix a = Matrix.zeros(90, 70);
        for (int i = 0; i < a.data().length; i++) {
            a.data()[i] = random.nextGaussian();
        }
        double[] found =
                values(Precision.FLOAT64, 90, 70, 1, a.data().clone(), 30).values();
        double[] expected = Lapack.svd(a).values();
        assertArrayEquals(expected, found, 1e-13 * expected[0]);
    }

    @ParameterizedTest
    @EnumSource
    void diagonalAndZeroMatricesAreExact(Precision precision) {
        double[] a = new double[3 * 36];
        double[] diagonal = {3, -0x1p-40, 0, 7, 0x1p60, -1};
        for (int i = 0; i < 6; i++) {
            a[7 * i] = diagonal[i];
            a[72 + 6 * i + 5 - i] = diagonal[i]; // the other diagonal
        }
        double[] sorted = {0x1p60, 7, 3, 1, 0x1p-40, 0};
        double[] expected = new double[18];
        System.arraycopy(sorted, 0, expected, 0, 6);
        System.arraycopy(sorted, 0, expected, 12, 6);
        Values found = values(precision, 6, 6, 3, a, 30);
        assertArrayEquals(expected, found.values());
        assertArrayEquals(new int[] {1, 1, 1}, found.info());
    }

    @ParameterizedTest
    @CsvSource({"FLOAT64, 1e300", "FLOAT64, 1e-290", "FLOAT32, 1e36", "FLOAT32, 1e-30"})
    void sizeNeitherOverflowsNorUnderflows(Precision precision, double top) {
        double[] spectrum = spectrum(20, top, 3, 20);
        Values found = values(precision, 20, 20, 1, matrix(20, 20, spectrum), 30);
        assertArrayEquals(spectrum, found.values(), (precision == Precision.FLOAT64 ? 1e-14 : 3e-6) * top);
    }

    @ParameterizedTest
    @CsvSource({"FLOAT64, NaN", "FLOAT64, Infinity", "FLOAT32, NaN", "FLOAT32, -Infinity"})
    void aMatrixThatIsNotFiniteHasNoValuesAndLeavesItsNeighboursAlone(Precision precision, double entry) {
        double[] a = new double[3 * 9];
        for (int i = 0; i < 3; i++) {
            a[4 * i] = 3 - i;
            a[9 + 4 * i] = 1;
            a[18 + 4 * i] = 6 - i;
        }
        a[9 + 5] = entry;
        Values found = values(precision, 3, 3, 3, a, 30);
        double none = Double.NaN;
        assertArrayEquals(new double[] {3, 2, 1, none, none, none, 6, 5, 4}, found.values());
        assertArrayEquals(new int[] {1, 0, 1}, found.info());
    }

    @Test
    void tooFewSweepsAreReported() {
        double[] a = matrix(20, 20, spectrum(20, 1, 3, 20));
        assertArrayEquals(
                new int[] {-1}, values(Precision.FLOAT64, 20, 20, 1, a, 1).info());
    }

    @ParameterizedTest
    @CsvSource({"FLOAT64, 227, 170", "FLOAT64, 163, 144", "FLOAT64, 99, 112", "FLOAT32, 227, 240", "FLOAT32, 99, 159"})
    void theLargestSquareFillsSharedMemory(Precision precision, int kib, int largest) {
        assertTrue(JacobiKernels.fits(largest, largest, precision, kib * KIB));
        assertFalse(JacobiKernels.fits(largest + 1, largest + 1, precision, kib * KIB));
        assertTrue(JacobiKernels.launch(largest, largest, 1, precision).sharedBytes() <= kib * KIB);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 32",
        "2, 32",
        "3, 32",
        "33, 288",
        "64, 512",
        "65, 288",
        "128, 512",
        "170, 480",
        "176, 480",
        "240, 480"
    })
    void aBlockHasWholeWarpsAndNoMoreThanItsBound(int n, int threads) {
        assertEquals(threads, JacobiKernels.launch(n, n, 1, Precision.FLOAT32).blockX());
    }
}
