package org.gradus.problem;

import static org.gradus.backend.Transpose.NO;
import static org.gradus.backend.Transpose.YES;
import static org.gradus.linalg.PlainMatrices.rows;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.gradus.backend.Arena;
import org.gradus.backend.Backend;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;
import org.gradus.backend.Transpose;
import org.gradus.backend.reference.ReferenceBackend;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.PlainMatrices;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class EstimationTest {
    private static final Matrix TARGET = rows(new double[] {1, 2}, new double[] {3, 4});
    private static final Matrix CLEAN = rows(new double[] {0, 2}, new double[] {3, 6});
    private static final Matrix PRODUCT = rows(new double[] {2, 0}, new double[] {3, 5});

    private Backend backend;
    private Arena arena;

    @BeforeEach
    void open() {
        backend = new ReferenceBackend();
        arena = backend.openArena();
    }

    @AfterEach
    void close() {
        arena.close();
        backend.close();
    }

    private MatrixBatch upload(Matrix matrix) {
        MatrixBatch batch = arena.allocate(new Shape(1, matrix.rows(), matrix.cols()), Precision.FLOAT64);
        backend.ops().upload(matrix.data(), batch);
        return batch;
    }

    private static Matrix oriented(Matrix matrix, Transpose orientation) {
        return orientation == NO ? matrix : matrix.transposed();
    }

    private double[] read(MatrixBatch batch) {
        double[] host = new double[Math.toIntExact(batch.shape().size())];
        backend.ops().download(batch, host);
        return host;
    }

    private MatrixBatch empty(int rows, int cols) {
        return arena.allocate(new Shape(1, rows, cols), Precision.FLOAT64);
    }

    /** W − Ŵ = (1 −2; 0 1): squares 6. W − truth = (2 −2; 0 −1): squares 9. ‖truth‖² = 4 + 9 + 36 = 49. G times −2. */
    @ParameterizedTest
    @EnumSource
    void residualTestErrorAndGradientByHand(Transpose orientation) {
        Estimation problem = new Estimation(TARGET, Optional.of(CLEAN), Loss.SUM);
        BoundProblem bound = problem.bind(arena, Precision.FLOAT64, orientation, 1);
        MatrixBatch product = upload(oriented(PRODUCT, orientation));
        MatrixBatch scratch = empty(2, 2);
        MatrixBatch sums = empty(1, 1);
        bound.squaredResidual(backend.ops(), product, scratch, sums);
        assertArrayEquals(new double[] {6}, read(sums));
        bound.squaredTestError(backend.ops(), product, scratch, sums);
        assertArrayEquals(new double[] {9}, read(sums));
        assertEquals(49, problem.squaredTruth());
        bound.gradient(upload(rows(new double[] {-2})), product, scratch);
        Matrix gradient = rows(new double[] {-2, 4}, new double[] {0, -2});
        assertArrayEquals(oriented(gradient, orientation).data(), read(scratch), 1e-15);
        assertArrayEquals(oriented(PRODUCT, orientation).data(), read(product));
    }

    /** (1; 2)·(3, −1, 2) = (3 −1 2; 6 −2 4), the target all ones. */
    @Test
    void theGradientOfAProductIsFormedInEitherOrientation() {
        Matrix ones = rows(new double[] {1, 1, 1}, new double[] {1, 1, 1});
        Matrix left = rows(new double[] {1}, new double[] {2});
        Matrix right = rows(new double[] {3, -1, 2});
        Matrix gradient = rows(new double[] {1, -1, 0.5}, new double[] {2.5, -1.5, 1.5}); // times one half
        MatrixBatch half = upload(rows(new double[] {0.5}));
        Estimation problem = new Estimation(ones, Optional.empty(), Loss.MEAN);

        MatrixBatch out = empty(2, 3);
        problem.bind(arena, Precision.FLOAT64, NO, 1).gradient(half, NO, upload(left), NO, upload(right), out);
        assertArrayEquals(gradient.data(), read(out));

        MatrixBatch transposed = empty(3, 2);
        problem.bind(arena, Precision.FLOAT64, YES, 1)
                .gradient(half, YES, upload(right), YES, upload(left), transposed);
        assertArrayEquals(gradient.transposed().data(), read(transposed));
    }

    @Test
    void withoutACleanTargetThereIsNoTestError() {
        Estimation problem = new Estimation(TARGET, Optional.empty(), Loss.SUM);
        assertFalse(problem.hasTestError());
        assertEquals(Footprint.matrices(1, 2, 2), problem.footprint());
        BoundProblem bound = problem.bind(arena, Precision.FLOAT64, NO, 1);
        MatrixBatch product = upload(PRODUCT);
        assertThrows(
                IllegalStateException.class,
                () -> bound.squaredTestError(backend.ops(), product, empty(2, 2), empty(1, 1)));
    }

    @Test
    void aCleanTargetIsKeptBesideTheNoisyOne() {
        Estimation problem = new Estimation(TARGET, Optional.of(CLEAN), Loss.SUM);
        assertTrue(problem.hasTestError());
        assertEquals(Footprint.matrices(2, 2, 2), problem.footprint());
    }

    @Test
    void everyEntryIsAnObservation() {
        Estimation problem = new Estimation(Matrix.zeros(3, 5), Optional.empty(), Loss.MEAN);
        assertEquals(3, problem.rows());
        assertEquals(5, problem.cols());
        assertEquals(15, problem.observations());
    }

    @Test
    void aCleanTargetOfAnotherShapeIsRefused() {
        Optional<Matrix> wide = Optional.of(Matrix.zeros(2, 3));
        String said = assertThrows(IllegalArgumentException.class, () -> new Estimation(TARGET, wide, Loss.SUM))
                .getMessage();
        assertEquals("the clean target is a Matrix 2×3, the noisy one a Matrix 2×2", said);
        Optional<Matrix> tall = Optional.of(Matrix.zeros(3, 2));
        assertThrows(IllegalArgumentException.class, () -> new Estimation(TARGET, tall, Loss.SUM));
    }

    @Test
    void sumIsHalfTheSquaresAndMeanTheSquaresOverTheObservations() {
        assertEquals(3, Loss.SUM.of(6, 4));
        assertEquals(1.5, Loss.MEAN.of(6, 4));
    }

    /** L(W + tE) along one entry, by central difference, is c·G there for either loss. */
    @ParameterizedTest
    @EnumSource
    void theGradientFactorTurnsTheResidualIntoTheGradient(Loss loss) {
        double h = 1e-3;
        for (int i = 0; i < 4; i++) {
            Matrix unit = Matrix.zeros(2, 2);
            unit.data()[i] = 1;
            double slope = (valueAt(loss, PlainMatrices.plus(PRODUCT, h, unit))
                            - valueAt(loss, PlainMatrices.plus(PRODUCT, -h, unit)))
                    / (2 * h);
            double residual = PRODUCT.data()[i] - TARGET.data()[i];
            assertEquals(loss.gradientFactor(4) * residual, slope, 1e-12);
        }
    }

    private static double valueAt(Loss loss, Matrix product) {
        Matrix residual = PlainMatrices.plus(product, -1, TARGET);
        return loss.of(PlainMatrices.inner(residual, residual), 4);
    }
}
