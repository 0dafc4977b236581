package org.gradus.backend.cuda;

import static jcuda.jcusolver.JCusolverDn.cusolverDnCreate;
import static jcuda.jcusolver.JCusolverDn.cusolverDnDestroy;
import static jcuda.jcusolver.JCusolverDn.cusolverDnDestroyGesvdjInfo;
import static jcuda.jcusolver.JCusolverDn.cusolverDnDgesvd;
import static jcuda.jcusolver.JCusolverDn.cusolverDnDgesvd_bufferSize;
import static jcuda.jcusolver.JCusolverDn.cusolverDnDgesvdj;
import static jcuda.jcusolver.JCusolverDn.cusolverDnDgesvdjBatched;
import static jcuda.jcusolver.JCusolverDn.cusolverDnDgesvdjBatched_bufferSize;
import static jcuda.jcusolver.JCusolverDn.cusolverDnDgesvdj_bufferSize;
import static jcuda.jcusolver.JCusolverDn.cusolverDnDsyevd;
import static jcuda.jcusolver.JCusolverDn.cusolverDnDsyevd_bufferSize;
import static jcuda.jcusolver.JCusolverDn.cusolverDnSetStream;
import static jcuda.jcusolver.JCusolverDn.cusolverDnSgesvd;
import static jcuda.jcusolver.JCusolverDn.cusolverDnSgesvd_bufferSize;
import static jcuda.jcusolver.JCusolverDn.cusolverDnSgesvdj;
import static jcuda.jcusolver.JCusolverDn.cusolverDnSgesvdjBatched;
import static jcuda.jcusolver.JCusolverDn.cusolverDnSgesvdjBatched_bufferSize;
import static jcuda.jcusolver.JCusolverDn.cusolverDnSgesvdj_bufferSize;
import static jcuda.jcusolver.JCusolverDn.cusolverDnSsyevd;
import static jcuda.jcusolver.JCusolverDn.cusolverDnSsyevd_bufferSize;
import static jcuda.jcusolver.JCusolverDn.cusolverDnXgesvdjGetSweeps;
import static jcuda.jcusolver.JCusolverDn.cusolverDnXgesvdjSetMaxSweeps;
import static jcuda.jcusolver.JCusolverDn.cusolverDnXgesvdjSetTolerance;

import jcuda.Pointer;
import jcuda.jcusolver.cusolverDnHandle;
import jcuda.jcusolver.cusolverEigMode;
import jcuda.jcusolver.gesvdjInfo;
import jcuda.runtime.cudaStream_t;
import org.gradus.backend.Precision;

/**
 * cuSOLVER's handle on a line and its calls for singular values only, by precision. They may block the calling thread, and
 * cannot be captured. Workspaces are counted in numbers. Matrices that are not wanted are null pointers of JCuda's class,
 * but gesvdj gets real ones even so.
 */
final class Cusolver implements AutoCloseable {
    private static final Pointer NONE = new Pointer();
    private static final char NO_VECTORS = 'N';

    private final cusolverDnHandle handle = new cusolverDnHandle();
    private final gesvdjInfo jacobi = new gesvdjInfo();
    private final Resources resources;

    /** @param host page-locked memory that may be overwritten */
    Cusolver(Line line, Context.Pinned host) {
        resources = new Resources();
        try {
            Status.solver("cusolverDnCreate", cusolverDnCreate(handle));
            resources.add(() -> Status.solver("cusolverDnDestroy", cusolverDnDestroy(handle)));
            Status.solver("cusolverDnSetStream", cusolverDnSetStream(handle, new cudaStream_t(line.stream())));
            Status.solver("cusolverDnCreateGesvdjInfo", GesvdjInfos.create(jacobi, host.pointer()));
            resources.add(() -> Status.solver("cusolverDnDestroyGesvdjInfo", cusolverDnDestroyGesvdjInfo(jacobi)));
        } catch (RuntimeException | Error thrown) {
            resources.closeAfter(thrown);
            throw thrown;
        }
    }

    /** How far Jacobi iterations go: to {@code tolerance}, relative to the matrix, in at most {@code sweeps}. */
    void limitJacobi(double tolerance, int sweeps) {
        Status.solver("cusolverDnXgesvdjSetTolerance", cusolverDnXgesvdjSetTolerance(jacobi, tolerance));
        Status.solver("cusolverDnXgesvdjSetMaxSweeps", cusolverDnXgesvdjSetMaxSweeps(jacobi, sweeps));
    }

    int gesvdNumbers(Precision precision, int m, int n) {
        int[] numbers = new int[1];
        Status.solver(
                name(precision, "gesvd_bufferSize"),
                precision == Precision.FLOAT64
                        ? cusolverDnDgesvd_bufferSize(handle, m, n, numbers)
                        : cusolverDnSgesvd_bufferSize(handle, m, n, numbers));
        return numbers[0];
    }

    /** m ≥ n; a is overwritten. */
    void gesvd(Precision precision, int m, int n, Pointer a, Pointer s, Pointer work, int numbers, Pointer info) {
        char no = NO_VECTORS;
        Status.solver(
                name(precision, "gesvd"),
                precision == Precision.FLOAT64
                        ? cusolverDnDgesvd(handle, no, no, m, n, a, m, s, NONE, m, NONE, n, work, numbers, NONE, info)
                        : cusolverDnSgesvd(handle, no, no, m, n, a, m, s, NONE, m, NONE, n, work, numbers, NONE, info));
    }

    int gesvdjNumbers(Precision precision, int m, int n, Pointer any) {
        int[] numbers = new int[1];
        int mode = cusolverEigMode.CUSOLVER_EIG_MODE_NOVECTOR;
        Status.solver(
                name(precision, "gesvdj_bufferSize"),
                precision == Precision.FLOAT64
                        ? cusolverDnDgesvdj_bufferSize(
                                handle, mode, 1, m, n, any, m, any, any, m, any, n, numbers, jacobi)
                        : cusolverDnSgesvdj_bufferSize(
                                handle, mode, 1, m, n, any, m, any, any, m, any, n, numbers, jacobi));
        return numbers[0];
    }

    /** a is overwritten; u is m×min(m, n), v n×min(m, n). */
    void gesvdj(
            Precision precision,
            int m,
            int n,
            Pointer a,
            Pointer s,
            Pointer u,
            Pointer v,
            Pointer work,
            int numbers,
            Pointer info) {
        int mode = cusolverEigMode.CUSOLVER_EIG_MODE_NOVECTOR;
        Status.solver(
                name(precision, "gesvdj"),
                precision == Precision.FLOAT64
                        ? cusolverDnDgesvdj(handle, mode, 1, m, n, a, m, s, u, m, v, n, work, numbers, info, jacobi)
                        : cusolverDnSgesvdj(handle, mode, 1, m, n, a, m, s, u, m, v, n, work, numbers, info, jacobi));
    }

    /**
     * Sweeps that the last gesvdj took.
     *
     * @param pinned an int in page-locked memory: JCuda hands arrays on as null
     */
    int sweeps(Context.Pinned pinned) {
        Status.solver("cusolverDnXgesvdjGetSweeps", cusolverDnXgesvdjGetSweeps(handle, jacobi, pinned.pointer()));
        return pinned.bytes().getInt(0);
    }

    int gesvdjBatchedNumbers(Precision precision, int m, int n, Pointer any, int batch) {
        int[] numbers = new int[1];
        int mode = cusolverEigMode.CUSOLVER_EIG_MODE_NOVECTOR;
        Status.solver(
                name(precision, "gesvdjBatched_bufferSize"),
                precision == Precision.FLOAT64
                        ? cusolverDnDgesvdjBatched_bufferSize(
                                handle, mode, m, n, any, m, any, any, m, any, n, numbers, jacobi, batch)
                        : cusolverDnSgesvdjBatched_bufferSize(
                                handle, mode, m, n, any, m, any, any, m, any, n, numbers, jacobi, batch));
        return numbers[0];
    }

    /** m, n ≤ 32; matrices one right after another, overwritten; u batch·(m×m), v batch·(n×n), info batch. */
    void gesvdjBatched(
            Precision precision,
            int m,
            int n,
            Pointer a,
            Pointer s,
            Pointer u,
            Pointer v,
            Pointer work,
            int numbers,
            Pointer info,
            int batch) {
        int mode = cusolverEigMode.CUSOLVER_EIG_MODE_NOVECTOR;
        Status.solver(
                name(precision, "gesvdjBatched"),
                precision == Precision.FLOAT64
                        ? cusolverDnDgesvdjBatched(
                                handle, mode, m, n, a, m, s, u, m, v, n, work, numbers, info, jacobi, batch)
                        : cusolverDnSgesvdjBatched(
                                handle, mode, m, n, a, m, s, u, m, v, n, work, numbers, info, jacobi, batch));
    }

    int syevdNumbers(Precision precision, int n, DeviceMemory any) {
        int[] numbers = new int[1];
        int mode = cusolverEigMode.CUSOLVER_EIG_MODE_NOVECTOR;
        Status.solver(
                name(precision, "syevd_bufferSize"),
                precision == Precision.FLOAT64
                        ? cusolverDnDsyevd_bufferSize(handle, mode, 0, n, any, n, any, numbers)
                        : cusolverDnSsyevd_bufferSize(handle, mode, 0, n, any, n, any, numbers));
        return numbers[0];
    }

    /** Eigenvalues ascending, from the lower triangle of a, which is overwritten. */
    void syevd(Precision precision, int n, Pointer a, Pointer values, Pointer work, int numbers, Pointer info) {
        int mode = cusolverEigMode.CUSOLVER_EIG_MODE_NOVECTOR;
        Status.solver(
                name(precision, "syevd"),
                precision == Precision.FLOAT64
                        ? cusolverDnDsyevd(handle, mode, 0, n, a, n, values, work, numbers, info)
                        : cusolverDnSsyevd(handle, mode, 0, n, a, n, values, work, numbers, info));
    }

    private static String name(Precision precision, String routine) {
        return "cusolverDn" + (precision == Precision.FLOAT64 ? "D" : "S") + routine;
    }

    @Override
    public void close() {
        resources.close();
    }
}
