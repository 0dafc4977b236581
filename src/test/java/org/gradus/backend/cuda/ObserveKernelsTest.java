package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** kernels/observe.cu on the emulator against plain loops; what lies between the runs' numbers stays as it was. */
final class ObserveKernelsTest {
    private static final int GAP = 3;

    private final SplittableRandom random = new SplittableRandom(2);
    private KernelDevice device;

    @TempDir
    static Path cache;

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

    private static Stream<Arguments> inBothPrecisions(int[]... sizes) {
        return Stream.of(Precision.values())
                .flatMap(precision ->
                        Arrays.stream(sizes).map(size -> Arguments.of(precision, size[0], size[1], size[2])));
    }

    /** Rows, columns, runs: around warps, blocks and stretches of 2,048 entries; few long columns and many short ones. */
    static Stream<Arguments> matrices() {
        return inBothPrecisions(
                new int[] {1, 1, 1},
                new int[] {1, 9, 300},
                new int[] {3, 5, 2},
                new int[] {31, 2, 5},
                new int[] {32, 33, 1},
                new int[] {33, 32, 2},
                new int[] {1, 2048, 2},
                new int[] {2047, 1, 3},
                new int[] {2048, 2, 1},
                new int[] {2049, 2, 2},
                new int[] {3, 700, 2},
                new int[] {127, 65, 1},
                new int[] {4097, 1, 2},
                new int[] {1023, 3, 2},
                new int[] {1025, 4, 1});
    }

    /** Numbers that float32 holds exactly, so that both precisions see the same. */
    private double[] numbers(int count) {
        return random.doubles(count, -2, 2).map(x -> (float) x).toArray();
    }

    private static double tolerance(Precision precision) {
        return precision == Precision.FLOAT64 ? 1e-15 : 1e-6;
    }

    /** Places in compressed columns, and the same as offsets. */
    private record Mask(int rows, int[] starts, int[] rowIndices, int[] offsets) {
        int cols() {
            return starts.length - 1;
        }

        int count() {
            return offsets.length;
        }
    }

    /** Columns with none, with all, and with some; at least one place. */
    private Mask mask(int rows, int cols) {
        int[] starts = new int[cols + 1];
        IntStream.Builder offsets = IntStream.builder();
        int count = 0;
        for (int j = 0; j < cols; j++) {
            double fraction = j == cols / 2 ? 1 : new double[] {0, 1, 0.3, 0.02}[random.nextInt(4)];
            for (int i = 0; i < rows; i++) {
                if (random.nextDouble() < fraction) {
                    offsets.add(i + j * rows);
                    count++;
                }
            }
            starts[j + 1] = count;
        }
        int[] all = offsets.build().toArray();
        return new Mask(rows, starts, Arrays.stream(all).map(at -> at % rows).toArray(), all);
    }

    private ObserveKernels.Columns put(Mask mask) {
        return new ObserveKernels.Columns(
                device.put(mask.starts()), device.put(mask.rowIndices()), mask.rows(), mask.cols(), mask.count());
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void gatherTakesThePlacesInOrder(Precision precision, int rows, int cols, int runs) {
        Mask mask = mask(rows, cols);
        int stride = rows * cols + GAP;
        int outStride = mask.count() + GAP;
        double[] x = numbers(stride * runs);
        double[] expected = numbers(outStride * runs);
        long out = device.put(precision, expected);
        for (int b = 0; b < runs; b++) {
            for (int k = 0; k < mask.count(); k++) {
                expected[b * outStride + k] = x[b * stride + mask.offsets()[k]];
            }
        }
        new ObserveKernels(device.modules(), precision)
                .gather(
                        device.stream(),
                        put(mask),
                        new Operand(device.put(precision, x), stride),
                        new Operand(out, outStride),
                        runs);
        assertArrayEquals(expected, device.get(precision, out, expected.length));
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void observedResidualsStayAndTheRestBecomesZero(Precision precision, int rows, int cols, int runs) {
        Mask mask = mask(rows, cols);
        int stride = rows * cols + GAP;
        int outStride = mask.count() + GAP;
        double[] s = numbers(runs);
        double[] y = numbers(mask.count());
        double[] x = numbers(stride * runs);
        double[] residuals = numbers(outStride * runs);
        long xAddress = device.put(precision, x);
        long residualsAddress = device.put(precision, residuals);
        for (int b = 0; b < runs; b++) {
            double[] before = Arrays.copyOfRange(x, b * stride, (b + 1) * stride);
            Arrays.fill(x, b * stride, b * stride + rows * cols, 0);
            for (int k = 0; k < mask.count(); k++) {
                int at = mask.offsets()[k];
                double residual = s[b] * (before[at] - y[k]);
                x[b * stride + at] = residual;
                residuals[b * outStride + k] = residual;
            }
        }
        new ObserveKernels(device.modules(), precision)
                .observedResidual(
                        device.stream(),
                        new Operand(device.put(precision, s), 1),
                        put(mask),
                        device.put(precision, y),
                        new Operand(residualsAddress, outStride),
                        new Operand(xAddress, stride),
                        runs);
        assertArrayEquals(x, device.get(precision, xAddress, x.length), 8 * tolerance(precision));
        assertArrayEquals(
                residuals, device.get(precision, residualsAddress, residuals.length), 8 * tolerance(precision));
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void innerProductsOfColumnsAreRightAndTheSameInAnyBatch(Precision precision, int rows, int cols, int runs) {
        int stride = rows * cols + GAP;
        int outStride = cols + GAP;
        ObserveKernels kernels = new ObserveKernels(device.modules(), precision);
        for (int shared = 0; shared < 2; shared++) {
            double[] a = numbers(stride * runs);
            double[] b = numbers(shared == 1 ? stride : stride * runs);
            double[] expected = numbers(outStride * runs);
            long out = device.put(precision, expected);
            for (int run = 0; run < runs; run++) {
                for (int j = 0; j < cols; j++) {
                    double sum = 0;
                    for (int i = 0; i < rows; i++) {
                        int at = run * stride + i + j * rows;
                        sum += a[at] * b[shared == 1 ? at % stride : at];
                    }
                    expected[run * outStride + j] = sum;
                }
            }
            Operand left = new Operand(device.put(precision, a), stride);
            Operand right = new Operand(device.put(precision, b), shared == 1 ? 0 : stride);
            kernels.columnInnerProducts(device.stream(), left, right, new Operand(out, outStride), rows, cols, runs);
            double[] found = device.get(precision, out, expected.length);
            assertArrayEquals(expected, found, 4 * rows * tolerance(precision));
            kernels.columnInnerProducts(device.stream(), left, right, new Operand(out, outStride), rows, cols, 1);
            assertArrayEquals(found, device.get(precision, out, found.length), "alone as in the batch");
        }
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void columnsAreScaledByTheirOwnNumber(Precision precision, int rows, int cols, int runs) {
        int stride = rows * cols + GAP;
        int dStride = cols + GAP;
        ObserveKernels kernels = new ObserveKernels(device.modules(), precision);
        for (int shared = 0; shared < 2; shared++) {
            double[] d = numbers(shared == 1 ? dStride : dStride * runs);
            double[] in = numbers(stride * runs);
            double[] expected = numbers(stride * runs);
            long out = device.put(precision, expected);
            for (int at = 0; at < stride * runs; at++) {
                int run = at / stride;
                if (at % stride < rows * cols) {
                    expected[at] = d[(shared == 1 ? 0 : run * dStride) + at % stride / rows] * in[at];
                }
            }
            kernels.scaleColumns(
                    device.stream(),
                    new Operand(device.put(precision, d), shared == 1 ? 0 : dStride),
                    new Operand(device.put(precision, in), stride),
                    new Operand(out, stride),
                    rows,
                    cols,
                    runs);
            assertArrayEquals(expected, device.get(precision, out, expected.length), 4 * tolerance(precision));
        }
    }

    /** Measurements, runs, and the distance of one observation from the next. */
    static Stream<Arguments> measurements() {
        return inBothPrecisions(
                new int[] {1, 1, 1},
                new int[] {1, 300, 1},
                new int[] {31, 2, 1},
                new int[] {32, 9, 5},
                new int[] {33, 3, 1},
                new int[] {255, 2, 4},
                new int[] {256, 1, 1},
                new int[] {257, 3, 1});
    }

    @ParameterizedTest
    @MethodSource("measurements")
    void misfitsAreMeasurementsMinusObservations(Precision precision, int count, int runs, int apart) {
        int outStride = count + GAP;
        double[] y = numbers(count * apart);
        double[] out = numbers(outStride * runs);
        double[] s = numbers(runs);
        double[] scaled = new double[count * runs];
        double[] expected = out.clone();
        for (int b = 0; b < runs; b++) {
            for (int i = 0; i < count; i++) {
                expected[b * outStride + i] -= y[i * apart];
                scaled[b * count + i] = s[b] * expected[b * outStride + i];
            }
        }
        ObserveKernels kernels = new ObserveKernels(device.modules(), precision);
        Operand observations = new Operand(device.put(precision, y), apart);
        long alone = device.put(precision, out);
        kernels.misfit(device.stream(), observations, new Operand(alone, outStride), count, runs);
        assertArrayEquals(expected, device.get(precision, alone, out.length), 4 * tolerance(precision));
        long first = device.put(precision, out);
        long copy = device.put(precision, new double[scaled.length]);
        Operand factors = new Operand(device.put(precision, s), 1);
        kernels.scaledMisfit(device.stream(), factors, observations, new Operand(first, outStride), copy, count, runs);
        assertArrayEquals(expected, device.get(precision, first, out.length), 4 * tolerance(precision));
        assertArrayEquals(scaled, device.get(precision, copy, scaled.length), 8 * tolerance(precision));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 256, 1",
        "3, 5, 4, 64, 1",
        "17, 1000, 32, 8, 125",
        "100, 4000, 32, 8, 500",
        "129, 1, 64, 4, 1",
        "513, 7, 256, 1, 7",
        "1000000, 2, 1024, 1, 2",
        "4, 3000000000, 4, 64, 8192"
    })
    void aLaunchOverColumnsFillsWarps(long rows, long columns, int along, int beside, int blocks) {
        Kernel.Launch launch = ObserveKernels.columnsLaunch(rows, columns);
        assertEquals(along, launch.blockX());
        assertEquals(beside, launch.blockY());
        assertEquals(blocks, launch.gridX());
        assertEquals(0, launch.blockX() * launch.blockY() % 32);
    }
}
