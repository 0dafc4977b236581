package org.gradus.backend;

/** What {@link Ops} asks of its arguments. */
final class Fits {
    private Fits() {}

    /** op(a)·op(b) is of the shape of out. */
    static void product(
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

    static void length(String verb, double[] host, MatrixBatch batch) {
        if (host.length != batch.shape().size()) {
            throw new IllegalArgumentException(
                    verb + ": " + host.length + " numbers in host memory, " + batch.shape() + " in the backend's");
        }
    }

    static void broadcasts(String verb, MatrixBatch in, MatrixBatch out) {
        if (in.shape().batch() != 1 && in.shape().batch() != out.shape().batch()) {
            throw new IllegalArgumentException(
                    verb + ": the batch of " + in.shape() + " is neither 1 nor that of " + out.shape());
        }
    }

    /** Rows and columns are equal. */
    static void sameMatrices(String verb, MatrixBatch in, MatrixBatch out) {
        if (in.shape().rows() != out.shape().rows()
                || in.shape().cols() != out.shape().cols()) {
            throw new IllegalArgumentException(verb + ": " + in.shape() + " is not of the shape of " + out.shape());
        }
    }

    static void scalars(String verb, MatrixBatch perRun, MatrixBatch out) {
        broadcasts(verb, perRun, out);
        if (perRun.shape().entries() != 1) {
            throw new IllegalArgumentException(
                    verb + ": one number for each run of " + out.shape() + ", not " + perRun.shape());
        }
    }

    static void shape(String verb, String what, MatrixBatch batch, Shape wanted) {
        if (!batch.shape().equals(wanted)) {
            throw new IllegalArgumentException(verb + ": " + what + " must be " + wanted + ", not " + batch.shape());
        }
    }

    /** operators m·(r×c), observations m·(1×1), x B·(r×c), residuals B·(m×1). */
    static void measurements(
            String verb, MatrixBatch operators, MatrixBatch observations, MatrixBatch x, MatrixBatch residuals) {
        sameMatrices(verb, operators, x);
        int count = operators.shape().batch();
        shape(verb, "the observations", observations, new Shape(count, 1, 1));
        shape(verb, "the residuals", residuals, new Shape(x.shape().batch(), count, 1));
    }

    /** x B·(r×c) with r×c that of the places, residuals B·(count×1). */
    static void places(String verb, Places places, MatrixBatch x, MatrixBatch residuals) {
        if (places.rows() != x.shape().rows() || places.cols() != x.shape().cols()) {
            throw new IllegalArgumentException(verb + ": " + places + " are none of " + x.shape());
        }
        shape(verb, "the numbers at " + places, residuals, new Shape(x.shape().batch(), places.count(), 1));
    }
}
