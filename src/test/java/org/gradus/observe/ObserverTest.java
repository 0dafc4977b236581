package org.gradus.observe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.gradus.init.Dimensions;
import org.gradus.linalg.Matrix;
import org.junit.jupiter.api.Test;

final class ObserverTest {
    private static final Dimensions SIZES = new Dimensions(List.of(3, 1, 2));
    private static final List<Observer> ALL = List.of(
            Observer.loss(),
            Observer.ranks(),
            Observer.testError(),
            Observer.singularValues(2),
            Observer.factorSingularValues(SIZES),
            Observer.balancedness());

    /** The order is promised to scripts: ranks, norms, test error, values of the product, then of the factors. */
    @Test
    void columnsHaveThePromisedNamesAndOrder() {
        assertEquals(
                "loss,effective_rank,stable_rank,entropy_rank,nuclear_norm,spectral_norm,frobenius_norm,test_error,"
                        + "sigma_1,sigma_2,factor_1_sigma_1,factor_2_sigma_1,balancedness",
                String.join(",", Recorder.columns(ALL)));
        Dimensions square = new Dimensions(List.of(2, 2, 2));
        assertEquals(
                List.of("factor_1_sigma_1", "factor_1_sigma_2", "factor_2_sigma_1", "factor_2_sigma_2"),
                Observer.factorSingularValues(square).columns());
        assertEquals(List.of(), Observer.singularValues(0).columns());
    }

    @Test
    void everyValueStandsUnderItsName() {
        double[] values = {4, 3};
        FixedState state = new FixedState(9, 0.25, values, 0.5, new double[][] {{7}, {8}}, 0.125, Matrix.zeros(2, 3));
        double[] row = new double[Recorder.columns(ALL).size() + 2];
        Arrays.fill(row, -1);
        int at = 1;
        for (Observer observer : ALL) {
            observer.observe(state, 0, row, at);
            at += observer.columns().size();
        }
        assertArrayEquals(
                new double[] {-1, 0.25, 1.75, 1.5625, Ranks.entropy(values), 7, 4, 5, 0.5, 4, 3, 7, 8, 0.125, -1},
                row,
                1e-15);
    }

    @Test
    void onlyTheLargestSingularValuesAreWrittenWhereFewerAreAskedFor() {
        double[] row = {-1, -1};
        Observer.singularValues(1).observe(FixedState.of(0, 0, 4, 3), 0, row, 0);
        assertArrayEquals(new double[] {4, -1}, row);
    }
}
