package org.gradus.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlateausTest {
    private static final long HORIZON = 20_000;

    /** The longest interval, from the effective rank at every single step. */
    private static long[] byEveryStep(Modes modes, Start start, double eta, double target, double width) {
        long[] steps = LongStream.rangeClosed(0, HORIZON).toArray();
        double[] sum = new double[steps.length];
        double[] max = new double[steps.length];
        for (int i = 0; i < modes.size(); i++) {
            double[] p =
                    ScalarDynamics.path(start, modes.lambda()[i], eta, steps).product();
            for (int k = 0; k < p.length; k++) {
                sum[k] += modes.count()[i] * Math.abs(p[k]);
                max[k] = Math.max(max[k], Math.abs(p[k]));
            }
        }
        long[] best = {-1, -2};
        long first = -1;
        for (int k = 0; k <= steps.length; k++) {
            boolean inside = k < steps.length && Math.abs(sum[k] / max[k] - target) <= width;
            first = inside && first < 0 ? k : first;
            if (!inside && first >= 0) {
                best = k - 1 - first > best[1] - best[0] ? new long[] {first, k - 1} : best;
                first = -1;
            }
        }
        return best;
    }

    /** Signs, zeros, multiplicities, perturbed starts, step sizes up to beyond the stable limit. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void exactPlateausAreThoseOfTheRankAtEveryStep(int depth) {
        SplittableRandom random = new SplittableRandom(1300 + depth);
        for (int i = 0; i < 24; i++) {
            double[] spectrum = random.doubles(random.nextInt(1, 30), -1, 4).toArray();
            spectrum[0] = 5;
            Arrays.setAll(spectrum, j -> j % 7 == 6 ? spectrum[j - 1] : j % 5 == 4 ? 0 : spectrum[j]);
            Modes modes = Modes.exactly(spectrum);
            double alpha = random.nextDouble(0.1, 0.5);
            Start start = new Start(depth, alpha, i % 3 == 0 ? alpha * random.nextDouble(0.1, 1) : 0);
            double eta = random.nextDouble(0.02, 1.2) * StepSize.stableLimit(depth, 5);
            Tolerance tolerance = new Tolerance(random.nextDouble(0.01, 0.1), i % 2 == 0);
            double[] ranks = modes.effectiveRanks(start);
            List<Prediction.Plateau> plateaus = RankPlateaus.exact(modes, start, eta, tolerance, HORIZON);
            for (int rank = 1; rank <= ranks.length; rank++) {
                double target = ranks[rank - 1];
                long[] expected = byEveryStep(modes, start, eta, target, tolerance.around(target));
                Prediction.Plateau found = plateaus.get(rank - 1);
                String seen = "seed " + (1300 + depth) + " case " + i + " rank " + rank + ": " + found;
                assertEquals(expected[0] < 0 ? null : (Long) expected[0], found.first(), seen);
                long last = found.last() == null && found.exists() ? HORIZON : found.exists() ? found.last() : -2;
                assertEquals(expected[1], last, seen);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 0.01, 0.01", "2, 1e-4, 0.01", "3, 0.1, 0.002", "3, 0.02, 0.005", "4, 0.2, 0.0005"})
    void certifiedPlateausLieWithinTheExactOnesInOrder(int depth, double alpha, double eta) {
        Modes modes = Modes.exactly(10, 4, 1.5, 0.5, 0, 0, 0, 0, 0, 0);
        int certified = 0;
        for (double width : new double[] {0.01, 0.05, 0.1}) {
            List<Prediction.Plateau> plateaus = RankPlateaus.exact(
                    modes, Start.identical(depth, alpha), eta, Tolerance.relative(width), Query.DEFAULT_HORIZON);
            List<Prediction.Plateau> certain =
                    RankPlateaus.certified(modes, Start.identical(depth, alpha), eta, Tolerance.relative(width));
            long before = -1;
            for (int i = 0; i < plateaus.size(); i++) {
                Prediction.Plateau plateau = plateaus.get(i);
                assertTrue(!plateau.exists() || plateau.first() >= before, plateaus::toString);
                before = plateau.exists() ? plateau.first() : before;
                Long first = certain.get(i).certifiedFirst();
                Long last = certain.get(i).certifiedLast();
                // the certificate alone, before it is compared with anything
                if (first != null && plateau.first() > 50) {
                    certified++;
                    assertTrue(plateau.first() <= first, plateau + " " + certain.get(i));
                    assertTrue(plateau.last() == null || last <= plateau.last(), plateau + " " + certain.get(i));
                    assertEquals(first, plateau.certifiedFirst());
                }
            }
            assertTrue(plateaus.get(3).forEver() && plateaus.get(3).last() == null, plateaus::toString);
        }
        assertTrue(certified >= 3, "certified " + certified);
    }

    @Test
    void aCertificateIsTrueOfRandomSpectra() {
        SplittableRandom random = new SplittableRandom(77);
        int certified = 0;
        for (int i = 0; i < 60; i++) {
            int depth = random.nextInt(2, 6);
            double[] spectrum =
                    random.doubles(random.nextInt(2, 6), 0, 3).map(Math::exp).toArray();
            Modes modes = Modes.exactly(spectrum);
            Start start = Start.identical(depth, Math.pow(random.nextDouble(1e-6, 1e-2), 1.0 / depth));
            double eta = random.nextDouble(0.1, 1) * StepSize.monotoneLimit(depth, modes.largest(), start.scale());
            Tolerance tolerance = Tolerance.relative(random.nextDouble(0.02, 0.2));
            List<Prediction.Plateau> certain = RankPlateaus.certified(modes, start, eta, tolerance);
            for (Prediction.Plateau plateau : certain) {
                if (plateau.certifiedFirst() != null) {
                    certified++;
                    long first = plateau.certifiedFirst();
                    long last = plateau.certifiedLast() == null ? 2 * first : plateau.certifiedLast();
                    for (long k : new long[] {first, (first + last) / 2, last}) {
                        double rank = rankAt(modes, start, eta, k);
                        double off = Math.abs(rank - plateau.effectiveRank());
                        assertTrue(
                                off <= tolerance.around(plateau.effectiveRank()),
                                "seed 77: step " + k + ", " + plateau);
                    }
                }
            }
        }
        assertTrue(certified >= 60, "certified " + certified);
    }

    private static double rankAt(Modes modes, Start start, double eta, long step) {
        double sum = 0;
        double max = 0;
        for (int i = 0; i < modes.size(); i++) {
            double p = Math.abs(
                    ScalarDynamics.path(start, modes.lambda()[i], eta, step).product()[0]);
            sum += modes.count()[i] * p;
            max = Math.max(max, p);
        }
        return sum / max;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void plateausWidenAsTheStartShrinks(int depth) {
        Modes modes = Modes.exactly(10, 5, 2, 1, 0, 0, 0);
        long[] widths = new long[3];
        for (double alpha : new double[] {0.1, 0.03, 0.01, 0.003}) {
            List<Prediction.Plateau> plateaus = RankPlateaus.exact(
                    modes, Start.identical(depth, alpha), 1e-3, Tolerance.relative(0.03), Query.DEFAULT_HORIZON);
            for (int i = 0; i < 3; i++) {
                Prediction.Plateau plateau = plateaus.get(i);
                long width = plateau.exists() ? plateau.last() - plateau.first() : 0;
                assertTrue(
                        width > widths[i] || widths[i] == 0,
                        "alpha " + alpha + ": " + plateau + " after width " + widths[i]);
                widths[i] = width;
            }
        }
        assertTrue(Arrays.stream(widths).allMatch(width -> width > 100), Arrays.toString(widths));
    }

    @Test
    void aPlateauCutByTheHorizonHasNoLastStepAndIsNotForEver() {
        Modes modes = Modes.exactly(10, 1, 0, 0);
        Prediction.Plateau cut = RankPlateaus.exact(
                        modes, Start.identical(2, 1e-3), 0.01, Tolerance.absolute(0.01), 300)
                .get(0);
        assertNotNull(cut.first());
        assertNull(cut.last());
        assertTrue(!cut.forEver());
    }

    @Test
    void equalEigenvaluesHaveNoPlateauBetweenThem() {
        List<Prediction.Plateau> plateaus = RankPlateaus.exact(
                Modes.exactly(4, 2, 2, 0), Start.identical(2, 1e-3), 0.01, Tolerance.absolute(0.01), 100_000);
        assertNull(plateaus.get(1).certifiedFirst());
        assertTrue(plateaus.get(2).forEver());
    }
}
