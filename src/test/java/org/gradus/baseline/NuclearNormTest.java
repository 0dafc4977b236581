package org.gradus.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.gradus.linalg.DenseOperators;
import org.gradus.linalg.EveryEntry;
import org.gradus.linalg.FlattenedMatrices;
import org.gradus.linalg.Lapack;
import org.gradus.linalg.LinearMap;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.PlainMatrices;
import org.gradus.linalg.RankOneOperators;
import org.gradus.linalg.Sampling;
import org.gradus.linalg.SparseMatrix;
import org.gradus.linalg.Spectrum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NuclearNormTest {

    private static Estimate solve(LinearMap map, double[] y, double tolerance) {
        return Baselines.nuclearNorm(map, y, new Accuracy(tolerance, 20_000), Watch.NONE);
    }

    private static double nuclearNorm(Matrix w) {
        return Arrays.stream(Spectrum.of(w)).sum();
    }

    /** The conditions of optimality from the estimate's own numbers, by definitions that the solver does not use. */
    private static void assertOptimal(LinearMap map, double[] y, Estimate estimate, double tolerance) {
        Certificate certificate = estimate.certificate().orElseThrow();
        assertTrue(certificate.reached(), certificate::toString);
        Matrix w = estimate.matrix();
        int rank = estimate.rank();
        Lapack.Svd svd = Lapack.svd(w.copy());
        assertTrue(svd.values().length == rank || svd.values()[rank] < 1e-12 * svd.values()[0]);
        Matrix u = new Matrix(w.rows(), rank, Arrays.copyOf(svd.u().data(), w.rows() * rank));
        Matrix v =
                new Matrix(w.cols(), rank, Arrays.copyOf(svd.vt().transposed().data(), w.cols() * rank));

        Matrix z = map.adjoint(certificate.multipliers());
        assertTrue(Spectrum.of(z)[0] <= 1 + 1e-12, "‖Z‖ ≤ 1");
        Matrix h = PlainMatrices.plus(z, -1, Lapack.timesTransposed(u, v));
        Matrix p = Lapack.timesTransposed(u, u);
        Matrix ph = Lapack.times(p, h);
        Matrix hq = Lapack.times(h, Lapack.timesTransposed(v, v));
        Matrix tangent = PlainMatrices.plus(PlainMatrices.plus(ph, 1, hq), -1, Lapack.times(p, hq));
        assertTrue(PlainMatrices.norm(tangent) <= tolerance * Math.sqrt(rank), "P_T Z = UVᵀ");

        double feasibility = Vectors.distance(map.apply(w), y) / Vectors.norm(y);
        assertTrue(feasibility <= tolerance, "A(W) = y");
        assertEquals(feasibility, certificate.feasibility(), 1e-12);
        double dual = Vectors.inner(y, certificate.multipliers());
        assertEquals(dual, certificate.dual(), 1e-12 * dual);
        assertTrue(certificate.gap() <= tolerance && certificate.gap() > -1e-13);
        assertEquals(certificate.primal(), nuclearNorm(w), 3 * tolerance * certificate.primal());
    }

    /** V1: n = 100, rank 5, ‖Ŵ‖_F = 100. */
    @ParameterizedTest
    @CsvSource({"2000, 1", "2000, 2", "2000, 3", "5000, 1", "5000, 2", "5000, 3"})
    void conditionsOfOptimalityHoldForCompletionOfHundredByHundred(int count, long seed) {
        Random random = new Random(seed);
        Matrix target = Instances.lowRank(random, 100, 100, 5, 100);
        SparseMatrix observed = Instances.sample(random, target, count);
        LinearMap map = new Sampling(observed);
        Estimate estimate = Baselines.nuclearNorm(map, observed.values(), Accuracy.USUAL, Watch.NONE);
        assertOptimal(map, observed.values(), estimate, 1e-4);
        double truth = nuclearNorm(target);
        assertTrue(estimate.certificate().orElseThrow().dual() <= truth * (1 + 1e-12));
        // half of the entries determine the target; a fifth do not: the minimizer is of smaller norm and of larger rank
        boolean recovered = Instances.relativeDistance(estimate.matrix(), target) < 1e-3;
        assertEquals(count == 5000, recovered);
        assertEquals(recovered, estimate.rank() == 5);
        assertEquals(count == 2000, estimate.certificate().orElseThrow().primal() < truth * (1 - 1e-3));
    }

    @ParameterizedTest
    @CsvSource({"20, 30, 2, 250", "30, 20, 3, 400", "12, 12, 1, 60"})
    void conditionsOfOptimalityHoldForSensing(int rows, int cols, int rank, int count) {
        Random random = new Random(count);
        Matrix target = Instances.lowRank(random, rows, cols, rank, 7);
        LinearMap gaussian = Instances.gaussianOperators(random, rows, cols, count);
        LinearMap rankOne =
                new RankOneOperators(Instances.gaussian(random, rows, count), Instances.gaussian(random, cols, count));
        for (LinearMap map : new LinearMap[] {gaussian, rankOne}) {
            double[] y = map.apply(target);
            Estimate estimate = solve(map, y, 1e-5);
            assertOptimal(map, y, estimate, 1e-5);
            assertTrue(estimate.certificate().orElseThrow().dual() <= nuclearNorm(target));
        }
    }

    /**
     * ‖W‖_*² = ‖W‖_F² + 2|det W| for 2×2 matrices. With the last entry x unknown that is least at x = bc/a where |bc| ≤ a², else at
     * x = a·sign(abc).
     */
    @ParameterizedTest
    @CsvSource({"1, 0.5, 0.5, 0.25", "2, 1, -3, -1.5", "1, 3, 2, 1", "1, -3, 2, -1", "0, 1, 1, 0", "-1, 2, 2, -1"})
    void theLastEntryOfTwoByTwoIsTheKnownOne(double a, double b, double c, double x) {
        Matrix known = PlainMatrices.rows(new double[] {a, b}, new double[] {c, 0});
        SparseMatrix observed = Instances.entries(known, 0, 1, 2);
        Estimate estimate = solve(new Sampling(observed), observed.values(), 1e-9);
        assertEquals(x, estimate.matrix().get(1, 1), 1e-3);
        double optimum = Math.sqrt(a * a + b * b + c * c + x * x + 2 * Math.abs(a * x - b * c));
        assertEquals(optimum, estimate.nuclearNorm(), 1e-7);
    }

    @Test
    void sensingByPlacesIsCompletion() {
        Random random = new Random(4);
        SparseMatrix observed = Instances.sample(random, Instances.lowRank(random, 12, 9, 2, 5), 60);
        Estimate completed = solve(new Sampling(observed), observed.values(), 1e-7);
        Estimate sensed = solve(Instances.dense(observed), observed.values(), 1e-7);
        assertTrue(Instances.relativeDistance(sensed.matrix(), completed.matrix()) < 1e-9);
    }

    @Test
    void everyReportBracketsTheOptimalValue() {
        Random random = new Random(5);
        SparseMatrix observed = Instances.sample(random, Instances.lowRank(random, 30, 20, 3, 10), 250);
        LinearMap map = new Sampling(observed);
        Certificate end = solve(map, observed.values(), 1e-9).certificate().orElseThrow();
        int[] reports = {0};
        Baselines.nuclearNorm(map, observed.values(), new Accuracy(1e-8, 20_000), certificate -> {
            reports[0]++;
            assertTrue(certificate.dual() <= end.primal() * (1 + 1e-12));
            assertTrue(certificate.primal() >= end.dual() * (1 - 1e-12));
            assertFalse(certificate.reached());
        });
        assertTrue(reports[0] >= 3);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 1e6})
    void theEstimateScalesWithTheObservations(double factor) {
        Random random = new Random(6);
        SparseMatrix observed = Instances.sample(random, Instances.lowRank(random, 10, 14, 2, 5), 80);
        LinearMap map = new Sampling(observed);
        Matrix one = solve(map, observed.values(), 1e-6).matrix();
        Matrix scaled =
                solve(map, Vectors.times(factor, observed.values()), 1e-6).matrix();
        Matrix back = new Matrix(10, 14, Vectors.times(1 / factor, scaled.data()));
        assertTrue(Instances.relativeDistance(back, one) < 1e-8);
    }

    @Test
    void aRepeatedOperatorChangesNothingUnlessItsObservationsContradict() {
        Random random = new Random(7);
        Matrix target = Instances.lowRank(random, 8, 8, 1, 4);
        DenseOperators once = Instances.gaussianOperators(random, 8, 8, 40);
        double[] numbers = new double[64 * 41];
        once.source().read(0, 40, numbers);
        System.arraycopy(numbers, 0, numbers, 64 * 40, 64);
        DenseOperators twice = new DenseOperators(new FlattenedMatrices(8, 8, new Matrix(64, 41, numbers)));
        Estimate estimate = solve(twice, twice.apply(target), 1e-7);
        assertTrue(Instances.relativeDistance(
                        estimate.matrix(), solve(once, once.apply(target), 1e-7).matrix())
                < 1e-5);
        double[] contradicting = twice.apply(target);
        contradicting[40] += 1;
        String message = assertThrows(BaselineException.class, () -> solve(twice, contradicting, 1e-7))
                .getMessage();
        assertTrue(message.startsWith("no matrix agrees with all observations (at best within "), message);
    }

    @Test
    void zeroObservationsGiveZero() {
        SparseMatrix observed = Instances.entries(Matrix.zeros(3, 4), 0, 5, 7);
        Estimate estimate = solve(new Sampling(observed), observed.values(), 1e-4);
        assertEquals(Matrix.zeros(3, 4), estimate.matrix());
        assertEquals(0, estimate.certificate().orElseThrow().gap());
    }

    @Test
    void tooFewIterationsAreToldAndAWatchCancels() {
        Random random = new Random(8);
        SparseMatrix observed = Instances.sample(random, Instances.lowRank(random, 20, 20, 3, 5), 150);
        LinearMap map = new Sampling(observed);
        Certificate short_ = Baselines.nuclearNorm(map, observed.values(), new Accuracy(1e-9, 7), Watch.NONE)
                .certificate()
                .orElseThrow();
        assertEquals(7, short_.iterations());
        assertFalse(short_.reached());
        Interrupting watch = new Interrupting();
        assertThrows(
                CancellationException.class,
                () -> Baselines.nuclearNorm(map, observed.values(), new Accuracy(1e-9, 1000), watch));
        assertEquals(2, watch.seen);
    }

    /** After iteration 25. */
    private static final class Interrupting implements Watch {
        private int seen;
        private int asked;

        @Override
        public void sees(Certificate certificate) {
            seen++;
        }

        @Override
        public boolean interrupted() {
            return ++asked > 25;
        }
    }

    @Test
    void whereEveryEntryIsObservedTheTargetIsTheOnlyOneAllowed() {
        Matrix target = Instances.lowRank(new Random(9), 7, 5, 2, 3);
        Estimate estimate = solve(new EveryEntry(7, 5), target.data(), 1e-12);
        assertEquals(target, estimate.matrix());
        assertEquals(2, estimate.rank());
        Certificate certificate = estimate.certificate().orElseThrow();
        assertTrue(certificate.reached(), certificate::toString);
        assertEquals(nuclearNorm(target), certificate.dual(), 1e-13);
    }

    @Test
    void operatorsWhoseInnerProductsDoNotFitAreRefusedBeforeTheyAreTaken() {
        GramSolver.requireRoom(46_000, Long.MAX_VALUE);
        for (int operators : new int[] {46_341, Integer.MAX_VALUE}) {
            assertThrows(BaselineException.class, () -> GramSolver.requireRoom(operators, Long.MAX_VALUE));
        }
        String message = assertThrows(BaselineException.class, () -> GramSolver.requireRoom(10_000, 2_000_000_000))
                .getMessage();
        assertTrue(
                message.startsWith("10000 operators: their inner products and a factor of them take 1.6 GB"), message);
    }

    @Test
    void observationsOfTheWrongNumberOrNotFiniteAreRefused() {
        LinearMap map = new Sampling(Instances.entries(Matrix.zeros(3, 4), 0, 5, 7));
        assertThrows(IllegalArgumentException.class, () -> solve(map, new double[2], 1e-4));
        assertThrows(IllegalArgumentException.class, () -> solve(map, new double[] {1, Double.NaN, 0}, 1e-4));
        assertThrows(IllegalArgumentException.class, () -> new Accuracy(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Accuracy(1e-4, 0));
    }
}
