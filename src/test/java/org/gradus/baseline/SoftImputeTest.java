package org.gradus.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.gradus.linalg.EveryEntry;
import org.gradus.linalg.LinearMap;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.PlainMatrices;
import org.gradus.linalg.Sampling;
import org.gradus.linalg.SparseMatrix;
import org.gradus.linalg.Spectrum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SoftImputeTest {
    private static final Accuracy FINE = new Accuracy(1e-7, 20_000);

    private static SparseMatrix noisy(int rows, int cols, int count) {
        Random random = new Random(rows);
        Matrix target = Instances.lowRank(random, rows, cols, 2, 10);
        return Instances.sample(random, PlainMatrices.plus(target, 0.1, Instances.gaussian(random, rows, cols)), count);
    }

    private static Estimate solve(LinearMap map, double[] y, double penalty) {
        return Baselines.softImpute(map, y, new double[] {penalty}, FINE, Watch.NONE)
                .get(0);
    }

    @Test
    void whereEverythingIsObservedSingularValuesLoseThePenalty() {
        Matrix target = Instances.gaussian(new Random(1), 6, 9);
        SparseMatrix all = Instances.entries(target, IntStream.range(0, 54).toArray());
        Estimate estimate = solve(new Sampling(all), all.values(), 1.5);
        assertTrue(Instances.relativeDistance(
                        estimate.matrix(), Shrinkage.of(target, 1.5).matrix())
                < 1e-6);
        Estimate exact = solve(new EveryEntry(6, 9), target.data(), 1.5);
        assertEquals(Shrinkage.of(target, 1.5).matrix(), exact.matrix());
        assertTrue(exact.certificate().orElseThrow().gap() < 1e-12);
        assertTrue(exact.certificate().orElseThrow().reached());
    }

    /** X = shrink(X + A*(y − A(X)), λ) holds at the optimum only: the step of soft-impute itself. */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.1, 0.01})
    void theEstimateIsAFixedPointOfSoftImpute(double fraction) {
        SparseMatrix observed = noisy(20, 15, 150);
        LinearMap map = new Sampling(observed);
        double penalty = fraction * Baselines.largestPenalty(map, observed.values());
        Matrix x = solve(map, observed.values(), penalty).matrix();
        Matrix missing = map.adjoint(Vectors.minus(observed.values(), map.apply(x)));
        Matrix next = Shrinkage.of(PlainMatrices.plus(x, 1, missing), penalty).matrix();
        assertTrue(Instances.relativeDistance(next, x) < 1e-5);
    }

    @Test
    void gradientsOfSensingAreSubgradientsOfThePenalty() {
        Random random = new Random(2);
        LinearMap map = Instances.gaussianOperators(random, 15, 12, 110);
        double[] y = map.apply(Instances.lowRank(random, 15, 12, 2, 6));
        for (int i = 0; i < y.length; i++) {
            y[i] += 0.05 * random.nextGaussian();
        }
        double penalty = 0.1 * Baselines.largestPenalty(map, y);
        Estimate estimate = solve(map, y, penalty);
        Matrix x = estimate.matrix();
        Matrix negativeGradient = map.adjoint(Vectors.minus(y, map.apply(x)));
        assertTrue(Spectrum.of(negativeGradient)[0] <= penalty * (1 + 1e-5));
        assertEquals(
                penalty * estimate.nuclearNorm(),
                PlainMatrices.inner(negativeGradient, x),
                1e-5 * penalty * estimate.nuclearNorm());
    }

    @Test
    void asThePenaltyVanishesTheEstimateTendsToThatOfTheConstraint() {
        SparseMatrix observed = noisy(20, 15, 150);
        LinearMap map = new Sampling(observed);
        Matrix limit =
                Baselines.nuclearNorm(map, observed.values(), FINE, Watch.NONE).matrix();
        double largest = Baselines.largestPenalty(map, observed.values());
        double last = Double.POSITIVE_INFINITY;
        for (double fraction : new double[] {1e-1, 1e-2, 1e-3, 1e-4}) {
            double distance = Instances.relativeDistance(
                    solve(map, observed.values(), fraction * largest).matrix(), limit);
            assertTrue(distance < 0.3 * last, fraction + ": " + distance + " after " + last);
            last = distance;
        }
        assertTrue(last < 1e-3, "at the end " + last);
    }

    @Test
    void aPathOfPenaltiesHasTheEstimatesOfEachAlone() {
        SparseMatrix observed = noisy(25, 18, 200);
        LinearMap map = new Sampling(observed);
        double largest = Baselines.largestPenalty(map, observed.values());
        double[] penalties = {1.1 * largest, 0.5 * largest, 0.1 * largest, 0.02 * largest};
        List<Estimate> path = Baselines.softImpute(map, observed.values(), penalties, FINE, Watch.NONE);
        assertEquals(Matrix.zeros(25, 18), path.get(0).matrix());
        for (int i = 1; i < penalties.length; i++) {
            Estimate alone = solve(map, observed.values(), penalties[i]);
            assertTrue(Instances.relativeDistance(path.get(i).matrix(), alone.matrix()) < 1e-4);
            double dual = alone.certificate().orElseThrow().dual();
            assertEquals(dual, path.get(i).certificate().orElseThrow().dual(), 2e-7 * dual);
        }
        double[] norms = path.stream().mapToDouble(Estimate::nuclearNorm).toArray();
        assertArrayEquals(java.util.Arrays.stream(norms).sorted().toArray(), norms);
    }

    @Test
    void theLargestPenaltyIsTheLeastWithZero() {
        SparseMatrix observed = noisy(9, 11, 40);
        LinearMap map = new Sampling(observed);
        double largest = Baselines.largestPenalty(map, observed.values());
        Estimate zero = solve(map, observed.values(), largest);
        assertEquals(0, zero.rank());
        assertEquals(0, zero.certificate().orElseThrow().gap());
        assertTrue(solve(map, observed.values(), 0.99 * largest).rank() > 0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void aPenaltyThatIsNotPositiveAndFiniteIsRefused(double penalty) {
        SparseMatrix observed = noisy(4, 3, 6);
        String message = assertThrows(
                        IllegalArgumentException.class, () -> solve(new Sampling(observed), observed.values(), penalty))
                .getMessage();
        assertTrue(message.startsWith("penalty " + (penalty == 0 ? "0" : penalty)), message);
    }
}
