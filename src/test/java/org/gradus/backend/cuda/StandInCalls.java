package org.gradus.backend.cuda;

import jcuda.Pointer;
import jcuda.driver.JCudaDriver;
import jcuda.jcublas.JCublas2;
import jcuda.jcublas.cublasHandle;
import jcuda.jcusolver.JCusolverDn;
import jcuda.jcusolver.cusolverDnHandle;
import jcuda.jcusolver.gesvdjInfo;
import jcuda.nvrtc.JNvrtc;
import jcuda.nvrtc.nvrtcProgram;

/** Calls through JCuda with every kind of argument, and the C functions that print what reaches them. */
final class StandInCalls {
    static final String DRIVER = """
            #include <stdlib.h>
            int cuMemHostAlloc(void **p, unsigned long n, unsigned flags) { *p = malloc(n); return 0; }
            int cuMemAlloc_v2(unsigned long *p, unsigned long n) { *p = 0x7f1234560000ul + n; return 0; }
            """;

    static final String BLAS = """
            #include <stdio.h>
            typedef long long L;
            int cublasCreate_v2(void **h) { *h = (void *) 0x123456789abcdef0ul; return 0; }
            int cublasDgemmStridedBatched(void *h, int ta, int tb, int m, int n, int k, const double *alpha, const void *a,
                    int lda, L sa, const void *b, int ldb, L sb, const double *beta, void *c, int ldc, L sc, int batch) {
                dprintf(1, "%p %d %d %d %d %d %.17g %p %d %lld %p %d %lld %.17g %p %d %lld %d\\n", h, ta, tb, m, n, k,
                        *alpha, a, lda, sa, b, ldb, sb, *beta, c, ldc, sc, batch);
                return 13;
            }
            int cublasSgemv_v2(void *h, int t, int m, int n, const float *alpha, const void *a, int lda, const void *x,
                    int incx, const float *beta, void *y, int incy) {
                dprintf(1, "%p %d %d %d %.9g %p %d %p %d %.9g %p %d\\n", h, t, m, n, *alpha, a, lda, x, incx, *beta, y, incy);
                return 14;
            }
            """;

    static final String SOLVER = """
            #include <stdio.h>
            int cusolverDnCreate(void **h) { *h = (void *) 0x1122334455667788ul; return 0; }
            int cusolverDnDgesvd_bufferSize(void *h, int m, int n, int *size) { *size = 1000 * m + n; return 0; }
            int cusolverDnCreateGesvdjInfo(void **i) { *i = (void *) 0x99ul; return 0; }
            int cusolverDnXgesvdjSetTolerance(void *i, double t) { dprintf(1, "%p %.17g\\n", i, t); return 0; }
            int cusolverDnDgesvd(void *h, signed char u, signed char v, int m, int n, void *a, int lda, void *s, void *U,
                    int ldu, void *VT, int ldvt, void *work, int size, void *rwork, void *info) {
                dprintf(1, "%p %c %c %d %d %p %d %p %p %d %p %d %p %d %p %p\\n", h, u, v, m, n, a, lda, s, U, ldu, VT, ldvt,
                        work, size, rwork, info);
                return 6;
            }
            """;

    static final String COMPILER = """
            #include <stdio.h>
            #include <string.h>
            int nvrtcCreateProgram(void **p, const char *text, const char *name, int n, const char **h, const char **i) {
                *p = (void *) 0x55ul; dprintf(1, "%s %s %d\\n", text, name, n); return 0;
            }
            int nvrtcCompileProgram(void *p, int n, const char **o) {
                dprintf(1, "%p %d %s %s\\n", p, n, o[0], o[1]); return 0;
            }
            int nvrtcGetPTXSize(void *p, unsigned long *n) { *n = 5; return 0; }
            int nvrtcGetPTX(void *p, char *text) { memcpy(text, "ptx!", 5); return 0; }
            """;

    private StandInCalls() {}

    private static DeviceMemory memory(long bytes) {
        DeviceMemory memory = new DeviceMemory();
        JCudaDriver.cuMemAlloc(memory, bytes);
        return memory;
    }

    /** Prints what comes back, between what the functions print. */
    static void make() {
        cublasHandle blas = new cublasHandle();
        JCublas2.cublasCreate(blas);
        Pointer alpha = Pointer.to(new double[] {-0.1});
        Pointer beta = Pointer.to(new double[] {1e-300});
        DeviceMemory a = memory(0x10);
        DeviceMemory b = memory(0x20).withByteOffset(0x100);
        DeviceMemory c = memory(0x30).withByteOffset(0x200).withByteOffset(0x1000);
        int status = JCublas2.cublasDgemmStridedBatched(
                blas, 1, 0, 2, -3, 4, alpha, a, 5, 1L << 40, b, 6, -7L, beta, c, 8, Long.MAX_VALUE, 9);
        System.out.println("gemm " + status);
        Pointer singles = Pointer.to(new float[] {0.1f, -2});
        status = JCublas2.cublasSgemv(
                blas, 1, 2, -3, singles, a, 4, b, -5, singles.withByteOffset(Float.BYTES), c, Integer.MAX_VALUE);
        System.out.println("gemv " + status);

        cusolverDnHandle solver = new cusolverDnHandle();
        JCusolverDn.cusolverDnCreate(solver);
        int[] size = new int[1];
        System.out.println("size " + JCusolverDn.cusolverDnDgesvd_bufferSize(solver, 12, 34, size) + " " + size[0]);
        gesvdjInfo info = new gesvdjInfo();
        Pointer slot = new Pointer();
        JCudaDriver.cuMemHostAlloc(slot, Long.BYTES, 0);
        GesvdjInfos.create(info, slot);
        JCusolverDn.cusolverDnXgesvdjSetTolerance(info, 1.0 / 3);
        Pointer none = new Pointer();
        System.out.println(
                "gesvd " + JCusolverDn.cusolverDnDgesvd(solver, 'N', 'A', 1, 2, a, 3, b, none, 4, c, 5, a, 6, none, b));

        nvrtcProgram program = new nvrtcProgram();
        JNvrtc.nvrtcCreateProgram(program, "text", "name.cu", 0, new String[0], new String[0]);
        JNvrtc.nvrtcCompileProgram(program, 2, new String[] {"--one", "-DTWO=2"});
        String[] ptx = new String[1];
        System.out.println("ptx " + JNvrtc.nvrtcGetPTX(program, ptx) + " " + ptx[0]);
    }
}
