package org.gradus.backend.cuda;

import static org.gradus.backend.cuda.EmulatedStream.check;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.jcublas.JCublas2;
import jcuda.jcublas.cublasHandle;
import jcuda.jcublas.cublasStatus;
import jcuda.runtime.cudaStream_t;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the emulator's libcublas.so.12 refuses and notices. */
final class EmulatorBlasChecksTest extends EmulatorFixture {
    private static final int SUCCESS = cublasStatus.CUBLAS_STATUS_SUCCESS;
    private static final int NOT_INITIALIZED = cublasStatus.CUBLAS_STATUS_NOT_INITIALIZED;
    private static final int INVALID_VALUE = cublasStatus.CUBLAS_STATUS_INVALID_VALUE;
    private static final int EXECUTION_FAILED = cublasStatus.CUBLAS_STATUS_EXECUTION_FAILED;
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

    @Test
    void setStreamDropsTheWorkspaceAndACaptureWithoutOneFails() {
        check(JCublas2.cublasSetWorkspace(handle, device.allocate(WORKSPACE), WORKSPACE));
        check(JCublas2.cublasSetStream(handle, device.stream()));
        EmulatedOperands operands = new EmulatedOperands(device, SMALL);
        int[] call = new int[1];
        int status = device.captureAndLaunch(
                1,
                () -> call[0] = SMALL.call(handle, SMALL.host(1), operands.a, operands.b, SMALL.host(0), operands.c));
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
        EmulatedOperands o = new EmulatedOperands(device, SMALL);
        Pointer one = SMALL.host(1);
        int[][] leading = {{2, 4, 3}, {3, 3, 3}, {3, 4, 2}};
        for (int[] ld : leading) {
            int status = JCublas2.cublasDgemmStridedBatched(
                    handle, 0, 1, 3, 4, 2, one, o.a, ld[0], 9, o.b, ld[1], 9, one, o.c, ld[2], 18, 2);
            assertEquals(INVALID_VALUE, status);
        }
        assertEquals(
                INVALID_VALUE, new EmulatedProduct(false, 0, 0, -1, 4, 2, 2).call(handle, one, o.a, o.b, one, o.c));
        assertEquals(SUCCESS, new EmulatedProduct(false, 0, 0, 0, 4, 2, 2).call(handle, one, o.a, o.b, one, o.c));
    }

    @Test
    void operandsBeyondTheirAllocationAreAMisuse() {
        EmulatedOperands operands = new EmulatedOperands(device, SMALL);
        CUdeviceptr small = device.doubles(1, 2, 3);
        SMALL.call(handle, SMALL.host(1), operands.a, small, SMALL.host(0), operands.c);
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
        EmulatedOperands operands = new EmulatedOperands(device, SMALL);
        check(JCublas2.cublasSetStream(handle, new cudaStream_t()));
        assertEquals(
                EXECUTION_FAILED, SMALL.call(handle, SMALL.host(1), operands.a, operands.b, SMALL.host(0), operands.c));
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
        EmulatedOperands operands = new EmulatedOperands(device, SMALL);
        Emulator.fail("cublasDgemmStridedBatched:2");
        check(SMALL.call(handle, SMALL.host(1), operands.a, operands.b, SMALL.host(0), operands.c));
        assertEquals(
                EXECUTION_FAILED, SMALL.call(handle, SMALL.host(1), operands.a, operands.b, SMALL.host(0), operands.c));
        Emulator.fail("cublasCreate_v2:1");
        assertEquals(cublasStatus.CUBLAS_STATUS_ALLOC_FAILED, JCublas2.cublasCreate(new cublasHandle()));
    }
}
