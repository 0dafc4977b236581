package org.gradus.backend;

import java.util.List;

/**
 * The verbs that solvers are written in. Each checks its arguments once and then calls the backend's {@link Kernels}.
 *
 * <p>An input of batch 1 broadcasts over the runs of the output; outputs never broadcast. Operations are carried out in
 * the order of the calls; only {@link #download} waits for the device. Unless a verb says otherwise, all its arguments
 * have one precision and the output must not share memory with an input.
 *
 * <p>Every verb throws IllegalArgumentException, with the verb and the shapes, for arguments that do not fit, and
 * IllegalStateException for memory whose arena is closed.
 */
public final class Ops {
    private final Backend backend;
    private final Kernels kernels;

    public Ops(Backend backend, Kernels kernels) {
        this.backend = backend;
        this.kernels = kernels;
    }

    /** out ← host, batch by batch, column-major; rounded to out's precision. */
    public void upload(double[] host, MatrixBatch out) {
        usable("upload", out);
        sameLength("upload", host, out);
        kernels.upload(host, out);
    }

    /** host ← in, batch by batch, column-major. The only verb that waits. */
    public void download(MatrixBatch in, double[] host) {
        usable("download", in);
        sameLength("download", host, in);
        kernels.download(in, host);
    }

    /** out ← in. */
    public void copy(MatrixBatch in, MatrixBatch out) {
        usable("copy", in, out);
        broadcasts("copy", in, out);
        sameMatrices("copy", in, out);
        kernels.copy(in, out);
    }

    /** out ← alpha·op(a)·op(b) + beta·out; with beta = 0 the old content of out does not matter, not even NaN. */
    public void multiply(
            double alpha,
            Transpose transA,
            MatrixBatch a,
            Transpose transB,
            MatrixBatch b,
            double beta,
            MatrixBatch out) {
        usable("multiply", a, b, out);
        conforms("multiply", transA, a, transB, b, out);
        kernels.multiply(alpha, transA, a, transB, b, beta, out);
    }

    /** out_b ← s_b·(op(a_b)·op(b_b) − target_b) for every run b; perRun holds s as batch·(1×1). */
    public void residual(
            MatrixBatch perRun,
            Transpose transA,
            MatrixBatch a,
            Transpose transB,
            MatrixBatch b,
            MatrixBatch target,
            MatrixBatch out) {
        usable("residual", perRun, a, b, target, out);
        scalars("residual", perRun, out);
        conforms("residual", transA, a, transB, b, out);
        broadcasts("residual", target, out);
        sameMatrices("residual", target, out);
        kernels.residual(perRun, transA, a, transB, b, target, out);
    }

    /** x_b ← s_b·x_b for every run b; perRun holds s as batch·(1×1). */
    public void scale(MatrixBatch perRun, MatrixBatch x) {
        usable("scale", perRun, x);
        scalars("scale", perRun, x);
        kernels.scale(perRun, x);
    }

    /** out_b ← out_b + s_b·x_b for every run b; perRun holds s as batch·(1×1). */
    public void addScaled(MatrixBatch perRun, MatrixBatch x, MatrixBatch out) {
        usable("addScaled", perRun, x, out);
        scalars("addScaled", perRun, out);
        broadcasts("addScaled", x, out);
        sameMatrices("addScaled", x, out);
        kernels.addScaled(perRun, x, out);
    }

    /** out_b ← ‖x_b‖_F², accumulated in float64; out is batch·(1×1) of FLOAT64 whatever x is. */
    public void sumOfSquares(MatrixBatch x, MatrixBatch out) {
        usable("sumOfSquares", x);
        usable("sumOfSquares", out);
        if (out.precision() != Precision.FLOAT64
                || !out.shape().equals(new Shape(x.shape().batch(), 1, 1))) {
            throw new IllegalArgumentException("sumOfSquares: out must be "
                    + x.shape().batch() + "·(1×1) of FLOAT64, not " + out.shape() + " of " + out.precision());
        }
        kernels.sumOfSquares(x, out);
    }

    /** out ← in, for the host to read at any time; in is of FLOAT64 and has as many entries as out. */
    public void post(MatrixBatch in, Mailbox out) {
        usable("post", in);
        if (out.arena().backend() != backend) {
            throw new IllegalArgumentException("post: the mailbox belongs to another backend");
        }
        if (!out.arena().isOpen()) {
            throw new IllegalStateException("post: the arena of the mailbox is closed");
        }
        if (in.precision() != Precision.FLOAT64 || in.shape().size() != out.size()) {
            throw new IllegalArgumentException("post: " + in.shape() + " of " + in.precision() + " does not fit "
                    + out.size() + " numbers of FLOAT64");
        }
        kernels.post(in, out);
    }

    /**
     * The singular values of every matrix of every batch, descending; out's i-th batch is batch·(min(rows, cols)×1).
     * The matrices are overwritten. A matrix with a non-finite entry gets NaN.
     *
     * @throws BackendException if an iteration does not converge
     */
    public void singularValues(List<MatrixBatch> matrices, List<MatrixBatch> out) {
        if (matrices.size() != out.size()) {
            throw new IllegalArgumentException(
                    "singularValues: " + matrices.size() + " batches in, " + out.size() + " out");
        }
        for (int i = 0; i < matrices.size(); i++) {
            MatrixBatch in = matrices.get(i);
            usable("singularValues", in, out.get(i));
            Shape shape = in.shape();
            Shape wanted = new Shape(shape.batch(), Math.min(shape.rows(), shape.cols()), 1);
            if (!out.get(i).shape().equals(wanted)) {
                throw new IllegalArgumentException("singularValues: " + shape + " has " + wanted + ", not "
                        + out.get(i).shape());
            }
        }
        kernels.singularValues(matrices, out);
    }

    private void usable(String verb, MatrixBatch... batches) {
        for (MatrixBatch batch : batches) {
            if (batch.arena().backend() != backend) {
                throw new IllegalArgumentException(verb + ": " + batch.shape() + " belongs to another backend");
            }
            if (!batch.arena().isOpen()) {
                throw new IllegalStateException(verb + ": the arena of " + batch.shape() + " is closed");
            }
            if (batch.precision() != batches[0].precision()) {
                throw new IllegalArgumentException(
                        verb + ": mixes " + batches[0].precision() + " with " + batch.precision());
            }
        }
    }

    /** op(a)·op(b) is of the shape of out. */
    private static void conforms(
            String verb, Transpose transA, MatrixBatch a, Transpose transB, MatrixBatch b, MatrixBatch out) {
        broadcasts(verb, a, out);
        broadcasts(verb, b, out);
        int m = transA == Transpose.NO ? a.shape().rows() : a.shape().cols();
        int k = transA == Transpose.NO ? a.shape().cols() : a.shape().rows();
        int kOfB = transB == Transpose.NO ? b.shape().rows() : b.shape().cols();
        int n = transB == Transpose.NO ? b.shape().cols() : b.shape().rows();
        if (k != kOfB || out.shape().rows() != m || out.shape().cols() != n) {
            throw new IllegalArgumentException(verb + ": " + a.shape() + (transA == Transpose.YES ? "ᵀ" : "")
                    + " times " + b.shape() + (transB == Transpose.YES ? "ᵀ" : "") + " does not fit " + out.shape());
        }
    }

    private static void sameLength(String verb, double[] host, MatrixBatch batch) {
        if (host.length != batch.shape().size()) {
            throw new IllegalArgumentException(
                    verb + ": " + host.length + " numbers in host memory, " + batch.shape() + " in the backend's");
        }
    }

    private static void broadcasts(String verb, MatrixBatch in, MatrixBatch out) {
        if (in.shape().batch() != 1 && in.shape().batch() != out.shape().batch()) {
            throw new IllegalArgumentException(
                    verb + ": the batch of " + in.shape() + " is neither 1 nor that of " + out.shape());
        }
    }

    private static void sameMatrices(String verb, MatrixBatch in, MatrixBatch out) {
        if (in.shape().rows() != out.shape().rows()
                || in.shape().cols() != out.shape().cols()) {
            throw new IllegalArgumentException(verb + ": " + in.shape() + " is not of the shape of " + out.shape());
        }
    }

    private static void scalars(String verb, MatrixBatch perRun, MatrixBatch out) {
        broadcasts(verb, perRun, out);
        if (perRun.shape().entries() != 1) {
            throw new IllegalArgumentException(
                    verb + ": one number for each run of " + out.shape() + ", not " + perRun.shape());
        }
    }
}
