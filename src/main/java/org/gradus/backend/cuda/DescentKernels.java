package org.gradus.backend.cuda;

import java.util.Arrays;
import java.util.List;
import jcuda.driver.CUstream;
import org.gradus.backend.Precision;

/** kernels/descent.cu for one precision: many steps of descent on small factors in one launch. */
final class DescentKernels {
    private static final int WARP = 32;
    /** Sizes of the variants: 8, 16, 24, 32. */
    private static final int UNIT = 8;

    private static final int LARGEST = 32;

    private final Modules modules;
    private final Precision precision;

    DescentKernels(Modules modules, Precision precision) {
        this.modules = modules;
        this.precision = precision;
    }

    /**
     * Whether factors W_j of sizes[j] × sizes[j − 1], j = 1 … N, can be worked on with {@code limit} bytes of shared memory
     * for a block.
     */
    static boolean fits(int[] sizes, Precision precision, int limit) {
        return Arrays.stream(sizes).max().orElseThrow() <= LARGEST && sharedBytes(sizes, precision) <= limit;
    }

    /** 2N matrices with a leading dimension one above the variant's size. */
    private static long sharedBytes(int[] sizes, Precision precision) {
        int size = UNIT * units(sizes);
        return 2L * (sizes.length - 1) * size * (size + 1) * precision.bytes();
    }

    private static int units(int[] sizes) {
        return (Arrays.stream(sizes).max().orElseThrow() + UNIT - 1) / UNIT;
    }

    /**
     * What the kernel reads about the factors: sizes d_0 … d_N, the addresses of run 0's W_1 … W_N, their strides. To be
     * copied to the device; valid as long as the factors stay where they are.
     */
    static long[] chain(int[] sizes, List<ElementwiseKernels.Operand> factors) {
        int depth = factors.size();
        long[] chain = new long[3 * depth + 1];
        for (int j = 0; j <= depth; j++) {
            chain[j] = sizes[j];
        }
        for (int j = 1; j <= depth; j++) {
            chain[depth + j] = factors.get(j - 1).address();
            chain[2 * depth + j] = factors.get(j - 1).stride();
        }
        return chain;
    }

    /**
     * {@code steps} steps of every run whose number in {@code minusStep}, −ηc, is not 0.
     *
     * @param chain the address of {@link #chain}'s numbers on the device
     * @param target d_N × d_0 for each run, stride 0 for one that all share
     */
    void descend(
            CUstream stream,
            int[] sizes,
            long chain,
            ElementwiseKernels.Operand target,
            ElementwiseKernels.Operand minusStep,
            long batch,
            long steps) {
        int grid = (int) Math.min(batch, Integer.MAX_VALUE);
        int shared = Math.toIntExact(sharedBytes(sizes, precision));
        String variant = KernelSource.DESCENT.kernels().get(units(sizes) - 1);
        modules.kernel(KernelSource.DESCENT, precision, variant)
                .launch(
                        stream,
                        new Kernel.Launch(grid, 1, WARP, 1, shared),
                        chain,
                        sizes.length - 1,
                        target.address(),
                        target.stride(),
                        minusStep.address(),
                        minusStep.stride(),
                        batch,
                        steps);
    }
}
