package org.gradus.backend.cuda;

import static org.gradus.backend.cuda.EmulatedStream.check;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.jcublas.JCublas2;
import jcuda.jcublas.cublasHandle;
import jcuda.jcublas.cublasPointerMode;
import jcuda.jcublas.cublasStatus;
import jcuda.runtime.cudaStream_t;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** y ← alpha·op(A)·x + beta·y of the emulator's libcublas.so.12: values, and what is refused and noticed. */
final class EmulatorBlasVectorTest extends EmulatorFixture {
    private static final int INVALID_VALUE = cublasStatus.CUBLAS_STATUS_INVALID_VALUE;
    private static final int EXECUTION_FAILED = cublasStatus.CUBLAS_STATUS_EXECUTION_FAILED;
    private static final int WORKSPACE = 4 << 20;

    private cublasHandle handle;

    @BeforeEach
    void open() {
        handle = new cublasHandle();
        check(JCublas2.cublasCreate(handle));
        check(JCublas2.cublasSetStream(handle, device.stream()));
    }

    @AfterEach
    void close() {
        JCublas2.cublasDestroy(handle);
    }

    /** A of m×n with gaps between the columns. */
    private record Product(boolean single, int trans, int m, int n, int incx, int incy) {
        int lda() {
            return m + 2;
        }

        int inner() {
            return trans == 0 ? n : m;
        }

        int outer() {
            return trans == 0 ? m : n;
        }

        /** Where element i lies: with a negative increment the first is the last in memory. */
        static int at(int i, int length, int increment) {
            return increment > 0 ? i * increment : (length - 1 - i) * -increment;
        }

        double[] random(int count, long seed) {
            return new SplittableRandom(seed)
                    .doubles(count, -1, 1)
                    .map(x -> single ? (float) x : x)
                    .toArray();
        }

        double[] a() {
            return random(lda() * n, 1);
        }

        double[] x() {
            return random(1 + (inner() - 1) * Math.abs(incx), 2);
        }

        double[] y() {
            return random(1 + (outer() - 1) * Math.abs(incy), 3);
        }

        double[] expected(double alpha, double beta, double[] y) {
            double[] a = a();
            double[] x = x();
            double[] out = y.clone();
            for (int i = 0; i < outer(); i++) {
                double sum = 0;
                for (int p = 0; p < inner(); p++) {
                    sum += a[trans == 0 ? i + p * lda() : p + i * lda()] * x[at(p, inner(), incx)];
                }
                int target = at(i, outer(), incy);
                out[target] = alpha * sum + (beta == 0 ? 0 : beta * y[target]);
            }
            return out;
        }

        CUdeviceptr upload(EmulatedStream device, double... values) {
            return single ? device.floats(values) : device.doubles(values);
        }

        Pointer host(double value) {
            return single ? Pointer.to(new float[] {(float) value}) : Pointer.to(new double[] {value});
        }

        int call(cublasHandle h, Pointer alpha, Pointer a, Pointer x, Pointer beta, Pointer y) {
            return single
                    ? JCublas2.cublasSgemv(h, trans, m, n, alpha, a, lda(), x, incx, beta, y, incy)
                    : JCublas2.cublasDgemv(h, trans, m, n, alpha, a, lda(), x, incx, beta, y, incy);
        }
    }

    private static final Product SMALL = new Product(false, 1, 3, 4, 1, 1);

    private static Stream<Product> products(boolean single, int trans) {
        int[][] sizes = {{1, 1}, {5, 7}, {7, 5}, {33, 1}, {1, 33}, {300, 40}};
        int[][] increments = {{1, 1}, {2, 3}, {-1, 2}, {3, -2}};
        return Arrays.stream(sizes)
                .flatMap(s -> Arrays.stream(increments).map(i -> new Product(single, trans, s[0], s[1], i[0], i[1])));
    }

    private double[] found(Product product, CUdeviceptr y, int count) {
        return product.single() ? device.floats(y, count) : device.doubles(y, count);
    }

    @ParameterizedTest
    @CsvSource({"false, 0", "false, 1", "false, 2", "true, 0", "true, 1", "true, 2"})
    void productsAgreeWithPlainLoops(boolean single, int trans) {
        products(single, trans).forEach(product -> {
            double[] y = product.y();
            CUdeviceptr a = product.upload(device, product.a());
            CUdeviceptr x = product.upload(device, product.x());
            CUdeviceptr out = product.upload(device, y);
            check(product.call(handle, product.host(1.25), a, x, product.host(-0.5), out));
            double tolerance = (single ? 1e-6 : 1e-15) * (product.inner() + 4);
            assertArrayEquals(
                    product.expected(1.25, -0.5, y), found(product, out, y.length), tolerance, product::toString);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void betaOfZeroDoesNotReadY(boolean single) {
        Product product = new Product(single, 0, 5, 4, 1, 1);
        double[] nan = new double[5];
        Arrays.fill(nan, Double.NaN);
        CUdeviceptr y = product.upload(device, nan);
        check(product.call(
                handle,
                product.host(1),
                product.upload(device, product.a()),
                product.upload(device, product.x()),
                product.host(0),
                y));
        assertArrayEquals(product.expected(1, 0, nan), found(product, y, 5), single ? 1e-5 : 1e-14);
    }

    @Test
    void alphaOfZeroReadsNeitherAnorX() {
        CUdeviceptr y = device.doubles(1, 2, 3, 4);
        Pointer nothing = new Pointer();
        check(SMALL.call(handle, SMALL.host(0), nothing, nothing, SMALL.host(3), y));
        assertArrayEquals(new double[] {3, 6, 9, 12}, device.doubles(y, 4));
    }

    @Test
    void replaysOfACaptureAddUpAndDeviceScalarsAreReadAtExecution() {
        check(JCublas2.cublasSetWorkspace(handle, device.allocate(WORKSPACE), WORKSPACE));
        check(JCublas2.cublasSetPointerMode(handle, cublasPointerMode.CUBLAS_POINTER_MODE_DEVICE));
        CUdeviceptr alpha = device.doubles(100);
        CUdeviceptr beta = device.doubles(1);
        CUdeviceptr a = device.doubles(SMALL.a());
        CUdeviceptr x = device.doubles(SMALL.x());
        CUdeviceptr y = device.doubles(SMALL.y());
        int status = device.captureThenLaunch(
                () -> check(SMALL.call(handle, alpha, a, x, beta, y)), () -> device.write(alpha, 1), 3);
        assertEquals(0, status);
        assertArrayEquals(SMALL.expected(3, 1, SMALL.y()), device.doubles(y, 4), 1e-14);
    }

    @Test
    void aCaptureWithoutAWorkspaceFails() {
        CUdeviceptr y = device.doubles(SMALL.y());
        CUdeviceptr a = device.doubles(SMALL.a());
        CUdeviceptr x = device.doubles(SMALL.x());
        int status = device.captureAndLaunch(
                1, () -> assertEquals(EXECUTION_FAILED, SMALL.call(handle, SMALL.host(1), a, x, SMALL.host(0), y)));
        assertNotEquals(0, status);
        assertMisuse("workspace");
    }

    @Test
    void sizesLeadingDimensionsAndIncrementsThatCannotBeAreRefused() {
        Pointer one = SMALL.host(1);
        CUdeviceptr a = device.doubles(SMALL.a());
        CUdeviceptr x = device.doubles(SMALL.x());
        CUdeviceptr y = device.doubles(SMALL.y());
        int[][] wrong = {{-1, 4, 5, 1, 1}, {3, -1, 5, 1, 1}, {3, 4, 2, 1, 1}, {3, 4, 5, 0, 1}, {3, 4, 5, 1, 0}};
        for (int[] w : wrong) {
            int status = JCublas2.cublasDgemv(handle, 1, w[0], w[1], one, a, w[2], x, w[3], one, y, w[4]);
            assertEquals(INVALID_VALUE, status, Arrays.toString(w));
        }
        assertEquals(INVALID_VALUE, JCublas2.cublasDgemv(handle, 3, 3, 4, one, a, 5, x, 1, one, y, 1));
        check(JCublas2.cublasDgemv(handle, 1, 0, 4, one, a, 5, x, 1, one, y, 1));
        assertArrayEquals(SMALL.y(), device.doubles(y, 4), "without rows nothing is done");
    }

    @Test
    void handlesWithoutStreamAreAMisuse() {
        check(JCublas2.cublasSetStream(handle, new cudaStream_t()));
        CUdeviceptr a = device.doubles(SMALL.a());
        CUdeviceptr x = device.doubles(SMALL.x());
        CUdeviceptr y = device.doubles(SMALL.y());
        assertEquals(EXECUTION_FAILED, SMALL.call(handle, SMALL.host(1), a, x, SMALL.host(0), y));
        assertMisuse("no stream");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "x", "y"})
    void operandsBeyondTheirAllocationAreAMisuse(String which) {
        CUdeviceptr small = device.doubles(1, 2);
        CUdeviceptr a = which.equals("A") ? small : device.doubles(SMALL.a());
        CUdeviceptr x = which.equals("x") ? small : device.doubles(SMALL.x());
        CUdeviceptr y = which.equals("y") ? small : device.doubles(SMALL.y());
        SMALL.call(handle, SMALL.host(1), a, x, SMALL.host(0), y);
        assertNotEquals(0, device.synchronize());
        assertMisuse(": " + which + ":");
    }

    @Test
    void outputsThatAreInputsAreAMisuse() {
        CUdeviceptr both = device.doubles(1, 2, 3, 4);
        CUdeviceptr a = device.doubles(SMALL.a());
        SMALL.call(handle, SMALL.host(1), a, both, SMALL.host(0), both);
        assertNotEquals(0, device.synchronize());
        assertMisuse("overlaps");
    }

    @Test
    void callsFailOnDemand() {
        Emulator.fail("cublasDgemv_v2:1");
        CUdeviceptr y = device.doubles(SMALL.y());
        Pointer nothing = new Pointer();
        assertEquals(EXECUTION_FAILED, SMALL.call(handle, SMALL.host(0), nothing, nothing, SMALL.host(1), y));
    }
}
