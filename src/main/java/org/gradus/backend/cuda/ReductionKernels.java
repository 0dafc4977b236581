package org.gradus.backend.cuda;

import jcuda.driver.CUstream;
import org.gradus.backend.Precision;

/** kernels/reduction.cu for one precision: ‖x_b‖_F² in float64, the same bits whatever batch a run lies in. */
final class ReductionKernels {
    private static final int THREADS = 256;
    /** A block's share of a matrix: 16 numbers a thread. */
    private static final int ENTRIES_OF_A_PART = 4096;

    private static final int MOST_PARTS = 1024;

    private final int packEntries;
    private final Kernel squares;
    private final Kernel partials;

    ReductionKernels(Modules modules, Precision precision) {
        packEntries = 16 / precision.bytes();
        squares = modules.kernel(KernelSource.REDUCTION, precision, "sum_of_squares");
        partials = modules.kernel(KernelSource.REDUCTION, precision, "sum_partials");
    }

    /** Partial sums of one matrix; 1 needs no memory for them. */
    static int parts(long entries) {
        return (int) Math.min((entries + ENTRIES_OF_A_PART - 1) / ENTRIES_OF_A_PART, MOST_PARTS);
    }

    /** float64 numbers of scratch memory that {@link #sumOfSquares} needs. */
    static long scratch(long entries, long batch) {
        return parts(entries) == 1 ? 0 : Math.multiplyExact(parts(entries), batch);
    }

    /**
     * out_b ← ‖x_b‖_F² for run b's {@code entries} numbers.
     *
     * @param out float64
     * @param scratch the address of {@link #scratch} numbers, which are overwritten; unused where that is 0
     */
    void sumOfSquares(
            CUstream stream,
            ElementwiseKernels.Operand x,
            ElementwiseKernels.Operand out,
            long scratch,
            long entries,
            long batch) {
        int parts = parts(entries);
        boolean direct = parts == 1;
        long packs = (entries + packEntries - 1) / packEntries;
        squares.launch(
                stream,
                launch(parts, packs, batch),
                x.address(),
                x.stride(),
                direct ? out.address() : scratch,
                direct ? out.stride() : parts,
                entries,
                batch);
        if (!direct) {
            partials.launch(stream, launch(1, parts, batch), scratch, parts, out.address(), out.stride(), batch);
        }
    }

    private static Kernel.Launch launch(int gridX, long items, long batch) {
        int x = ElementwiseKernels.powerOfTwo(items, THREADS);
        int y = THREADS / x;
        int gridY = (int) Math.min((batch + y - 1) / y, Kernel.Launch.MOST_GRID_Y);
        return new Kernel.Launch(gridX, gridY, x, y, THREADS * Double.BYTES);
    }
}
