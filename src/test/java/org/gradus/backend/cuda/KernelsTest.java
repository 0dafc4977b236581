package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gradus.backend.Precision;
import org.gradus.backend.cuda.ElementwiseKernels.Operand;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Element-wise kernels and sums on the emulator against plain loops. */
final class KernelsTest {
    private static final double OUTSIDE = 77;

    private final SplittableRandom random = new SplittableRandom(1);
    private KernelDevice device;

    @TempDir
    static Path cache;

    /** Sizes around packs, warps and blocks; some batches larger than a block has rows. */
    static Stream<Arguments> shapes() {
        int[] entries = {1, 2, 3, 4, 5, 31, 32, 33, 63, 64, 65, 255, 256, 257, 1023, 1025, 4096, 4097, 9000};
        return Stream.of(Precision.values())
                .flatMap(precision -> Arrays.stream(entries)
                        .boxed()
                        .flatMap(n -> IntStream.of(1, 2, n < 64 ? 300 : 3)
                                .boxed()
                                .flatMap(batch -> IntStream.of(0, 1, 4)
                                        .mapToObj(gap -> Arguments.of(precision, n, batch, gap)))));
    }

    @BeforeEach
    void open() {
        device = KernelDevice.open(cache);
    }

    @AfterEach
    void close() {
        if (device != null) {
            device.close();
        }
    }

    /** Numbers that float32 holds exactly, so that both precisions see the same. */
    private double[] numbers(int count) {
        return random.doubles(count, -2, 2).map(x -> (float) x).toArray();
    }

    private interface Entry {
        double of(double s, double x, double old);
    }

    private interface Call {
        void launch(Operand perRun, Operand x, Operand out);
    }

    /** All of {x its own, x shared} × {s its own, s shared}; what lies between the runs' matrices stays as it was. */
    private void compare(Precision precision, int entries, int batch, int gap, Entry wanted, Call call) {
        int stride = entries + gap;
        for (int shared = 0; shared < 4; shared++) {
            boolean sharedX = shared % 2 == 1;
            boolean sharedS = shared / 2 == 1;
            double[] s = numbers(sharedS ? 1 : batch);
            double[] x = numbers(sharedX ? entries : stride * batch);
            double[] out = numbers(stride * batch);
            double[] expected = out.clone();
            for (int b = 0; b < batch; b++) {
                for (int i = 0; i < entries; i++) {
                    int at = b * stride + i;
                    expected[at] = wanted.of(s[sharedS ? 0 : b], x[sharedX ? i : at], out[at]);
                }
            }
            long outAddress = device.put(precision, out);
            call.launch(
                    new Operand(device.put(precision, s), sharedS ? 0 : 1),
                    new Operand(device.put(precision, x), sharedX ? 0 : stride),
                    new Operand(outAddress, stride));
            double[] found = device.get(precision, outAddress, out.length);
            assertArrayEquals(expected, found, precision == Precision.FLOAT64 ? 1e-15 : 1e-6);
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void residualScalesWhatIsLeftOfTheTarget(Precision precision, int entries, int batch, int gap) {
        ElementwiseKernels kernels = new ElementwiseKernels(device.modules(), precision);
        compare(
                precision,
                entries,
                batch,
                gap,
                (s, x, old) -> s * (old - x),
                (s, x, out) -> kernels.residual(device.stream(), s, x, out, entries, batch));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void scaleMultipliesByTheRunsNumber(Precision precision, int entries, int batch, int gap) {
        ElementwiseKernels kernels = new ElementwiseKernels(device.modules(), precision);
        compare(
                precision,
                entries,
                batch,
                gap,
                (s, x, old) -> s * old,
                (s, x, out) -> kernels.scale(device.stream(), s, out, entries, batch));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void addScaledAddsTheRunsMultiple(Precision precision, int entries, int batch, int gap) {
        ElementwiseKernels kernels = new ElementwiseKernels(device.modules(), precision);
        compare(
                precision,
                entries,
                batch,
                gap,
                (s, x, old) -> old + s * x,
                (s, x, out) -> kernels.addScaled(device.stream(), s, x, out, entries, batch));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void copyTakesTheInput(Precision precision, int entries, int batch, int gap) {
        ElementwiseKernels kernels = new ElementwiseKernels(device.modules(), precision);
        compare(
                precision,
                entries,
                batch,
                gap,
                (s, x, old) -> x,
                (s, x, out) -> kernels.copy(device.stream(), x, out, entries, batch));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void sumsOfSquaresAreRightAndTheSameInAnyBatch(Precision precision, int entries, int batch, int gap) {
        ReductionKernels kernels = new ReductionKernels(device.modules(), precision);
        int stride = entries + gap;
        double[] x = numbers(stride * batch);
        long in = device.put(precision, x);
        double[] sums = new double[2 * batch];
        Arrays.fill(sums, OUTSIDE);
        long out = device.put(Precision.FLOAT64, sums);
        long scratch = scratch(entries, batch);
        kernels.sumOfSquares(device.stream(), new Operand(in, stride), new Operand(out, 2), scratch, entries, batch);
        double[] found = device.get(Precision.FLOAT64, out, 2 * batch);
        for (int b = 0; b < batch; b++) {
            double expected = Arrays.stream(x, b * stride, b * stride + entries)
                    .map(v -> v * v)
                    .sum();
            assertEquals(expected, found[2 * b], 1e-13 * expected);
            assertEquals(OUTSIDE, found[2 * b + 1]);
        }
        kernels.sumOfSquares(device.stream(), new Operand(in, stride), new Operand(out, 1), scratch, entries, 1);
        assertEquals(found[0], device.get(Precision.FLOAT64, out, 1)[0], 0.0, "alone as in the batch");
    }

    private long scratch(int entries, int batch) {
        long numbers = ReductionKernels.scratch(entries, batch);
        assertTrue(numbers == 0 || entries > 4096, "small matrices need no scratch memory");
        return numbers == 0 ? 0 : device.put(Precision.FLOAT64, new double[Math.toIntExact(numbers)]);
    }
}
