package org.gradus.backend.cuda;

import java.util.Locale;
import jcuda.driver.CUstream;
import org.gradus.backend.Precision;

/** kernels/jacobi.cu for one precision: singular values of matrices that fit a block's shared memory. */
final class JacobiKernels {
    /** Numbers that the kernel wants besides the matrix. */
    private static final int EXTRA = 40;

    private static final int LANES = 16;
    private static final int WARP = 32;

    private final Precision precision;
    private final Modules modules;

    /** A variant of the kernel: the most columns (rows) of the smaller dimension, and the most threads of a block. */
    private enum Variant {
        JACOBI_64(64, 512),
        JACOBI_128(128, 512),
        JACOBI_176(176, 640),
        JACOBI_256(256, 512);

        private final int columns;
        private final int threads;

        Variant(int columns, int threads) {
            this.columns = columns;
            this.threads = threads;
        }

        static Variant of(int columns) {
            for (Variant each : values()) {
                if (columns <= each.columns) {
                    return each;
                }
            }
            throw new IllegalArgumentException("jacobi: " + columns + " columns, at most " + JACOBI_256.columns);
        }
    }

    JacobiKernels(Modules modules, Precision precision) {
        this.modules = modules;
        this.precision = precision;
    }

    /** Whether rows × cols matrices can be worked on with {@code limit} bytes of shared memory for a block. */
    static boolean fits(int rows, int cols, Precision precision, int limit) {
        return Math.min(rows, cols) <= Variant.JACOBI_256.columns && sharedBytes(rows, cols, precision) <= limit;
    }

    private static long sharedBytes(int rows, int cols, Precision precision) {
        return ((long) rows * cols + EXTRA) * precision.bytes();
    }

    /** One block a matrix; as few passes over a round's pairs as the block may have threads for, evenly filled. */
    static Kernel.Launch launch(int rows, int cols, long batch, Precision precision) {
        int n = Math.min(rows, cols);
        int pairs = Math.max(1, (n + 1) / 2);
        int most = Variant.of(n).threads / LANES;
        int passes = (pairs + most - 1) / most;
        int teams = (pairs + passes - 1) / passes;
        int threads = (teams * LANES + WARP - 1) / WARP * WARP;
        int grid = (int) Math.min(batch, Integer.MAX_VALUE);
        return new Kernel.Launch(grid, 1, threads, 1, Math.toIntExact(sharedBytes(rows, cols, precision)));
    }

    /**
     * The min(rows, cols) values of each matrix, descending, to values.address() + b·values.stride().
     *
     * @param matrices unchanged
     * @param info address of {@code batch} 32-bit integers: sweeps needed; −1 where {@code maxSweeps} were not enough; 0 with
     *     NaN for all values where an entry is not finite
     */
    void singularValues(
            CUstream stream,
            ElementwiseKernels.Operand matrices,
            int rows,
            int cols,
            long batch,
            int maxSweeps,
            ElementwiseKernels.Operand values,
            long info) {
        int n = Math.min(rows, cols);
        double epsilon = precision == Precision.FLOAT64 ? Math.ulp(1.0) : Math.ulp(1.0f);
        String variant = Variant.of(n).name().toLowerCase(Locale.ROOT);
        modules.kernel(KernelSource.JACOBI, precision, variant)
                .launch(
                        stream,
                        launch(rows, cols, batch, precision),
                        matrices.address(),
                        matrices.stride(),
                        rows,
                        cols,
                        batch,
                        Double.doubleToRawLongBits(Math.sqrt(n) * epsilon),
                        maxSweeps,
                        values.address(),
                        values.stride(),
                        info);
    }
}
