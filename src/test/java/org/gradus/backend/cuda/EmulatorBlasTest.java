package org.gradus.backend.cuda;

import static org.gradus.backend.cuda.EmulatedStream.check;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.Stream;
import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.jcublas.JCublas2;
import jcuda.jcublas.cublasHandle;
import jcuda.jcublas.cublasMath;
import jcuda.jcublas.cublasPointerMode;
import jcuda.jcublas.cublasStatus;
import jcuda.libraryPropertyType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of the emulator's libcublas.so.12, called through JCuda's natives. */
final class EmulatorBlasTest extends EmulatorFixture {
    private static final int WORKSPACE = 4 << 20;
    private static final EmulatedProduct SMALL = new EmulatedProduct(false, 0, 1, 3, 4, 2, 2);

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
            EmulatedOperands operands = new EmulatedOperands(device, product);
            check(product.call(
                    handle, wide, product.host(1.25), operands.a, operands.b, product.host(-0.5), operands.c));
            double tolerance = (product.single() ? 1e-5 : 1e-14) * product.k();
            assertArrayEquals(operands.expected(1.25, -0.5), operands.result(), tolerance);
        }
    }

    @Test
    void conjugateTransposesAreTransposes() {
        EmulatedProduct product = new EmulatedProduct(false, 2, 2, 4, 3, 5, 2);
        EmulatedOperands operands = new EmulatedOperands(device, product);
        check(product.call(handle, false, product.host(1), operands.a, operands.b, product.host(0), operands.c));
        assertArrayEquals(operands.expected(1, 0), operands.result(), 1e-14);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void betaOfZeroDoesNotReadC(boolean single) {
        EmulatedProduct product = new EmulatedProduct(single, 0, 0, 5, 4, 3, 2);
        EmulatedOperands operands = new EmulatedOperands(device, product);
        Arrays.fill(operands.hostC, Double.NaN);
        CUdeviceptr c = product.upload(device, operands.hostC);
        check(product.call(handle, false, product.host(1), operands.a, operands.b, product.host(0), c));
        assertArrayEquals(
                operands.expected(1, 0), product.download(device, c, operands.hostC.length), single ? 1e-5 : 1e-14);
    }

    @Test
    void withoutInnerDimensionOnlyCIsScaled() {
        EmulatedProduct product = new EmulatedProduct(false, 0, 0, 5, 4, 0, 2);
        EmulatedOperands operands = new EmulatedOperands(device, product);
        Pointer nothing = new Pointer();
        check(product.call(handle, false, product.host(1), nothing, nothing, product.host(3), operands.c));
        assertArrayEquals(operands.expected(1, 3), operands.result());
    }

    @Test
    void deviceScalarsAreReadAtExecutionAndHostScalarsAtTheCall() {
        check(JCublas2.cublasSetWorkspace(handle, device.allocate(WORKSPACE), WORKSPACE));
        EmulatedOperands operands = new EmulatedOperands(device, SMALL);
        CUdeviceptr alpha = device.doubles(100);
        CUdeviceptr beta = device.doubles(0);
        double[] host = {100};
        EmulatedOperands other = new EmulatedOperands(device, SMALL);
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
        EmulatedOperands operands = new EmulatedOperands(device, SMALL);
        int status = device.captureAndLaunch(
                3,
                () -> check(
                        SMALL.call(handle, false, SMALL.host(1), operands.a, operands.b, SMALL.host(1), operands.c)));
        assertEquals(0, status);
        assertArrayEquals(operands.expected(3, 1), operands.result(), 1e-13);
    }

    @Test
    void versionIsThatOfCuda12() {
        int[] major = new int[1];
        check(JCublas2.cublasGetProperty(libraryPropertyType.MAJOR_VERSION, major));
        assertEquals(12, major[0]);
        assertEquals(
                cublasStatus.CUBLAS_STATUS_INVALID_VALUE,
                JCublas2.cublasGetProperty(libraryPropertyType.PATCH_LEVEL + 1, major));
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
}
