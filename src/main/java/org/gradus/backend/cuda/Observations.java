package org.gradus.backend.cuda;

import java.util.EnumMap;
import java.util.Map;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.ObservationKernels;
import org.gradus.backend.Places;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;
import org.gradus.backend.Transpose;
import org.gradus.backend.cuda.ElementwiseKernels.Operand;

/**
 * The verbs of sensing and completion on a line. Operators are one D×m matrix to cuBLAS, D = r·c, read once for all runs; the
 * rest is kernels/observe.cu, which is loaded when a precision first needs it: at the latest by a recording's first step, which
 * is carried out before anything is captured.
 */
final class Observations implements ObservationKernels, AutoCloseable {
    /**
     * Floating-point operations in the time of one number read from memory, by which a recording's pace is reckoned: 50 to 80 on
     * an A100 or H100 by their data sheets, in either precision.
     */
    private static final double WORK_OF_A_READ = 64;

    private final Line line;
    private final Modules modules;
    private final Products products;
    private final Map<Precision, ObserveKernels> kernels = new EnumMap<>(Precision.class);
    private final Scratch scaled;

    Observations(Line line, Modules modules, Products products) {
        this.line = line;
        this.modules = modules;
        this.products = products;
        scaled = new Scratch(line, true, "scaled residuals");
    }

    private ObserveKernels kernels(MatrixBatch batch) {
        return kernels.computeIfAbsent(batch.precision(), precision -> new ObserveKernels(modules, precision));
    }

    /** Of a pass over the operators: to read a number takes as long as {@link #WORK_OF_A_READ}, however few runs there are. */
    static double passWork(MatrixBatch operators, MatrixBatch x) {
        return operators.shape().size() * Math.max(2.0 * x.shape().batch(), WORK_OF_A_READ);
    }

    private static Operand input(MatrixBatch batch) {
        return CudaBatch.of(batch).input();
    }

    private static Operand output(MatrixBatch batch) {
        return CudaBatch.of(batch).output();
    }

    /** out ← AᵀX − y, A of the operators, X of the runs. */
    @Override
    public void measure(MatrixBatch operators, MatrixBatch observations, MatrixBatch x, MatrixBatch out) {
        applyOperators(operators, x, out);
        kernels(out)
                .misfit(
                        line.stream(),
                        output(observations),
                        output(out),
                        out.shape().rows(),
                        out.shape().batch());
    }

    private void applyOperators(MatrixBatch operators, MatrixBatch x, MatrixBatch out) {
        products.multiplyColumns(
                out.precision(), Transpose.YES, ColumnBatch.of(operators), ColumnBatch.of(x), 0, ColumnBatch.of(out));
    }

    /** Makes room for a later {@link #normalResidual} with these residuals, which then allocates nothing. */
    void reserve(MatrixBatch residuals) {
        scaled.begin(bytes(residuals));
    }

    private static long bytes(MatrixBatch batch) {
        return Math.multiplyExact(batch.shape().size(), batch.precision().bytes());
    }

    /** residuals ← AᵀX − y; out ← A·(residuals·diag(s)) + beta·out, where the scaled residuals are a copy of their own. */
    @Override
    public void normalResidual(
            MatrixBatch perRun,
            MatrixBatch operators,
            MatrixBatch observations,
            MatrixBatch x,
            MatrixBatch residuals,
            double beta,
            MatrixBatch out) {
        applyOperators(operators, x, residuals);
        int count = residuals.shape().rows();
        int runs = residuals.shape().batch();
        scaled.begin(bytes(residuals));
        DeviceMemory copy = scaled.take(bytes(residuals));
        kernels(out)
                .scaledMisfit(
                        line.stream(),
                        input(perRun),
                        output(observations),
                        output(residuals),
                        copy.address(),
                        count,
                        runs);
        products.multiplyColumns(
                out.precision(),
                Transpose.NO,
                ColumnBatch.of(operators),
                new ColumnBatch(copy, count, runs, count),
                beta,
                ColumnBatch.of(out));
    }

    @Override
    public void columnInnerProducts(MatrixBatch a, MatrixBatch b, MatrixBatch out) {
        Shape shape = a.shape();
        kernels(out)
                .columnInnerProducts(
                        line.stream(),
                        input(a),
                        input(b),
                        output(out),
                        shape.rows(),
                        shape.cols(),
                        out.shape().batch());
    }

    @Override
    public void scaleColumns(MatrixBatch factors, MatrixBatch in, MatrixBatch out) {
        Shape shape = out.shape();
        kernels(out)
                .scaleColumns(
                        line.stream(),
                        input(factors),
                        input(in),
                        output(out),
                        shape.rows(),
                        shape.cols(),
                        shape.batch());
    }

    @Override
    public void gather(Places places, MatrixBatch x, MatrixBatch out) {
        kernels(out)
                .gather(
                        line.stream(),
                        CudaPlaces.of(places).columns(),
                        output(x),
                        output(out),
                        out.shape().batch());
    }

    @Override
    public void observedResidual(
            MatrixBatch perRun, Places places, MatrixBatch values, MatrixBatch residuals, MatrixBatch x) {
        kernels(x)
                .observedResidual(
                        line.stream(),
                        input(perRun),
                        CudaPlaces.of(places).columns(),
                        CudaBatch.of(values).pointer().address(),
                        output(residuals),
                        output(x),
                        x.shape().batch());
    }

    @Override
    public void close() {
        scaled.close();
    }
}
