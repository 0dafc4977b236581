package org.gradus.backend.cuda;

import static org.gradus.backend.cuda.EmulatedStream.check;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import jcuda.jcusolver.JCusolverDn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of the emulator's libcusolver.so.11, called through JCuda's natives; matrices of known singular values. */
final class EmulatorSolverTest extends EmulatorFixture {
    private EmulatedSolver solver;

    @BeforeEach
    void open() {
        solver = new EmulatedSolver(device);
    }

    @AfterEach
    void close() {
        EmulatedSolver.refuseToConverge("");
        solver.close();
    }

    /** Ten decades, the last quarter of them zero. */
    private static double[] spectrum(int count) {
        return IntStream.range(0, count)
                .mapToDouble(i -> i >= count - count / 4 ? 0 : Math.pow(10, -10.0 * i / count))
                .toArray();
    }

    /** I − 2uuᵀ on the left, I − 2vvᵀ on the right of diag(values): rows × cols, leading dimension rows + gap. */
    static double[] matrix(int rows, int cols, int gap, double... values) {
        double[] u = direction(rows, 0.7);
        double[] v = direction(cols, 1.3);
        int ld = rows + gap;
        double[] a = new double[ld * cols];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < cols; j++) {
                double sum = 0;
                for (int p = 0; p < values.length; p++) {
                    double left = (i == p ? 1 : 0) - 2 * u[i] * u[p];
                    double right = (j == p ? 1 : 0) - 2 * v[j] * v[p];
                    sum += left * values[p] * right;
                }
                a[i + j * ld] = sum;
            }
        }
        return a;
    }

    private static double[] direction(int size, double phase) {
        double[] u = IntStream.range(0, size)
                .mapToDouble(i -> 1.5 + Math.sin(phase * (i + 1)))
                .toArray();
        double norm = Math.sqrt(Arrays.stream(u).map(x -> x * x).sum());
        return Arrays.stream(u).map(x -> x / norm).toArray();
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,1", "5,5", "33,33", "40,7", "130,129"})
    void gesvdGivesTheValuesOfTallMatrices(int m, int n) {
        double[] expected = spectrum(n);
        assertArrayEquals(expected, solver.gesvd(m, n, matrix(m, n, 3, expected)), 1e-14);
        assertArrayEquals(expected, solver.gesvdFloat(m, n, matrix(m, n, 3, expected)), 1e-6);
        assertEquals(0, solver.info(1)[0]);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "5,5", "33,33", "40,7", "7,40", "90,91"})
    void gesvdjGivesTheValuesOfAllShapes(int m, int n) {
        double[] expected = spectrum(Math.min(m, n));
        assertArrayEquals(expected, solver.gesvdj(m, n, matrix(m, n, 3, expected)), 1e-14);
        assertArrayEquals(expected, solver.gesvdjFloat(m, n, matrix(m, n, 3, expected)), 1e-6);
        assertEquals(0, solver.info(1)[0]);
    }

    @ParameterizedTest
    @CsvSource({"1,1,5", "4,4,1", "32,32,3", "5,32,4", "32,3,4"})
    void gesvdjBatchedGivesTheValuesOfEachMatrix(int m, int n, int batch) {
        double[] expected = new double[0];
        double[] all = new double[0];
        for (int i = 0; i < batch; i++) {
            double scale = Math.pow(2, -i);
            double[] values =
                    Arrays.stream(spectrum(Math.min(m, n))).map(x -> x * scale).toArray();
            expected = concatenated(expected, values);
            all = concatenated(all, matrix(m, n, 3, values));
        }
        assertArrayEquals(expected, solver.gesvdjBatched(m, n, batch, all), 1e-14);
        assertArrayEquals(expected, solver.gesvdjBatchedFloat(m, n, batch, all), 1e-6);
        assertArrayEquals(new int[batch], solver.info(batch));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void syevdReadsTheNamedTriangleOnlyAndAscends(int uplo) {
        double[] values = {-2, -0.5, 0, 1e-3, 0.25, 3};
        double[] u = direction(6, 0.7);
        double[] a = new double[9 * 6];
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                double sum = 0;
                for (int p = 0; p < 6; p++) {
                    sum += ((i == p ? 1 : 0) - 2 * u[i] * u[p]) * values[p] * ((j == p ? 1 : 0) - 2 * u[j] * u[p]);
                }
                a[i + j * 9] = (uplo == 0 ? i >= j : i <= j) ? sum : 1e3;
            }
        }
        assertArrayEquals(values, solver.syevd(6, uplo, a), 1e-14);
        assertArrayEquals(values, solver.syevdFloat(6, uplo, a), 1e-6);
        assertEquals(0, solver.info(1)[0]);
    }

    @Test
    void matricesWithNanGiveNan() {
        double[] a = matrix(4, 4, 3, 4, 3, 2, 1);
        a[5] = Double.NaN; // between the columns: not read
        assertArrayEquals(new double[] {4, 3, 2, 1}, solver.gesvd(4, 4, a), 1e-14);
        a[8] = Double.NaN;
        assertTrue(Arrays.stream(solver.gesvd(4, 4, a)).allMatch(Double::isNaN));
        assertEquals(0, solver.info(1)[0]);
        assertTrue(Arrays.stream(solver.gesvdj(4, 4, a)).allMatch(Double::isNaN));
        assertEquals(5, solver.info(1)[0]);
    }

    @Test
    void nonConvergenceIsReportedOnDemandAndBySweepsThatDoNotSuffice() {
        double[] a = matrix(4, 4, 3, 4, 3, 2, 1);
        EmulatedSolver.refuseToConverge("gesvdj");
        solver.gesvdj(4, 4, a);
        assertEquals(5, solver.info(1)[0]);
        EmulatedSolver.refuseToConverge("gesvdjBatched:1");
        solver.gesvdjBatched(4, 4, 3, concatenated(a, a, a));
        assertArrayEquals(new int[] {0, 5, 0}, solver.info(3));
        EmulatedSolver.refuseToConverge("gesvd");
        solver.gesvd(4, 4, a);
        assertTrue(solver.info(1)[0] > 0);
        EmulatedSolver.refuseToConverge("");
        check(JCusolverDn.cusolverDnXgesvdjSetMaxSweeps(solver.settings, 1));
        solver.gesvdj(4, 4, a);
        assertEquals(5, solver.info(1)[0]);
    }

    @Test
    void sweepsAreThoseOfTheLastGesvdj() {
        solver.gesvdj(4, 4, matrix(4, 4, 3, 4, 3, 2, 1));
        assertTrue(solver.sweeps() >= 2 && solver.sweeps() < 20, () -> solver.sweeps() + " sweeps");
    }

    private static double[] concatenated(double[]... parts) {
        return Arrays.stream(parts).flatMapToDouble(Arrays::stream).toArray();
    }
}
