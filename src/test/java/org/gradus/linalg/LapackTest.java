package org.gradus.linalg;

import static org.gradus.linalg.PlainMatrices.distance;
import static org.gradus.linalg.PlainMatrices.norm;
import static org.gradus.linalg.PlainMatrices.random;
import static org.gradus.linalg.PlainMatrices.times;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.gradus.random.RandomStream;
import org.gradus.random.RandomStream.Purpose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LapackTest {

    private static void assertOrthonormalColumns(Matrix q) {
        assertTrue(distance(times(q.transposed(), q), Matrix.scaledIdentity(q.cols(), 1)) < 1e-14 * (q.cols() + 3));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "2, 2", "7, 3", "33, 33", "64, 5", "130, 129"})
    void orthonormalizeYieldsQOfAQrFactorizationWithPositiveDiagonal(int rows, int cols) {
        Matrix a = random(new SplittableRandom(1), rows, cols);
        Matrix q = Lapack.orthonormalize(a.copy());
        assertEquals(rows, q.rows());
        assertEquals(cols, q.cols());
        assertOrthonormalColumns(q);
        Matrix r = times(q.transposed(), a);
        assertTrue(distance(times(q, r), a) < 1e-14 * rows * norm(a));
        for (int j = 0; j < cols; j++) {
            assertTrue(r.get(j, j) > 0, "R_jj = " + r.get(j, j));
            for (int i = j + 1; i < cols; i++) {
                assertEquals(0, r.get(i, j), 1e-13 * norm(a));
            }
        }
    }

    @Test
    void orthonormalColumnsAreTheirOwnFrame() {
        Matrix q = Lapack.orthonormalize(random(new SplittableRandom(2), 20, 6));
        assertTrue(distance(q, Lapack.orthonormalize(q.copy())) < 1e-13);
    }

    @Test
    void theArgumentIsOverwrittenAndReturned() {
        Matrix a = random(new SplittableRandom(3), 4, 2);
        assertEquals(a.data(), Lapack.orthonormalize(a).data());
    }

    /** For Haar measure E q_ij = 0, E q_ij² = 1/n, E q_ij⁴ = 3/(n(n+2)) in every place, the diagonal too. */
    @Test
    void framesOfNormalEntriesAreHaarDistributed() {
        int n = 4;
        int samples = 4_000;
        double[][] moments = new double[3][n * n];
        for (int s = 0; s < samples; s++) {
            double[] entries = new RandomStream(7, Purpose.LEFT_FRAME, s).gaussians(n * n, 1);
            double[] q = Lapack.orthonormalize(new Matrix(n, n, entries)).data();
            for (int i = 0; i < q.length; i++) {
                moments[0][i] += q[i] / samples;
                moments[1][i] += q[i] * q[i] / samples;
                moments[2][i] += Math.pow(q[i], 4) / samples;
            }
        }
        double error = 5 / Math.sqrt(samples);
        for (int i = 0; i < n * n; i++) {
            assertEquals(0, moments[0][i], 0.5 * error);
            assertEquals(0.25, moments[1][i], 0.25 * error);
            assertEquals(0.125, moments[2][i], 0.25 * error);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 5", "5, 1", "6, 6", "31, 12", "12, 31", "90, 64"})
    void theSingularValueDecompositionRebuildsTheMatrix(int rows, int cols) {
        Matrix a = random(new SplittableRandom(4), rows, cols);
        Lapack.Svd svd = Lapack.svd(a.copy());
        int k = Math.min(rows, cols);
        assertEquals(rows, svd.u().rows());
        assertEquals(k, svd.u().cols());
        assertEquals(k, svd.vt().rows());
        assertEquals(cols, svd.vt().cols());
        assertOrthonormalColumns(svd.u());
        assertOrthonormalColumns(svd.vt().transposed());
        for (int i = 1; i < k; i++) {
            assertTrue(svd.values()[i - 1] >= svd.values()[i] && svd.values()[i] >= 0);
        }
        Matrix middle = PlainMatrices.diagonal(k, k, svd.values());
        assertTrue(distance(times(times(svd.u(), middle), svd.vt()), a) < 1e-14 * (k + 10) * norm(a));
    }

    @Test
    void singularValuesOfARankDeficientMatrixEndInZeros() {
        Matrix a = times(random(new SplittableRandom(5), 9, 2), random(new SplittableRandom(6), 2, 7));
        double[] values = Lapack.svd(a.copy()).values();
        assertTrue(values[1] > 0.1);
        for (int i = 2; i < 7; i++) {
            assertEquals(0, values[i], 1e-14 * values[0]);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "3, 2, 4", "40, 17, 23"})
    void timesTransposedIsTheProduct(int rows, int inner, int cols) {
        Matrix a = random(new SplittableRandom(7), rows, inner);
        Matrix b = random(new SplittableRandom(8), cols, inner);
        assertTrue(distance(times(a, b.transposed()), Lapack.timesTransposed(a, b)) < 1e-13);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void nonFiniteEntriesAreAnErrorThatNamesTheRoutine(double value) {
        Matrix a = random(new SplittableRandom(9), 5, 4);
        a.set(3, 2, value);
        String frame = assertThrows(ArithmeticException.class, () -> Lapack.orthonormalize(a.copy()))
                .getMessage();
        String svd = assertThrows(ArithmeticException.class, () -> Lapack.svd(a.copy()))
                .getMessage();
        String values =
                assertThrows(ArithmeticException.class, () -> Spectrum.of(a)).getMessage();
        assertTrue(frame.contains("dgeqrf") && frame.contains("not finite"), frame);
        assertTrue(svd.contains("dgesdd") && svd.contains("not finite"), svd);
        assertTrue(values.contains("dgesdd") && values.contains("not finite"), values);
    }

    @Test
    void bitsDoNotDependOnTheThreadsUsedElsewhere() {
        Matrix a = random(new SplittableRandom(10), 150, 150);
        Matrix alone = Lapack.orthonormalize(a.copy());
        Spectrum.of(a);
        assertArrayEquals(alone.data(), Lapack.orthonormalize(a.copy()).data());
    }
}
