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
        Fits.length("upload", host, out);
        kernels.upload(host, out);
    }

    /** host ← in, batch by batch, column-major. The only verb that waits. */
    public void download(MatrixBatch in, double[] host) {
        usable("download", in);
        Fits.length("download", host, in);
        kernels.download(in, host);
    }

    /** out ← in. */
    public void copy(MatrixBatch in, MatrixBatch out) {
        usable("copy", in, out);
        Fits.broadcasts("copy", in, out);
        Fits.sameMatrices("copy", in, out);
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
        Fits.product("multiply", transA, a, transB, b, out);
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
        Fits.scalars("residual", perRun, out);
        Fits.product("residual", transA, a, transB, b, out);
        Fits.broadcasts("residual", target, out);
        Fits.sameMatrices("residual", target, out);
        kernels.residual(perRun, transA, a, transB, b, target, out);
    }

    /** x_b ← s_b·x_b for every run b; perRun holds s as batch·(1×1). */
    public void scale(MatrixBatch perRun, MatrixBatch x) {
        usable("scale", perRun, x);
        Fits.scalars("scale", perRun, x);
        kernels.scale(perRun, x);
    }

    /** out_b ← out_b + s_b·x_b for every run b; perRun holds s as batch·(1×1). */
    public void addScaled(MatrixBatch perRun, MatrixBatch x, MatrixBatch out) {
        usable("addScaled", perRun, x, out);
        Fits.scalars("addScaled", perRun, out);
        Fits.broadcasts("addScaled", x, out);
        Fits.sameMatrices("addScaled", x, out);
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

    /**
     * out_b[i] ← ⟨A_i, x_b⟩ − y_i, A_i the i-th matrix of the operators.
     *
     * @param operators m·(r×c)
     * @param observations y, m·(1×1)
     * @param x B·(r×c)
     * @param out B·(m×1)
     */
    public void measure(MatrixBatch operators, MatrixBatch observations, MatrixBatch x, MatrixBatch out) {
        usable("measure", operators, observations, x, out);
        Fits.measurements("measure", operators, observations, x, out);
        kernels.measure(operators, observations, x, out);
    }

    /**
     * residuals_b ← A(x_b) − y as in {@link #measure}; out_b ← s_b·A*(residuals_b) + beta·out_b, A*(ρ) = Σ ρ_i A_i: the
     * residual of the normal equations. Operators are read once for all runs.
     *
     * @param perRun s, batch·(1×1)
     * @param residuals B·(m×1), overwritten
     * @param out B·(r×c); with beta = 0 its old content does not matter, not even NaN
     */
    public void normalResidual(
            MatrixBatch perRun,
            MatrixBatch operators,
            MatrixBatch observations,
            MatrixBatch x,
            MatrixBatch residuals,
            double beta,
            MatrixBatch out) {
        usable("normalResidual", perRun, operators, observations, x, residuals, out);
        Fits.measurements("normalResidual", operators, observations, x, residuals);
        Fits.shape("normalResidual", "the sum", out, x.shape());
        Fits.scalars("normalResidual", perRun, out);
        kernels.normalResidual(perRun, operators, observations, x, residuals, beta, out);
    }

    /** out_b[i] ← ⟨column i of a_b, column i of b_b⟩; a and b batch·(k×m), out batch·(m×1). */
    public void columnInnerProducts(MatrixBatch a, MatrixBatch b, MatrixBatch out) {
        usable("columnInnerProducts", a, b, out);
        Fits.broadcasts("columnInnerProducts", a, out);
        Fits.broadcasts("columnInnerProducts", b, out);
        Fits.sameMatrices("columnInnerProducts", a, b);
        Shape wanted = new Shape(out.shape().batch(), a.shape().cols(), 1);
        Fits.shape("columnInnerProducts", "the result", out, wanted);
        kernels.columnInnerProducts(a, b, out);
    }

    /** out_b ← in_b·diag(d_b); in and out batch·(k×m), factors hold d as batch·(m×1). */
    public void scaleColumns(MatrixBatch factors, MatrixBatch in, MatrixBatch out) {
        usable("scaleColumns", factors, in, out);
        Fits.broadcasts("scaleColumns", factors, out);
        Fits.broadcasts("scaleColumns", in, out);
        Fits.sameMatrices("scaleColumns", in, out);
        Shape wanted = new Shape(factors.shape().batch(), out.shape().cols(), 1);
        Fits.shape("scaleColumns", "the factors", factors, wanted);
        kernels.scaleColumns(factors, in, out);
    }

    /** out_b[k] ← x_b at place k; x B·(r×c) of the places' shape, out B·(count×1). */
    public void gather(Places places, MatrixBatch x, MatrixBatch out) {
        usable("gather", x, out);
        usable("gather", places);
        Fits.places("gather", places, x, out);
        kernels.gather(places, x, out);
    }

    /**
     * residuals_b[k] ← s_b·(x_b − y) at place k, and x_b ← these at the places, 0 elsewhere.
     *
     * @param perRun s, batch·(1×1)
     * @param values y, 1·(count×1)
     * @param residuals B·(count×1), overwritten
     * @param x B·(r×c) of the places' shape
     */
    public void observedResidual(
            MatrixBatch perRun, Places places, MatrixBatch values, MatrixBatch residuals, MatrixBatch x) {
        usable("observedResidual", perRun, values, residuals, x);
        usable("observedResidual", places);
        Fits.places("observedResidual", places, x, residuals);
        Fits.shape("observedResidual", "the values", values, new Shape(1, places.count(), 1));
        Fits.scalars("observedResidual", perRun, x);
        kernels.observedResidual(perRun, places, values, residuals, x);
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

    private void usable(String verb, Places places) {
        if (places.arena().backend() != backend) {
            throw new IllegalArgumentException(verb + ": " + places + " belong to another backend");
        }
        if (!places.arena().isOpen()) {
            throw new IllegalStateException(verb + ": the arena of " + places + " is closed");
        }
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
}
