package org.gradus.backend.cuda;

import jcuda.driver.CUstream;
import org.gradus.backend.Precision;
import org.gradus.backend.cuda.ElementwiseKernels.Operand;

/** kernels/observe.cu for one precision; operands as in {@link ElementwiseKernels}. */
final class ObserveKernels {
    private static final int THREADS = 256;
    private static final int WARP = 32;

    /** For columns so long that 256 threads would leave a device with few of them idle. */
    private static final int MOST_THREADS = 1024;

    /** What a thread takes of a column, or writes of a stretch of the matrix. */
    private static final int ENTRIES_OF_A_COLUMNS_THREAD = 4;

    private static final int ENTRIES_OF_A_STRETCHS_THREAD = 8;

    /** Beyond, a block takes several pieces. */
    private static final long MOST_GRID_X = 8192;

    private final int numberBytes;
    private final Kernel misfit;
    private final Kernel scaledMisfit;
    private final Kernel gather;
    private final Kernel observedResidual;
    private final Kernel columnInnerProducts;
    private final Kernel scaleColumns;

    ObserveKernels(Modules modules, Precision precision) {
        numberBytes = precision.bytes();
        misfit = modules.kernel(KernelSource.OBSERVE, precision, "misfit");
        scaledMisfit = modules.kernel(KernelSource.OBSERVE, precision, "scaled_misfit");
        gather = modules.kernel(KernelSource.OBSERVE, precision, "gather");
        observedResidual = modules.kernel(KernelSource.OBSERVE, precision, "observed_residual");
        columnInnerProducts = modules.kernel(KernelSource.OBSERVE, precision, "column_inner_products");
        scaleColumns = modules.kernel(KernelSource.OBSERVE, precision, "scale_columns");
    }

    /** Places in compressed columns: the addresses of cols + 1 starts and of {@code count} row indices. */
    record Columns(long starts, long rowIndices, long rows, long cols, long count) {}

    /** out_b[i] ← out_b[i] − y[i], i below {@code count}; y's stride is from one observation to the next. */
    void misfit(CUstream stream, Operand y, Operand out, long count, long batch) {
        misfit.launch(
                stream,
                ElementwiseKernels.launch(count, batch, 1),
                y.address(),
                y.stride(),
                out.address(),
                out.stride(),
                count,
                batch);
    }

    /** The same, and scaled_b[i] ← s_b·out_b[i]; {@code scaled} is the address of batch·count numbers. */
    void scaledMisfit(CUstream stream, Operand perRun, Operand y, Operand out, long scaled, long count, long batch) {
        scaledMisfit.launch(
                stream,
                ElementwiseKernels.launch(count, batch, 1),
                perRun.address(),
                perRun.stride(),
                y.address(),
                y.stride(),
                out.address(),
                out.stride(),
                scaled,
                count,
                batch);
    }

    /** out_b[k] ← x_b at place k. */
    void gather(CUstream stream, Columns places, Operand x, Operand out, long batch) {
        gather.launch(
                stream,
                ElementwiseKernels.launch(places.count(), batch, 1),
                places.starts(),
                places.rowIndices(),
                x.address(),
                x.stride(),
                out.address(),
                out.stride(),
                places.rows(),
                places.cols(),
                places.count(),
                batch);
    }

    /** residuals_b[k] ← s_b·(x_b − y) at place k; x_b ← these at the places, 0 elsewhere. */
    void observedResidual(
            CUstream stream, Operand perRun, Columns places, long y, Operand residuals, Operand x, long batch) {
        long entries = places.rows() * places.cols();
        long threads = divideUp(entries, ENTRIES_OF_A_STRETCHS_THREAD);
        int along = ElementwiseKernels.powerOfTwo(threads, THREADS);
        int stretch = along * ENTRIES_OF_A_STRETCHS_THREAD;
        int runs = THREADS / along;
        Kernel.Launch launch = new Kernel.Launch(
                (int) Math.min(divideUp(entries, stretch), MOST_GRID_X),
                (int) Math.min(divideUp(batch, runs), Kernel.Launch.MOST_GRID_Y),
                along,
                runs,
                runs * stretch * numberBytes);
        observedResidual.launch(
                stream,
                launch,
                perRun.address(),
                perRun.stride(),
                places.starts(),
                places.rowIndices(),
                y,
                residuals.address(),
                residuals.stride(),
                x.address(),
                x.stride(),
                places.rows(),
                places.cols(),
                batch,
                stretch);
    }

    /** out_b[j] ← ⟨column j of a_b, column j of b_b⟩. */
    void columnInnerProducts(CUstream stream, Operand a, Operand b, Operand out, long rows, long cols, long batch) {
        columnInnerProducts.launch(
                stream,
                columnsLaunch(rows, cols * batch),
                a.address(),
                a.stride(),
                b.address(),
                b.stride(),
                out.address(),
                out.stride(),
                rows,
                cols,
                batch);
    }

    /** out_b ← in_b·diag(d_b). */
    void scaleColumns(CUstream stream, Operand d, Operand in, Operand out, long rows, long cols, long batch) {
        scaleColumns.launch(
                stream,
                columnsLaunch(rows, cols * batch),
                d.address(),
                d.stride(),
                in.address(),
                in.stride(),
                out.address(),
                out.stride(),
                rows,
                cols,
                batch);
    }

    /**
     * Threads along a column: as many as it has rows up to a warp, then a quarter of them. Depends on the rows alone, and with
     * it the order of a sum; the rest of the block takes further columns.
     */
    static Kernel.Launch columnsLaunch(long rows, long columns) {
        int quarter = ElementwiseKernels.powerOfTwo(divideUp(rows, ENTRIES_OF_A_COLUMNS_THREAD), MOST_THREADS);
        int along = Math.max(ElementwiseKernels.powerOfTwo(rows, WARP), quarter);
        int beside = Math.max(1, THREADS / along);
        int gridX = (int) Math.min(divideUp(columns, beside), MOST_GRID_X);
        return new Kernel.Launch(gridX, 1, along, beside, beside * divideUp(along, WARP) * Double.BYTES);
    }

    private static int divideUp(int count, int by) {
        return (count + by - 1) / by;
    }

    private static long divideUp(long count, int by) {
        return (count + by - 1) / by;
    }
}
