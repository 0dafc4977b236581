package org.gradus.linalg;

import static org.bytedeco.openblas.global.openblas_full.CblasColMajor;
import static org.bytedeco.openblas.global.openblas_full.CblasLower;
import static org.bytedeco.openblas.global.openblas_full.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_full.CblasTrans;
import static org.bytedeco.openblas.global.openblas_full.cblas_dsyrk;

/** Inner products of a matrix's rows or columns, at half the cost of a general product; full symmetric matrices. */
public final class Gram {
    private Gram() {}

    /** AAᵀ, rows×rows. */
    public static Matrix ofRows(Matrix a) {
        return product(a, CblasNoTrans, a.rows(), a.cols());
    }

    /** AᵀA, cols×cols. */
    public static Matrix ofCols(Matrix a) {
        return product(a, CblasTrans, a.cols(), a.rows());
    }

    private static Matrix product(Matrix a, int trans, int n, int inner) {
        OpenBlas.describe();
        Matrix out = Matrix.zeros(n, n);
        cblas_dsyrk(CblasColMajor, CblasLower, trans, n, inner, 1, a.data(), a.rows(), 0, out.data(), n);
        for (int j = 0; j < n; j++) {
            for (int i = j + 1; i < n; i++) {
                out.set(j, i, out.get(i, j));
            }
        }
        return out;
    }
}
