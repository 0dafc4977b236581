package org.gradus.dynamics;

import static org.gradus.backend.Transpose.NO;
import static org.gradus.backend.Transpose.YES;

import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Ops;
import org.gradus.backend.Transpose;
import org.gradus.problem.BoundProblem;

/**
 * One step of W_j ← W_j − η (W_N ⋯ W_{j+1})ᵀ G (W_{j−1} ⋯ W_1)ᵀ for all j at once, in 3(N−1) products of 2n³ operations:
 *
 * <pre>
 *   P_j     = W_j P_{j−1}               j = 2 … N−1      N−2 products
 *   B_N     = −ηc·G(W_N P_{N−1})                          1 product, the residual formed inside it
 *   B_{j−1} = W_jᵀ B_j                  j = N … 2        N−1 products, from the old W_j
 *   W_j     ← W_j + B_j P_{j−1}ᵀ        j = N … 2        N−1 products with beta = 1
 *   W_1     ← W_1 + B_1                                  one pass
 * </pre>
 *
 * Since all B_j are linear in the residual, scaling it once by −ηc of each run (c from the loss) serves every update. The
 * B_j rotate over b = min(N, 3) matrices: before B_{j−1} is formed where B_{j−1+b} lies, W_{j−1+b}, which nobody needs any
 * more, is updated with it. Memory traffic per step: 3(N−1) products, one pass over the residual, one over W_1.
 *
 * <p>Small products of the kind AᵀB run at two thirds of the rate of the other three kinds (OpenBLAS with AVX-512, n = 64:
 * 64 GF/s against 95 to 101). Where the workspace says so, B_N … B_2 are therefore kept transposed: B_Nᵀ = P_{N−1}ᵀ W_Nᵀ,
 * B_{j−1}ᵀ = B_jᵀ W_j, B_1 = W_2ᵀ (B_2ᵀ)ᵀ, W_j += (B_jᵀ)ᵀ P_{j−1}ᵀ are of the other kinds throughout.
 */
final class DescentStep {
    private final Ops ops;
    private final Workspace workspace;
    private final BoundProblem problem;
    private final MatrixBatch minusStep;
    private final MatrixBatch one;

    /**
     * @param minusStep runs·(1×1), −ηc of each run
     * @param one 1·(1×1), the number 1
     */
    DescentStep(Ops ops, Workspace workspace, BoundProblem problem, MatrixBatch minusStep, MatrixBatch one) {
        this.ops = ops;
        this.workspace = workspace;
        this.problem = problem;
        this.minusStep = minusStep;
        this.one = one;
    }

    /** Issues the step; recordable. */
    void issue() {
        int depth = workspace.depth();
        prefixes();
        MatrixBatch residual = workspace.gradient(depth);
        if (depth == 1) {
            problem.gradient(minusStep, workspace.factor(1), residual);
        } else if (workspace.transposed()) {
            problem.gradient(minusStep, YES, workspace.prefix(depth - 1), YES, workspace.factor(depth), residual);
        } else {
            problem.gradient(minusStep, NO, workspace.factor(depth), NO, workspace.prefix(depth - 1), residual);
        }
        int updated = depth + 1;
        for (int j = depth; j >= 2; j--) {
            if (j - 1 + workspace.rotation() <= depth) {
                update(--updated);
            }
            backward(j);
        }
        while (updated > 1) {
            update(--updated);
        }
    }

    /** P_2 … P_{N−1}. */
    void prefixes() {
        for (int j = 2; j < workspace.depth(); j++) {
            ops.multiply(1, NO, workspace.factor(j), NO, workspace.prefix(j - 1), 0, workspace.prefix(j));
        }
    }

    /** W = W_N P_{N−1} as the bound problem wants it, from prefixes that are up to date; N ≥ 2. */
    void product(MatrixBatch out) {
        int depth = workspace.depth();
        if (workspace.transposed()) {
            ops.multiply(1, YES, workspace.prefix(depth - 1), YES, workspace.factor(depth), 0, out);
        } else {
            ops.multiply(1, NO, workspace.factor(depth), NO, workspace.prefix(depth - 1), 0, out);
        }
    }

    private void backward(int j) {
        MatrixBatch next = workspace.gradient(j - 1);
        if (!workspace.transposed()) {
            ops.multiply(1, YES, workspace.factor(j), NO, workspace.gradient(j), 0, next);
        } else if (j > 2) {
            ops.multiply(1, NO, workspace.gradient(j), NO, workspace.factor(j), 0, next);
        } else {
            ops.multiply(1, YES, workspace.factor(j), YES, workspace.gradient(j), 0, next);
        }
    }

    private void update(int j) {
        if (j == 1) {
            ops.addScaled(one, workspace.gradient(1), workspace.factor(1));
        } else {
            Transpose kept = workspace.transposed() ? YES : NO;
            ops.multiply(1, kept, workspace.gradient(j), YES, workspace.prefix(j - 1), 1, workspace.factor(j));
        }
    }
}
