package org.gradus.backend.cuda;

import java.util.EnumMap;
import java.util.Map;
import jcuda.driver.CUstream;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;

/** Passes over the entries of matrices on a line, by the kernels of elementwise.cu, reduction.cu and transpose.cu. */
final class Passes implements AutoCloseable {
    private final CUstream stream;
    private final Map<Precision, ElementwiseKernels> elementwise = new EnumMap<>(Precision.class);
    private final Map<Precision, ReductionKernels> reduction = new EnumMap<>(Precision.class);
    private final Map<Precision, TransposeKernel> transposition = new EnumMap<>(Precision.class);
    private final Scratch partials;

    /** Loads the kernels, which a capture must find loaded. */
    Passes(Line line, Modules modules) {
        stream = line.stream();
        for (Precision precision : Precision.values()) {
            elementwise.put(precision, new ElementwiseKernels(modules, precision));
            reduction.put(precision, new ReductionKernels(modules, precision));
            transposition.put(precision, new TransposeKernel(modules, precision));
        }
        partials = new Scratch(line, true, "sums of squares");
    }

    /** out_b ← s_b·(out_b − target_b). */
    void residual(CudaBatch perRun, CudaBatch target, CudaBatch out) {
        Shape shape = out.shape();
        elementwise
                .get(out.precision())
                .residual(stream, perRun.input(), target.input(), out.output(), shape.entries(), shape.batch());
    }

    /** x_b ← s_b·x_b. */
    void scale(CudaBatch perRun, CudaBatch x) {
        Shape shape = x.shape();
        elementwise.get(x.precision()).scale(stream, perRun.input(), x.output(), shape.entries(), shape.batch());
    }

    /** out_b ← out_b + s_b·x_b. */
    void addScaled(CudaBatch perRun, CudaBatch x, CudaBatch out) {
        Shape shape = out.shape();
        elementwise
                .get(out.precision())
                .addScaled(stream, perRun.input(), x.input(), out.output(), shape.entries(), shape.batch());
    }

    /** out_b ← in_b. */
    void copy(CudaBatch in, CudaBatch out) {
        Shape shape = out.shape();
        elementwise.get(out.precision()).copy(stream, in.input(), out.output(), shape.entries(), shape.batch());
    }

    /** Makes room for a later {@link #sumOfSquares} of {@code x}, which then allocates nothing. */
    void reserve(CudaBatch x) {
        long bytes = partialBytes(x.shape());
        if (bytes > 0) {
            partials.begin(bytes);
        }
    }

    /** What {@link #sumOfSquares} takes at most beside what earlier calls took. */
    static long partialBytes(Shape shape) {
        return ReductionKernels.scratch(shape.entries(), shape.batch()) * Double.BYTES;
    }

    /** out_b ← ‖x_b‖_F², out of FLOAT64. */
    void sumOfSquares(CudaBatch x, CudaBatch out) {
        long bytes = partialBytes(x.shape());
        long address = 0;
        if (bytes > 0) {
            partials.begin(bytes);
            address = partials.take(bytes).address();
        }
        reduction
                .get(x.precision())
                .sumOfSquares(
                        stream,
                        x.input(),
                        out.output(),
                        address,
                        x.shape().entries(),
                        x.shape().batch());
    }

    /** out ← inᵀ, single matrices. */
    void transpose(CudaBatch in, CudaBatch out) {
        transposition.get(in.precision()).transpose(stream, in, out);
    }

    @Override
    public void close() {
        partials.close();
    }
}
