package org.gradus.backend.cuda;

import static org.gradus.backend.cuda.EmulatedStream.check;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.jcusolver.JCusolver;
import jcuda.jcusolver.JCusolverDn;
import jcuda.jcusolver.cusolverDnHandle;
import jcuda.jcusolver.cusolverStatus;
import jcuda.runtime.cudaStream_t;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the emulator's libcusolver.so.11 refuses and notices. */
final class EmulatorSolverChecksTest extends EmulatorFixture {
    private static final int INVALID_VALUE = cusolverStatus.CUSOLVER_STATUS_INVALID_VALUE;
    private static final int EXECUTION_FAILED = cusolverStatus.CUSOLVER_STATUS_EXECUTION_FAILED;

    private EmulatedSolver solver;

    @BeforeEach
    void open() {
        solver = new EmulatedSolver(device);
    }

    @AfterEach
    void close() {
        EmulatedSolver.refuseToConverge("");
        solver.close();
    }

    @Test
    void sizesThatTheRoutinesDoNotTakeAreRefused() {
        int[] length = new int[1];
        Pointer none = new Pointer();
        cusolverDnHandle h = solver.handle;
        assertEquals(INVALID_VALUE, JCusolverDn.cusolverDnDgesvd_bufferSize(h, 3, 4, length));
        assertEquals(
                INVALID_VALUE,
                JCusolverDn.cusolverDnDgesvdjBatched_bufferSize(
                        h, 0, 33, 3, none, 33, none, none, 33, none, 3, length, solver.settings, 2));
        assertEquals(
                INVALID_VALUE,
                JCusolverDn.cusolverDnDgesvdj_bufferSize(
                        h, 0, 1, 40000, 40000, none, 40000, none, none, 40000, none, 40000, length, solver.settings));
        assertEquals(INVALID_VALUE, JCusolverDn.cusolverDnDsyevd_bufferSize(h, 0, 0, 4, none, 3, none, length));
        CUdeviceptr memory = device.allocate(1 << 16);
        assertEquals(INVALID_VALUE, gesvd(memory, 1));
        assertNotEquals(
                0,
                JCusolverDn.cusolverDnDgesvdjBatched(
                        h,
                        0,
                        1,
                        1,
                        memory,
                        1,
                        memory,
                        memory,
                        1,
                        memory,
                        1,
                        memory,
                        1 << 30,
                        memory,
                        solver.settings,
                        65536));
    }

    @Test
    void gesvdjWithoutUOrVIsAMisuse() {
        CUdeviceptr memory = device.allocate(1 << 16);
        int status = JCusolverDn.cusolverDnDgesvdj(
                solver.handle,
                0,
                1,
                2,
                2,
                memory,
                2,
                memory.withByteOffset(1024),
                new Pointer(),
                2,
                memory.withByteOffset(2048),
                2,
                memory.withByteOffset(4096),
                1000,
                memory.withByteOffset(3072),
                solver.settings);
        assertEquals(EXECUTION_FAILED, status);
        assertMisuse("U");
    }

    @Test
    void captureFailsAndIsInvalidated() {
        CUdeviceptr memory = device.allocate(1 << 16);
        int[] call = new int[1];
        assertNotEquals(0, device.captureAndLaunch(1, () -> call[0] = gesvd(memory, 5000)));
        assertEquals(EXECUTION_FAILED, call[0]);
    }

    @Test
    void handlesWithoutStreamAreAMisuseAndCallsFailOnDemand() {
        CUdeviceptr memory = device.allocate(1 << 16);
        check(gesvd(memory, 5000));
        Emulator.fail("cusolverDnDgesvd:1");
        assertEquals(EXECUTION_FAILED, gesvd(memory, 5000));
        Emulator.fail("cusolverDnCreate:1");
        assertEquals(cusolverStatus.CUSOLVER_STATUS_ALLOC_FAILED, JCusolverDn.cusolverDnCreate(new cusolverDnHandle()));
        check(JCusolverDn.cusolverDnSetStream(solver.handle, new cudaStream_t()));
        assertEquals(EXECUTION_FAILED, gesvd(memory, 5000));
        assertMisuse("no stream");
    }

    @Test
    void versionIsElevenSixFour() {
        int[] version = new int[1];
        check(JCusolver.cusolverGetVersion(version));
        assertEquals(11604, version[0]);
    }

    /** Of a 2 × 2 matrix at the memory's start. */
    private int gesvd(CUdeviceptr memory, int length) {
        return JCusolverDn.cusolverDnDgesvd(
                solver.handle,
                'N',
                'N',
                2,
                2,
                memory,
                2,
                memory.withByteOffset(1024),
                new Pointer(),
                2,
                new Pointer(),
                2,
                memory.withByteOffset(4096),
                length,
                new Pointer(),
                memory.withByteOffset(2048));
    }
}
