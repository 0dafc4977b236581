package org.gradus.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.LongToDoubleFunction;
import org.gradus.random.RandomStream.Purpose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RandomStreamTest {
    private static final int MANY = 200_000;

    /** Five standard errors of a mean of {@link #MANY} numbers with this standard deviation. */
    private static double fiveErrors(double deviation) {
        return 5 * deviation / Math.sqrt(MANY);
    }

    private static double mean(LongToDoubleFunction value) {
        double sum = 0;
        for (int i = 0; i < MANY; i++) {
            sum += value.applyAsDouble(i);
        }
        return sum / MANY;
    }

    @ParameterizedTest
    @EnumSource
    void normalNumbersHaveTheMomentsOfTheNormalDistribution(Purpose purpose) {
        RandomStream stream = new RandomStream(11, purpose, 3);
        assertEquals(0, mean(stream::gaussian), fiveErrors(1));
        assertEquals(1, mean(i -> Math.pow(stream.gaussian(i), 2)), fiveErrors(Math.sqrt(2)));
        assertEquals(0, mean(i -> Math.pow(stream.gaussian(i), 3)), fiveErrors(Math.sqrt(15)));
        assertEquals(3, mean(i -> Math.pow(stream.gaussian(i), 4)), fiveErrors(Math.sqrt(96)));
    }

    @ParameterizedTest
    @EnumSource
    void uniformNumbersFillTheUnitIntervalEvenly(Purpose purpose) {
        RandomStream stream = new RandomStream(12, purpose, 0);
        int[] counts = new int[10];
        for (int i = 0; i < MANY; i++) {
            counts[(int) (10 * stream.uniform(i))]++;
        }
        double expected = MANY / 10.0;
        for (int count : counts) {
            assertEquals(expected, count, 5 * Math.sqrt(expected * 0.9), Arrays.toString(counts));
        }
        assertEquals(1 / 12.0, mean(i -> Math.pow(stream.uniform(i) - 0.5, 2)), fiveErrors(Math.sqrt(1 / 180.0)));
    }

    @Test
    void neighboursInOneStreamAreUncorrelated() {
        RandomStream stream = new RandomStream(13, Purpose.FACTOR, 1);
        for (int lag = 1; lag <= 4; lag++) {
            int distance = lag;
            assertEquals(0, mean(i -> stream.gaussian(i) * stream.gaussian(i + distance)), fiveErrors(1));
            assertEquals(
                    0,
                    mean(i -> (stream.uniform(i) - 0.5) * (stream.uniform(i + distance) - 0.5)),
                    fiveErrors(1 / 12.0));
            // the radius is shared within a pair; the squares still are independent
            assertEquals(
                    1,
                    mean(i -> Math.pow(stream.gaussian(i) * stream.gaussian(i + distance), 2)),
                    fiveErrors(Math.sqrt(8)));
        }
    }

    @Test
    void streamsOfOtherSeedsPurposesAndIndicesAreUncorrelated() {
        List<RandomStream> streams = List.of(
                new RandomStream(0, Purpose.LEFT_FRAME, 0),
                new RandomStream(1, Purpose.LEFT_FRAME, 0),
                new RandomStream(-1, Purpose.LEFT_FRAME, 0),
                new RandomStream(1L << 32, Purpose.LEFT_FRAME, 0),
                new RandomStream(0, Purpose.RIGHT_FRAME, 0),
                new RandomStream(0, Purpose.NOISE, 0),
                new RandomStream(0, Purpose.FACTOR, 0),
                new RandomStream(0, Purpose.FACTOR, 1),
                new RandomStream(0, Purpose.FACTOR, 2));
        for (int a = 0; a < streams.size(); a++) {
            for (int b = 0; b < a; b++) {
                RandomStream left = streams.get(a);
                RandomStream right = streams.get(b);
                assertEquals(0, mean(i -> left.gaussian(i) * right.gaussian(i)), fiveErrors(1), left + " and " + right);
            }
        }
    }

    /** 16384 numbers are drawn by one worker; the lengths lie around its multiples. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 16_383, 16_384, 16_385, 70_001})
    void bitsDoNotDependOnTheNumberOfThreads(int length) {
        RandomStream stream = new RandomStream(5, Purpose.NOISE, 2);
        double[] normal = new double[length];
        double[] uniform = new double[length];
        for (int i = 0; i < length; i++) {
            normal[i] = 0.3 * stream.gaussian(i);
            uniform[i] = 0.7 * (2 * stream.uniform(i) - 1);
        }
        assertArrayEquals(normal, stream.gaussians(length, 0.3));
        assertArrayEquals(uniform, stream.uniforms(length, 0.7));
        for (int threads = 1; threads <= 3; threads++) {
            ForkJoinPool pool = new ForkJoinPool(threads);
            try {
                assertArrayEquals(
                        normal, pool.submit(() -> stream.gaussians(length, 0.3)).join());
                assertArrayEquals(
                        uniform, pool.submit(() -> stream.uniforms(length, 0.7)).join());
            } finally {
                pool.shutdown();
            }
        }
    }

    @Test
    void boundsAndDeviationsScaleTheNumbers() {
        RandomStream stream = new RandomStream(6, Purpose.FACTOR, 4);
        double[] uniform = stream.uniforms(MANY, 0.25);
        assertTrue(Arrays.stream(uniform).allMatch(x -> -0.25 <= x && x < 0.25));
        assertTrue(Arrays.stream(uniform).max().orElseThrow() > 0.2499);
        assertTrue(Arrays.stream(uniform).min().orElseThrow() < -0.2499);
        assertEquals(2 * stream.gaussians(3, 1)[2], stream.gaussians(3, 2)[2]);
    }

    /** What a seed means never changes; the numbers were also computed by a second, independent program. */
    @ParameterizedTest
    @CsvSource({
        "0, LEFT_FRAME, 0, 0x1.c2d38b1acc4fdp-1, 0x1.3601b7b178af5p-1, 0x1.72c8036fe3932p-2, 0x1.2fdfecf634ae0p-5,"
                + " 0x1.d2512cdce9160p-6",
        "1, FACTOR, 2, 0x1.8a21d20e17f3ep-1, 0x1.ba269a75f9f1ap-2, 0x1.15b25077bf7f5p-1, 0x1.d4d74f934bb68p-4,"
                + " 0x1.87878b8d69f80p-5",
        "-1, NOISE, 0, 0x1.ca41129708f98p-3, 0x1.ffec7a1ac483ep-2, 0x1.54161176270aep-1, 0x1.22f289652c340p-7,"
                + " 0x1.a6cf837158b58p-1",
        "9223372036854775807, RIGHT_FRAME, 7, 0x1.54e485b2f1720p-3, 0x1.7f6a190f93000p-4, 0x1.eee6c399d6814p-3,"
                + " 0x1.b253e1f90e400p-11, 0x1.b874a0e9d231fp-1"
    })
    void theUniformNumbersOfASeedStayAsTheyAre(
            long seed, Purpose purpose, int index, double u0, double u1, double u2, double u3, double far) {
        RandomStream stream = new RandomStream(seed, purpose, index);
        double[] first = {stream.uniform(0), stream.uniform(1), stream.uniform(2), stream.uniform(3)};
        assertArrayEquals(new double[] {u0, u1, u2, u3}, first);
        assertEquals(far, stream.uniform((1L << 33) + 1));
    }

    @ParameterizedTest
    @CsvSource({
        "0, LEFT_FRAME, 0, -0x1.973628c131c06p-2, -0x1.3dd84ff91e708p-2, 0x1.63083c830bea5p+0, 0x1.511d43e0f2703p-2,"
                + " 0x1.33da082f311ffp-4",
        "1, FACTOR, 2, -0x1.50defe813a0d1p-1, 0x1.33d7bdef76c85p-2, 0x1.aa16ebe97b8a5p-1, 0x1.751a060540d75p-1,"
                + " 0x1.273105c8f17c2p-1",
        "-1, NOISE, 0, -0x1.bafd7c0c5e1c6p+0, 0x1.a88863ef4afd2p-11, 0x1.ce6ba35e18e70p-1, 0x1.9d31420cce75cp-5,"
                + " -0x1.97b974dcf7309p-1",
        "9223372036854775807, RIGHT_FRAME, 7, 0x1.9353e79236b71p+0, 0x1.0cf8a58c763a6p+0, 0x1.af73dc1b15e05p+0,"
                + " 0x1.1f753fb94ad87p-7, -0x1.fd2c840189b90p-1"
    })
    void theNormalNumbersOfASeedStayAsTheyAre(
            long seed, Purpose purpose, int index, double g0, double g1, double g2, double g3, double far) {
        RandomStream stream = new RandomStream(seed, purpose, index);
        double[] first = {stream.gaussian(0), stream.gaussian(1), stream.gaussian(2), stream.gaussian(3)};
        assertArrayEquals(new double[] {g0, g1, g2, g3}, first);
        assertEquals(far, stream.gaussian((1L << 33) + 1));
    }
}
