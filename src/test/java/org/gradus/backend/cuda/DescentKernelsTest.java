package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.gradus.backend.Precision;
import org.gradus.backend.cuda.ElementwiseKernels.Operand;
import org.gradus.linalg.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** kernels/descent.cu on the emulator against the update written as the gradient's formula. */
final class DescentKernelsTest {
    private static final int STEPS = 5;
    private static final int GAP = 3;

    private final SplittableRandom random = new SplittableRandom(5);

    @TempDir
    static Path cache;

    static Stream<Arguments> chains() {
        int[][] chains = {
            {5, 5},
            {1, 1},
            {3, 3, 3},
            {8, 8, 8, 8},
            {9, 9, 9, 9},
            {16, 15, 17, 16},
            {4, 32, 3},
            {24, 24, 24},
            {25, 25, 25},
            {31, 7, 32, 1, 5},
            {32, 32, 32, 32},
            {2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2}
        };
        return Stream.of(Precision.values())
                .flatMap(precision -> Stream.of(chains)
                        .flatMap(
                                chain -> Stream.of(true, false).map(shared -> Arguments.of(precision, chain, shared))));
    }

    private Matrix random(int rows, int cols) {
        Matrix a = Matrix.zeros(rows, cols);
        for (int i = 0; i < a.data().length; i++) {
            a.data()[i] = (float) (random.nextGaussian() / Math.sqrt(cols));
        }
        return a;
    }

    private static Matrix product(Matrix a, Matrix b) {
        Matrix out = Matrix.zeros(a.rows(), b.cols());
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < b.cols(); j++) {
                double sum = 0;
                for (int k = 0; k < a.cols(); k++) {
                    sum += a.get(i, k) * b.get(k, j);
                }
                out.set(i, j, sum);
            }
        }
        return out;
    }

    /** W_to ⋯ W_from (1-based), the identity of that size where there is none. */
    private static Matrix product(List<Matrix> factors, int from, int to, int size) {
        Matrix product = Matrix.zeros(size, size);
        for (int i = 0; i < size; i++) {
            product.set(i, i, 1);
        }
        for (int j = from; j <= to; j++) {
            product = product(factors.get(j - 1), product);
        }
        return product;
    }

    /** W_j + s·(W_N ⋯ W_{j+1})ᵀ (W − T) (W_{j−1} ⋯ W_1)ᵀ for all j at once. */
    private static List<Matrix> step(List<Matrix> factors, Matrix target, double s) {
        int depth = factors.size();
        Matrix residual = product(factors, 1, depth, target.cols());
        for (int i = 0; i < residual.data().length; i++) {
            residual.data()[i] = s * (residual.data()[i] - target.data()[i]);
        }
        List<Matrix> next = new ArrayList<>();
        for (int j = 1; j <= depth; j++) {
            Matrix above = product(factors, j + 1, depth, factors.get(j - 1).rows());
            Matrix below = product(factors, 1, j - 1, target.cols());
            Matrix update = product(product(above.transposed(), residual), below.transposed());
            for (int i = 0; i < update.data().length; i++) {
                update.data()[i] += factors.get(j - 1).data()[i];
            }
            next.add(update);
        }
        return next;
    }

    @ParameterizedTest
    @MethodSource("chains")
    void stepsAreTheGradientsAndAFrozenRunKeepsEveryBit(Precision precision, int[] sizes, boolean sharedTarget) {
        double[] steps = {(float) -0.02, 0, (float) -0.05};
        int depth = sizes.length - 1;
        List<List<Matrix>> runs = new ArrayList<>();
        List<Matrix> targets = new ArrayList<>();
        for (int b = 0; b < steps.length; b++) {
            List<Matrix> factors = new ArrayList<>();
            for (int j = 1; j <= depth; j++) {
                factors.add(random(sizes[j], sizes[j - 1]));
            }
            runs.add(factors);
            targets.add(b > 0 && sharedTarget ? targets.get(0) : random(sizes[depth], sizes[0]));
        }
        try (KernelDevice device = KernelDevice.open(cache)) {
            List<Operand> operands = new ArrayList<>();
            for (int j = 0; j < depth; j++) {
                int factor = j;
                List<Matrix> same = runs.stream().map(run -> run.get(factor)).toList();
                operands.add(new Operand(
                        device.put(precision, spaced(same)), same.get(0).data().length + GAP));
            }
            long target = device.put(precision, spaced(targets));
            long targetStride = sharedTarget ? 0 : targets.get(0).data().length + GAP;
            new DescentKernels(device.modules(), precision)
                    .descend(
                            device.stream(),
                            sizes,
                            device.put(DescentKernels.chain(sizes, operands)),
                            new Operand(target, targetStride),
                            new Operand(device.put(precision, steps), 1),
                            steps.length,
                            STEPS);
            for (int b = 0; b < steps.length; b++) {
                List<Matrix> expected = runs.get(b);
                for (int k = 0; k < STEPS && steps[b] != 0; k++) {
                    expected = step(expected, targets.get(b), steps[b]);
                }
                for (int j = 0; j < depth; j++) {
                    int stride = Math.toIntExact(operands.get(j).stride());
                    double[] all = device.get(precision, operands.get(j).address(), stride * steps.length);
                    double[] found = Arrays.copyOfRange(all, b * stride, (b + 1) * stride - GAP);
                    double tolerance = steps[b] == 0 ? 0 : precision == Precision.FLOAT64 ? 1e-13 : 2e-5;
                    assertArrayEquals(expected.get(j).data(), found, tolerance, "run " + b + ", factor " + (j + 1));
                    assertEquals(0, all[(b + 1) * stride - 1], "between the runs");
                }
            }
        }
    }

    private static double[] spaced(List<Matrix> runs) {
        int stride = runs.get(0).data().length + GAP;
        double[] all = new double[stride * runs.size()];
        for (int b = 0; b < runs.size(); b++) {
            System.arraycopy(runs.get(b).data(), 0, all, b * stride, stride - GAP);
        }
        return all;
    }

    @Test
    void factorsBeyondThirtyTwoDoNotFit() {
        assertTrue(DescentKernels.fits(new int[] {32, 32, 32, 32}, Precision.FLOAT64, 64 * 1024));
        assertFalse(DescentKernels.fits(new int[] {32, 33, 32}, Precision.FLOAT64, 1 << 20));
    }

    @ParameterizedTest
    @CsvSource({"FLOAT64, 232448, 13", "FLOAT32, 232448, 27", "FLOAT64, 101376, 6", "FLOAT64, 65536, 3"})
    void sharedMemoryBoundsTheDepth(Precision precision, int limit, int depth) {
        int[] sizes = new int[depth + 1];
        Arrays.fill(sizes, 32);
        assertTrue(DescentKernels.fits(sizes, precision, limit));
        int[] deeper = new int[depth + 2];
        Arrays.fill(deeper, 32);
        assertFalse(DescentKernels.fits(deeper, precision, limit));
    }
}
