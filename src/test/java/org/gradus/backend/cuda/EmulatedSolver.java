package org.gradus.backend.cuda;

import static org.gradus.backend.cuda.EmulatedStream.check;

import java.nio.ByteOrder;
import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.JCudaDriver;
import jcuda.jcusolver.JCusolverDn;
import jcuda.jcusolver.cusolverDnHandle;
import jcuda.jcusolver.gesvdjInfo;

/**
 * Values-only decompositions on the emulator, from host arrays to host arrays. Matrices have a leading dimension of rows + 3
 * and, in batches, no further gap.
 */
final class EmulatedSolver implements AutoCloseable {
    private static final int GAP = 3;

    final cusolverDnHandle handle = new cusolverDnHandle();
    final gesvdjInfo settings = new gesvdjInfo();
    private final EmulatedStream device;
    private final CUdeviceptr info;

    EmulatedSolver(EmulatedStream device) {
        this.device = device;
        check(JCusolverDn.cusolverDnCreate(handle));
        check(JCusolverDn.cusolverDnSetStream(handle, device.stream()));
        Pointer slot = pinned();
        check(GesvdjInfos.create(settings, slot));
        check(JCudaDriver.cuMemFreeHost(slot));
        info = device.allocate(4096);
    }

    /**
     * Makes a routine (gesvd, syevd, gesvdj, gesvdjBatched, or gesvdjBatched:INDEX for one matrix of the batch) report
     * non-convergence from now on; an empty name ends it.
     */
    static native void refuseToConverge(String routine);

    int[] info(int batch) {
        return device.ints(info, batch);
    }

    double[] gesvd(int m, int n, double[] a) {
        int[] length = new int[1];
        check(JCusolverDn.cusolverDnDgesvd_bufferSize(handle, m, n, length));
        CUdeviceptr s = device.doubles(new double[n]);
        Pointer none = new Pointer();
        check(JCusolverDn.cusolverDnDgesvd(
                handle,
                'N',
                'N',
                m,
                n,
                device.doubles(a),
                m + GAP,
                s,
                none,
                m,
                none,
                n,
                device.allocate(8L * length[0]),
                length[0],
                none,
                info));
        return device.doubles(s, n);
    }

    double[] gesvdFloat(int m, int n, double[] a) {
        int[] length = new int[1];
        check(JCusolverDn.cusolverDnSgesvd_bufferSize(handle, m, n, length));
        CUdeviceptr s = device.floats(new double[n]);
        Pointer none = new Pointer();
        check(JCusolverDn.cusolverDnSgesvd(
                handle,
                'N',
                'N',
                m,
                n,
                device.floats(a),
                m + GAP,
                s,
                none,
                m,
                none,
                n,
                device.allocate(4L * length[0]),
                length[0],
                none,
                info));
        return device.floats(s, n);
    }

    double[] gesvdj(int m, int n, double[] a) {
        int[] length = new int[1];
        int least = Math.min(m, n);
        CUdeviceptr matrix = device.doubles(a);
        CUdeviceptr s = device.doubles(new double[least]);
        CUdeviceptr u = device.allocate(8L * m * least);
        CUdeviceptr v = device.allocate(8L * n * least);
        check(JCusolverDn.cusolverDnDgesvdj_bufferSize(
                handle, 0, 1, m, n, matrix, m + GAP, s, u, m, v, n, length, settings));
        check(JCusolverDn.cusolverDnDgesvdj(
                handle,
                0,
                1,
                m,
                n,
                matrix,
                m + GAP,
                s,
                u,
                m,
                v,
                n,
                device.allocate(8L * length[0]),
                length[0],
                info,
                settings));
        return device.doubles(s, least);
    }

    double[] gesvdjFloat(int m, int n, double[] a) {
        int[] length = new int[1];
        int least = Math.min(m, n);
        CUdeviceptr matrix = device.floats(a);
        CUdeviceptr s = device.floats(new double[least]);
        CUdeviceptr u = device.allocate(4L * m * m);
        CUdeviceptr v = device.allocate(4L * n * n);
        check(JCusolverDn.cusolverDnSgesvdj_bufferSize(
                handle, 0, 0, m, n, matrix, m + GAP, s, u, m, v, n, length, settings));
        check(JCusolverDn.cusolverDnSgesvdj(
                handle,
                0,
                0,
                m,
                n,
                matrix,
                m + GAP,
                s,
                u,
                m,
                v,
                n,
                device.allocate(4L * length[0]),
                length[0],
                info,
                settings));
        return device.floats(s, least);
    }

    double[] gesvdjBatched(int m, int n, int batch, double[] a) {
        int[] length = new int[1];
        int count = Math.min(m, n) * batch;
        CUdeviceptr matrices = device.doubles(a);
        CUdeviceptr s = device.doubles(new double[count]);
        CUdeviceptr u = device.allocate(8L * m * m * batch);
        CUdeviceptr v = device.allocate(8L * n * n * batch);
        check(JCusolverDn.cusolverDnDgesvdjBatched_bufferSize(
                handle, 0, m, n, matrices, m + GAP, s, u, m, v, n, length, settings, batch));
        check(JCusolverDn.cusolverDnDgesvdjBatched(
                handle,
                0,
                m,
                n,
                matrices,
                m + GAP,
                s,
                u,
                m,
                v,
                n,
                device.allocate(8L * length[0]),
                length[0],
                info,
                settings,
                batch));
        return device.doubles(s, count);
    }

    double[] gesvdjBatchedFloat(int m, int n, int batch, double[] a) {
        int[] length = new int[1];
        int count = Math.min(m, n) * batch;
        CUdeviceptr matrices = device.floats(a);
        CUdeviceptr s = device.floats(new double[count]);
        CUdeviceptr u = device.allocate(4L * m * m * batch);
        CUdeviceptr v = device.allocate(4L * n * n * batch);
        check(JCusolverDn.cusolverDnSgesvdjBatched_bufferSize(
                handle, 0, m, n, matrices, m + GAP, s, u, m, v, n, length, settings, batch));
        check(JCusolverDn.cusolverDnSgesvdjBatched(
                handle,
                0,
                m,
                n,
                matrices,
                m + GAP,
                s,
                u,
                m,
                v,
                n,
                device.allocate(4L * length[0]),
                length[0],
                info,
                settings,
                batch));
        return device.floats(s, count);
    }

    double[] syevd(int n, int uplo, double[] a) {
        int[] length = new int[1];
        CUdeviceptr matrix = device.doubles(a);
        CUdeviceptr w = device.doubles(new double[n]);
        check(JCusolverDn.cusolverDnDsyevd_bufferSize(handle, 0, uplo, n, matrix, n + GAP, w, length));
        check(JCusolverDn.cusolverDnDsyevd(
                handle, 0, uplo, n, matrix, n + GAP, w, device.allocate(8L * length[0]), length[0], info));
        return device.doubles(w, n);
    }

    double[] syevdFloat(int n, int uplo, double[] a) {
        int[] length = new int[1];
        CUdeviceptr matrix = device.floats(a);
        CUdeviceptr w = device.floats(new double[n]);
        check(JCusolverDn.cusolverDnSsyevd_bufferSize(handle, 0, uplo, n, matrix, n + GAP, w, length));
        check(JCusolverDn.cusolverDnSsyevd(
                handle, 0, uplo, n, matrix, n + GAP, w, device.allocate(4L * length[0]), length[0], info));
        return device.floats(w, n);
    }

    int sweeps() {
        Pointer out = pinned();
        check(JCusolverDn.cusolverDnXgesvdjGetSweeps(handle, settings, out));
        int sweeps = out.getByteBuffer(0, 8).order(ByteOrder.nativeOrder()).getInt();
        check(JCudaDriver.cuMemFreeHost(out));
        return sweeps;
    }

    /** Pointers to Java arrays reach cuSOLVER as null. */
    private static Pointer pinned() {
        Pointer memory = new Pointer();
        check(JCudaDriver.cuMemHostAlloc(memory, 8, 0));
        return memory;
    }

    @Override
    public void close() {
        JCusolverDn.cusolverDnDestroyGesvdjInfo(settings);
        JCusolverDn.cusolverDnDestroy(handle);
    }
}
