package org.gradus.observe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gradus.linalg.Lapack;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.Spectrum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AlignmentTest {
    /** diag(3, 2) above a row of zeros: the singular vectors are the axes. */
    private static final Matrix TARGET = new Matrix(3, 2, new double[] {3, 0, 0, 0, 2, 0});

    private static double[] observed(int count, Matrix product) {
        Alignment alignment = new Alignment(count, Lapack.svd(TARGET.copy()), Math.ulp(1.0));
        double[] out = new double[2 * count + 2];
        alignment.observe(FixedState.of(0, 1, Spectrum.of(product)).withProduct(product), 0, out, 1);
        assertEquals(0, out[0]);
        assertEquals(0, out[out.length - 1]);
        return Arrays.copyOfRange(out, 1, out.length - 1);
    }

    @Test
    void columnsAreLeftAnglesThenRightOnes() {
        assertEquals(
                List.of("left_angle_1", "left_angle_2", "right_angle_1", "right_angle_2"),
                new Alignment(2, Lapack.svd(TARGET.copy()), 1e-16).columns());
    }

    @Test
    void theTargetItselfIsAlignedWhateverItsScaleAndSign() {
        Matrix scaled = new Matrix(3, 2, new double[] {-3e-9, 0, 0, 0, 2e-9, 0});
        assertArrayEquals(new double[4], observed(2, scaled), 1e-15);
    }

    /** W = 3 u vᵀ + …, u turned by 1e-9 out of the plane of the target's left vectors, v by 0.3 within that of the right ones. */
    @Test
    void eachSideHasItsOwnAngles() {
        double c = Math.cos(0.3);
        double s = Math.sin(0.3);
        Matrix product = new Matrix(3, 2, new double[] {3 * c, 0, 3e-9 * c, 3 * s, 0, 3e-9 * s});
        assertArrayEquals(new double[] {1e-9, 0.3}, observed(1, product), 1e-16 * 4);
    }

    @Test
    void leadingVectorsInTheOtherOrderAreAtRightAnglesButSpanTheSame() {
        Matrix swapped = new Matrix(3, 2, new double[] {2, 0, 0, 0, 3, 0});
        assertArrayEquals(new double[] {Math.PI / 2, Math.PI / 2}, observed(1, swapped), 1e-15);
        assertArrayEquals(new double[4], observed(2, swapped), 1e-15);
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0", "1, 1, 1", "2, 1, 0", "2, 1, 1e-17", "1, 1, 0.9999999999999999"})
    void whatSpansNothingDefiniteHasNoAngles(int count, double first, double second) {
        Matrix product = new Matrix(3, 2, new double[] {first, 0, 0, 0, second, 0});
        double[] expected = new double[2 * count];
        Arrays.fill(expected, Double.NaN);
        assertArrayEquals(expected, observed(count, product));
    }

    @Test
    void targetsWithoutDefiniteVectorsAreRefused() {
        double[] values = {3, 2, 2, 1, 0};
        assertEquals(Optional.empty(), Alignment.refusal(1, values, 5, 5));
        assertEquals(Optional.empty(), Alignment.refusal(4, values, 5, 5));
        assertEquals(
                "the target's singular values 2 and 3 are equal, so its leading 2 singular vectors span nothing definite",
                Alignment.refusal(2, values, 5, 5).orElseThrow());
        assertEquals(
                "the target has rank 4, and beyond it no definite singular vectors",
                Alignment.refusal(5, values, 5, 5).orElseThrow());
        assertEquals(
                "the target has 5 singular values",
                Alignment.refusal(6, values, 5, 5).orElseThrow());
    }
}
