package org.gradus.backend.cuda;

import jcuda.driver.CUstream;
import org.gradus.backend.Precision;

/**
 * kernels/elementwise.cu for one precision. Run b's matrix is {@code entries} numbers from address + b·stride numbers; a
 * stride of 0 broadcasts an input.
 */
final class ElementwiseKernels {
    private static final int THREADS = 256;
    /** Beyond, a thread takes several packs: enough blocks for any device, few enough to cost nothing. */
    private static final long MOST_GRID_X = 8192;

    private final int packEntries;
    private final Kernel residual;
    private final Kernel scale;
    private final Kernel addScaled;
    private final Kernel copy;

    ElementwiseKernels(Modules modules, Precision precision) {
        packEntries = 16 / precision.bytes();
        residual = modules.kernel(KernelSource.ELEMENTWISE, precision, "residual");
        scale = modules.kernel(KernelSource.ELEMENTWISE, precision, "scale");
        addScaled = modules.kernel(KernelSource.ELEMENTWISE, precision, "add_scaled");
        copy = modules.kernel(KernelSource.ELEMENTWISE, precision, "copy");
    }

    /** An operand: where run 0's numbers are, and how many numbers lie between run and run. */
    record Operand(long address, long stride) {}

    /** out_b ← s_b·(out_b − target_b). */
    void residual(CUstream stream, Operand perRun, Operand target, Operand out, long entries, long batch) {
        residual.launch(
                stream,
                launch(entries, batch),
                perRun.address(),
                perRun.stride(),
                target.address(),
                target.stride(),
                out.address(),
                out.stride(),
                entries,
                batch);
    }

    /** x_b ← s_b·x_b. */
    void scale(CUstream stream, Operand perRun, Operand x, long entries, long batch) {
        scale.launch(
                stream,
                launch(entries, batch),
                perRun.address(),
                perRun.stride(),
                x.address(),
                x.stride(),
                entries,
                batch);
    }

    /** out_b ← out_b + s_b·x_b. */
    void addScaled(CUstream stream, Operand perRun, Operand x, Operand out, long entries, long batch) {
        addScaled.launch(
                stream,
                launch(entries, batch),
                perRun.address(),
                perRun.stride(),
                x.address(),
                x.stride(),
                out.address(),
                out.stride(),
                entries,
                batch);
    }

    /** out_b ← in_b. */
    void copy(CUstream stream, Operand in, Operand out, long entries, long batch) {
        copy.launch(
                stream, launch(entries, batch), in.address(), in.stride(), out.address(), out.stride(), entries, batch);
    }

    private Kernel.Launch launch(long entries, long batch) {
        return launch(entries, batch, packEntries);
    }

    /** x threads along the entries, the rest of 256 along the runs, so that small matrices fill warps too. */
    static Kernel.Launch launch(long entries, long batch, int packEntries) {
        long packs = (entries + packEntries - 1) / packEntries;
        int x = powerOfTwo(packs, THREADS);
        int y = THREADS / x;
        int gridX = (int) Math.min((packs + x - 1) / x, MOST_GRID_X);
        int gridY = (int) Math.min((batch + y - 1) / y, Kernel.Launch.MOST_GRID_Y);
        return new Kernel.Launch(gridX, gridY, x, y, 0);
    }

    /** The smallest power of two that is at least {@code count}, or {@code most}, itself one. */
    static int powerOfTwo(long count, int most) {
        int power = 1;
        while (power < count && power < most) {
            power *= 2;
        }
        return power;
    }
}
