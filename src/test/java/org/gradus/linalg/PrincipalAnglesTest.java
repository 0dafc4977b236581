package org.gradus.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.gradus.random.RandomStream;
import org.gradus.random.RandomStream.Purpose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PrincipalAnglesTest {

    private static Matrix columns(int rows, double... entries) {
        return new Matrix(rows, entries.length / rows, entries);
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {0, 1e-300, 1e-17, 1e-12, 1e-8, 1e-3, 0.5, Math.PI / 4, 1.2, Math.PI / 2 - 1e-9, Math.PI / 2})
    void theAngleBetweenLinesIsRightToRoundingHoweverSmall(double angle) {
        Matrix line = columns(3, 1, 0, 0);
        Matrix turned = columns(3, Math.cos(angle), 0, -Math.sin(angle));
        assertEquals(angle, PrincipalAngles.between(line, turned)[0], 4 * Math.ulp(angle) + 1e-308);
    }

    @Test
    void planesThatShareALineHaveTheAngleZeroAndTheirOwn() {
        Matrix horizontal = columns(3, 1, 0, 0, 0, 1, 0);
        Matrix tilted = columns(3, 0, 0.6, 0.8, 1, 0, 0);
        assertArrayEquals(new double[] {0, Math.acos(0.6)}, PrincipalAngles.between(horizontal, tilted), 1e-15);
    }

    @Test
    void complementsAreAtRightAngles() {
        Matrix first = columns(4, 1, 0, 0, 0, 0, 1, 0, 0);
        Matrix second = columns(4, 0, 0, 1, 0, 0, 0, 0, 1);
        assertArrayEquals(new double[] {Math.PI / 2, Math.PI / 2}, PrincipalAngles.between(first, second), 1e-15);
    }

    @Test
    void differentNumbersOfColumnsHaveNoAnglesHere() {
        assertThrows(
                IllegalArgumentException.class,
                () -> PrincipalAngles.between(columns(2, 1, 0), columns(2, 1, 0, 0, 1)));
    }

    /**
     * Q = F[I; 0]R, P = F[diag(cos θ); diag(sin θ)]S with a random orthogonal F and random rotations R, S within the spans: the
     * angles are θ.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void randomSubspacesHaveTheAnglesTheyWereMadeWith(long seed) {
        int k = 1 + (int) (seed % 5);
        int n = 2 * k + (int) (seed % 3);
        double[] angles = new double[k];
        for (int i = 0; i < k; i++) {
            angles[i] = Math.min(Math.PI / 2, Math.pow(10, -3.0 * (k - 1 - i)) * (0.2 + 0.1 * (seed % 7)));
        }
        Matrix frame = orthonormal(seed, n, 1);
        Matrix cosines = Matrix.zeros(n, k);
        Matrix identity = Matrix.zeros(n, k);
        for (int i = 0; i < k; i++) {
            identity.set(i, i, 1);
            cosines.set(i, i, Math.cos(angles[i]));
            cosines.set(k + i, i, Math.sin(angles[i]));
        }
        Matrix q = Lapack.times(Lapack.times(frame, identity), orthonormal(seed, k, 2));
        Matrix p = Lapack.times(Lapack.times(frame, cosines), orthonormal(seed, k, 3));
        double[] found = PrincipalAngles.between(q, p);
        assertArrayEquals(angles, found, 1e-14);
        assertArrayEquals(found, PrincipalAngles.between(p, q), 1e-14);
    }

    private static Matrix orthonormal(long seed, int n, int part) {
        RandomStream stream = new RandomStream(seed, Purpose.FACTOR, part);
        return Lapack.orthonormalize(new Matrix(n, n, stream.gaussians(n * n, 1)));
    }
}
