package org.gradus.dynamics;

import java.util.Arrays;
import org.gradus.init.Balanced;
import org.gradus.linalg.Lapack;
import org.gradus.linalg.Matrix;

/**
 * Orthonormal frames in which target and factors stay diagonal: Ŵ = U diag(λ) Vᵀ (+ a rest that no factor can reach), W =
 * U diag(p) Vᵀ throughout.
 *
 * @param left U, n_N×k
 * @param values λ_1 … λ_k
 * @param right V, n_0×k
 * @param squaredRest ‖Ŵ − U diag(λ) Vᵀ‖_F², of a target with more singular values than the narrowest factor has
 */
public record ModalBasis(Matrix left, double[] values, Matrix right, double squaredRest) {

    /** Of a symmetric target: U = V, eigenvalues of any sign, descending. */
    public static ModalBasis ofSymmetric(Matrix target) {
        Lapack.Eigen eigen = Lapack.symmetricEigen(target.copy());
        return new ModalBasis(eigen.vectors(), eigen.values(), eigen.vectors(), 0);
    }

    /** Of any target: the leading {@code k} singular values and vectors. */
    public static ModalBasis ofAny(Matrix target, int k) {
        Lapack.Svd svd = Lapack.svd(target.copy());
        double rest =
                Arrays.stream(svd.values()).skip(k).map(sigma -> sigma * sigma).sum();
        return new ModalBasis(
                leading(svd.u(), k),
                Arrays.copyOf(svd.values(), k),
                leading(svd.vt().transposed(), k),
                rest);
    }

    /** Of the singular vectors that a balanced start already holds, with the target's {@code values}. */
    public static ModalBasis ofBalanced(Balanced start, double[] values, int k) {
        double rest = Arrays.stream(values).skip(k).map(sigma -> sigma * sigma).sum();
        return new ModalBasis(
                leading(start.left(), k),
                Arrays.copyOf(values, k),
                leading(start.rightTransposed().transposed(), k),
                rest);
    }

    private static Matrix leading(Matrix matrix, int k) {
        return new Matrix(matrix.rows(), k, Arrays.copyOf(matrix.data(), matrix.rows() * k));
    }

    /** k. */
    int size() {
        return values.length;
    }

    /** U diag(p) Vᵀ. */
    Matrix lift(double[] p) {
        Matrix scaled = left.copy();
        for (int mode = 0; mode < p.length; mode++) {
            for (int i = 0; i < scaled.rows(); i++) {
                scaled.set(i, mode, scaled.get(i, mode) * p[mode]);
            }
        }
        return Lapack.timesTransposed(scaled, right);
    }
}
