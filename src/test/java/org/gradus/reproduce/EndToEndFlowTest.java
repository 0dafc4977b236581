package org.gradus.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.PlainMatrices;
import org.gradus.linalg.SparseMatrix;
import org.gradus.theory.FlowTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EndToEndFlowTest {

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void reachesAValueAtTheFlowTimeOfADiagonalTarget(int depth) {
        double lambda = 2;
        SparseMatrix target =
                SparseMatrix.of(2, 2, new int[] {0, 1, 0, 1}, new int[] {0, 0, 1, 1}, new double[] {lambda, 0, 0, 1});
        double start = 0.1;
        double level = 1.5;
        double time = FlowTime.between(depth, lambda, Math.pow(start, 1.0 / depth), Math.pow(level, 1.0 / depth));
        List<double[]> spectra = new ArrayList<>();
        new EndToEndFlow(target, depth, time / 400).integrate(Matrix.scaledIdentity(2, start), 1, 400, spectra);
        assertEquals(level, spectra.get(400)[0], 1e-8);
    }

    /** Small steps on the factors themselves, from identical ones, towards some entries of a matrix without symmetry. */
    @Test
    void followsTheFactorsOfASmallCompletion() {
        int[] rows = {0, 1, 2, 0, 1};
        int[] cols = {0, 1, 2, 1, 2};
        double[] values = {1.5, -0.7, 1, 0.6, 0.9};
        SparseMatrix observed = SparseMatrix.of(3, 3, rows, cols, values);
        double scale = 0.6;
        int steps = 40_000;
        double time = 3;
        Matrix[] w = new Matrix[3];
        for (int j = 0; j < 3; j++) {
            w[j] = Matrix.scaledIdentity(3, scale);
        }
        for (int k = 0; k < steps; k++) {
            w = step(w, observed, time / steps);
        }
        Matrix flow = new EndToEndFlow(observed, 3, time / 200)
                .integrate(Matrix.scaledIdentity(3, Math.pow(scale, 3)), 1, 200, new ArrayList<>());
        Matrix product = PlainMatrices.product(List.of(w[0], w[1], w[2]));
        for (int i = 0; i < 9; i++) {
            assertEquals(product.data()[i], flow.data()[i], 1e-3);
        }
    }

    private static Matrix[] step(Matrix[] w, SparseMatrix observed, double eta) {
        Matrix product = PlainMatrices.product(List.of(w[0], w[1], w[2]));
        double[] residual = observed.gather(product);
        for (int k = 0; k < residual.length; k++) {
            residual[k] = eta * (observed.values()[k] - residual[k]);
        }
        Matrix pull = observed.with(residual).dense();
        Matrix upper = PlainMatrices.product(List.of(w[1], w[2])).transposed();
        Matrix lower = PlainMatrices.product(List.of(w[0], w[1])).transposed();
        return new Matrix[] {
            PlainMatrices.plus(w[0], 1, PlainMatrices.product(List.of(pull, upper))),
            PlainMatrices.plus(w[1], 1, PlainMatrices.product(List.of(w[0].transposed(), pull, w[2].transposed()))),
            PlainMatrices.plus(w[2], 1, PlainMatrices.product(List.of(lower, pull)))
        };
    }
}
