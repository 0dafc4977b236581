package org.gradus.backend.cuda;

import static org.gradus.backend.cuda.EmulatedDevice.check;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Stream;
import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.jcublas.JCublas2;
import jcuda.jcublas.cublasHandle;
import jcuda.jcublas.cublasMath;
import jcuda.jcublas.cublasPointerMode;
import jcuda.jcublas.cublasStatus;
import jcuda.runtime.cudaStream_t;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The emulator's libcublas.so.12, called through JCuda's natives. */
final class EmulatorBlasTest {
    private static final int SUCCESS = cublasStatus.CUBLAS_STATUS_SUCCESS;
    private static final int NOT_INITIALIZED = cublasStatus.CUBLAS_STATUS_NOT_INITIALIZED;
    private static final int INVALID_VALUE = cublasStatus.CUBLAS_STATUS_INVALID_VALUE;
    private static final int EXECUTION_FAILED = cublasStatus.CUBLAS_STATUS_EXECUTION_FAILED;
    private static final int WORKSPACE = 4 << 20;
    private static final EmulatedProduct SMALL = new EmulatedProduct(false, 0, 1, 3, 4, 2, 2);

    private EmulatedDevice device;
    private cublasHandle handle;

    @BeforeEach
    void open() {
        device = new EmulatedDevice();
        handle = new cublasHandle();
        check(JCublas2.cublasCreate(handle));
        check(JCublas2.cublasSetStream(handle, device.stream()));
    }

    @AfterEach
    void close() {
        JCublas2.cublasDestroy(handle);
        device.close();
        String leaks = Emulator.leaks();
        Emulator.reset();
        assertEquals("", leaks);
    }

    static Stream<EmulatedProduct> products() {
        int[][] sizes = {{1, 1, 1}, {5, 7, 3}, {8, 6, 4}, {17, 13, 9}, {97, 11, 258}, {3, 485, 2}};
        return Stream.of(false, true)
                .flatMap(single -> Stream.of(0, 1, 2, 3)
                        .flatMap(t -> Arrays.stream(sizes)
                                .map(s -> new EmulatedProduct(single, t % 2, t / 2, s[0], s[1], s[2], 3))));
    }

    @ParameterizedTest
    @MethodSource("products")
    void productsAgreeWithPlainLoopsInBothForms(EmulatedProduct product) {
        for (boolean wide : new boolean[] {false, true}) {
            Operands operands = new Operands(product);
            check(product.call(
                    handle, wide, product.host(1.25), operands.a, operands.b, product.host(-0.5), operands.c));
            double tolerance = (product.single() ? 1e-5 : 1e-14) * product.k();
            assertArrayEquals(operands.expected(1.25, -0.5), operands.result(), tolerance);
        }
    }

    @Test
    void conjugateTransposesAreTransposes() {
        EmulatedProduct product = new EmulatedProduct(false, 2, 2, 4, 3, 5, 2);
        Operands operands = new Operands(product);
        check(product.call(handle, false, product.host(1), operands.a, operands.b, product.host(0), operands.c));
        assertArrayEquals(operands.expected(1, 0), operands.result(), 1e-14);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void betaOfZeroDoesNotReadC(boolean single) {
        EmulatedProduct product = new EmulatedProduct(single, 0, 0, 5, 4, 3, 2);
        Operands operands = new Operands(product);
        Arrays.fill(operands.hostC, Double.NaN);
        CUdeviceptr c = product.upload(device, operands.hostC);
        check(product.call(handle, false, product.host(1), operands.a, operands.b, product.host(0), c));
        assertArrayEquals(
                operands.expected(1, 0), product.download(device, c, operands.hostC.length), single ? 1e-5 : 1e-14);
    }

    @Test
    void withoutInnerDimensionOnlyCIsScaled() {
        EmulatedProduct product = new EmulatedProduct(false, 0, 0, 5, 4, 0, 2);
        Operands operands = new Operands(product);
        Pointer nothing = new Pointer();
        check(product.call(handle, false, product.host(1), nothing, nothing, product.host(3), operands.c));
        assertArrayEquals(operands.expected(1, 3), operands.result());
    }

    @Test
    void deviceScalarsAreReadAtExecutionAndHostScalarsAtTheCall() {
        check(JCublas2.cublasSetWorkspace(handle, device.allocate(WORKSPACE), WORKSPACE));
        Operands operands = new Operands(SMALL);
        CUdeviceptr alpha = device.doubles(100);
        CUdeviceptr beta = device.doubles(0);
        double[] host = {100};
        Operands other = new Operands(SMALL);
        int status = device.captureThenLaunch(
                () -> {
                    check(JCublas2.cublasSetPointerMode(handle, cublasPointerMode.CUBLAS_POINTER_MODE_DEVICE));
                    check(SMALL.call(handle, false, alpha, operands.a, operands.b, beta, operands.c));
                    check(JCublas2.cublasSetPointerMode(handle, cublasPointerMode.CUBLAS_POINTER_MODE_HOST));
                    check(SMALL.call(handle, false, Pointer.to(host), other.a, other.b, SMALL.host(0), other.c));
                    host[0] = 2;
                },
                () -> device.write(alpha, 2),
                1);
        assertEquals(0, status);
        assertArrayEquals(operands.expected(2, 0), operands.result(), 1e-13);
        assertArrayEquals(other.expected(100, 0), other.result(), 1e-11);
    }

    @Test
    void replaysOfACaptureAddUp() {
        check(JCublas2.cublasSetWorkspace(handle, device.allocate(WORKSPACE), WORKSPACE));
        Operands operands = new Operands(SMALL);
        int status = device.captureAndLaunch(
                3,
                () -> check(
                        SMALL.call(handle, false, SMALL.host(1), operands.a, operands.b, SMALL.host(1), operands.c)));
        assertEquals(0, status);
        assertArrayEquals(operands.expected(3, 1), operands.result(), 1e-13);
    }

    @Test
    void setStreamDropsTheWorkspaceAndACaptureWithoutOneFails() {
        check(JCublas2.cublasSetWorkspace(handle, device.allocate(WORKSPACE), WORKSPACE));
        check(JCublas2.cublasSetStream(handle, device.stream()));
        Operands operands = new Operands(SMALL);
        int[] call = new int[1];
        int status = device.captureAndLaunch(
                1,
                () -> call[0] =
                        SMALL.call(handle, false, SMALL.host(1), operands.a, operands.b, SMALL.host(0), operands.c));
        assertEquals(EXECUTION_FAILED, call[0]);
        assertNotEquals(0, status);
        assertMisuse("workspace");
    }

    @Test
    void workspacesAreAlignedDeviceMemoryOfOneHandle() {
        CUdeviceptr workspace = device.allocate(WORKSPACE + 256);
        assertEquals(INVALID_VALUE, JCublas2.cublasSetWorkspace(handle, workspace.withByteOffset(8), WORKSPACE));
        check(JCublas2.cublasSetWorkspace(handle, workspace, WORKSPACE));
        cublasHandle other = new cublasHandle();
        check(JCublas2.cublasCreate(other));
        assertEquals(EXECUTION_FAILED, JCublas2.cublasSetWorkspace(other, workspace.withByteOffset(256), WORKSPACE));
        assertMisuse("another handle's");
        JCublas2.cublasDestroy(other);
    }

    @Test
    void leadingDimensionsBelowTheRowsAreRefused() {
        Operands o = new Operands(SMALL);
        Pointer one = SMALL.host(1);
        int[][] leading = {{2, 4, 3}, {3, 3, 3}, {3, 4, 2}};
        for (int[] ld : leading) {
            int status = JCublas2.cublasDgemmStridedBatched(
                    handle, 0, 1, 3, 4, 2, one, o.a, ld[0], 9, o.b, ld[1], 9, one, o.c, ld[2], 18, 2);
            assertEquals(INVALID_VALUE, status);
        }
        assertEquals(
                INVALID_VALUE,
                new EmulatedProduct(false, 0, 0, -1, 4, 2, 2).call(handle, true, one, o.a, o.b, one, o.c));
        assertEquals(SUCCESS, new EmulatedProduct(false, 0, 0, 0, 4, 2, 2).call(handle, true, one, o.a, o.b, one, o.c));
    }

    @Test
    void operandsBeyondTheirAllocationAreAMisuse() {
        Operands operands = new Operands(SMALL);
        CUdeviceptr small = device.doubles(1, 2, 3);
        SMALL.call(handle, false, SMALL.host(1), operands.a, small, SMALL.host(0), operands.c);
        assertNotEquals(0, device.synchronize());
        assertMisuse("B");
    }

    @Test
    void outputsThatAreInputsAreAMisuse() {
        CUdeviceptr both = device.doubles(1, 2, 3, 4);
        Pointer one = SMALL.host(1);
        JCublas2.cublasDgemmStridedBatched(handle, 0, 0, 2, 2, 2, one, both, 2, 4, both, 2, 4, one, both, 2, 4, 1);
        assertNotEquals(0, device.synchronize());
        assertMisuse("overlaps");
    }

    @Test
    void handlesWithoutStreamAreAMisuse() {
        Operands operands = new Operands(SMALL);
        check(JCublas2.cublasSetStream(handle, new cudaStream_t()));
        assertEquals(
                EXECUTION_FAILED,
                SMALL.call(handle, false, SMALL.host(1), operands.a, operands.b, SMALL.host(0), operands.c));
        assertMisuse("no stream");
    }

    @Test
    void destroyedHandlesAreRefused() {
        cublasHandle other = new cublasHandle();
        check(JCublas2.cublasCreate(other));
        check(JCublas2.cublasDestroy(other));
        assertEquals(NOT_INITIALIZED, JCublas2.cublasSetStream(other, device.stream()));
    }

    @Test
    void callsFailOnDemand() {
        Operands operands = new Operands(SMALL);
        Emulator.fail("cublasDgemmStridedBatched:2");
        check(SMALL.call(handle, false, SMALL.host(1), operands.a, operands.b, SMALL.host(0), operands.c));
        assertEquals(
                EXECUTION_FAILED,
                SMALL.call(handle, false, SMALL.host(1), operands.a, operands.b, SMALL.host(0), operands.c));
        Emulator.fail("cublasCreate_v2:1");
        assertEquals(cublasStatus.CUBLAS_STATUS_ALLOC_FAILED, JCublas2.cublasCreate(new cublasHandle()));
    }

    @Test
    void versionIsThatOfCuda12() {
        int[] version = new int[1];
        check(JCublas2.cublasGetVersion(handle, version));
        assertEquals(12, version[0] / 10000);
    }

    @Test
    void tf32RoundsTheFactorsOfFloatProductsOnly() {
        double fine = 1 + 0x1p-12;
        double tie = 1 + 0x1p-11;
        check(JCublas2.cublasSetMathMode(handle, cublasMath.CUBLAS_TF32_TENSOR_OP_MATH));
        assertEquals(1, dot(true, fine), 0);
        assertEquals(1 + 0x1p-10, dot(true, tie), 0);
        assertEquals(fine, dot(false, fine), 0);
        check(JCublas2.cublasSetMathMode(handle, cublasMath.CUBLAS_DEFAULT_MATH));
        assertEquals(fine, dot(true, fine), 0);
    }

    /** x·1 as a 1 × 1 × 1 product. */
    private double dot(boolean single, double x) {
        EmulatedProduct product = new EmulatedProduct(single, 0, 0, 1, 1, 1, 1);
        CUdeviceptr c = product.upload(device, 0);
        check(product.call(
                handle,
                false,
                product.host(1),
                product.upload(device, x),
                product.upload(device, 1),
                product.host(0),
                c));
        return product.download(device, c, 1)[0];
    }

    /** Random operands of a product, on the host and on the device. */
    private final class Operands {
        final EmulatedProduct product;
        final double[] hostA;
        final double[] hostB;
        final double[] hostC;
        final CUdeviceptr a;
        final CUdeviceptr b;
        final CUdeviceptr c;

        Operands(EmulatedProduct product) {
            this.product = product;
            hostA = product.random(product.strideA(), 1);
            hostB = product.random(product.strideB(), 2);
            hostC = product.random(product.strideC(), 3);
            a = product.upload(device, hostA);
            b = product.upload(device, hostB);
            c = product.upload(device, hostC);
        }

        double[] expected(double alpha, double beta) {
            return product.expected(alpha, hostA, hostB, beta, hostC);
        }

        double[] result() {
            return product.download(device, c, hostC.length);
        }
    }

    private static void assertMisuse(String part) {
        assertTrue(Emulator.misuses().contains(part), Emulator.misuses());
    }
}
