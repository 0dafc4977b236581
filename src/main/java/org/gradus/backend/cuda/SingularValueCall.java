package org.gradus.backend.cuda;

import org.gradus.backend.Precision;

/**
 * Which call computes the singular values of an m×n matrix; the decision table. k = min(m, n).
 *
 * <pre>
 *   max(m, n) ≤ 32        gesvdjBatched     all matrices in one launch; the library's own limit
 *   fits shared memory    jacobi.cu         one block a matrix; k ≤ 170 in float64 with 227 KiB, 144 with 163, 112 with 99
 *   larger, gram wanted   AᵀA and syevd     errors of about √ε·σ_1; the only choice that may be wrong beyond 1e-12·σ_1
 *   k ≤ 320, fast FP64    gesvdj            float64, n = 256: 12 ms against 23 ms on an A100
 *   otherwise             gesvd             float64, n = 256: 28 ms against 82 ms on an RTX 3060, whose FP64 is slow
 * </pre>
 *
 * Never: gesvdaStridedBatched, which goes through the Gram matrix without asking, and gesvdp, which is inaccurate for
 * rank-deficient matrices (before CUDA 13.3 update 1), just the matrices met here.
 */
enum SingularValueCall {
    GESVDJ_BATCHED("cuSOLVER gesvdjBatched"),
    JACOBI_KERNEL("one-sided Jacobi in shared memory"),
    GRAM("Gram matrix and cuSOLVER syevd, errors of about √ε·σ₁"),
    GESVDJ("cuSOLVER gesvdj"),
    GESVD("cuSOLVER gesvd");

    private static final int BATCHED = 32;
    private static final int JACOBI_FASTER = 320;

    private final String description;

    SingularValueCall(String description) {
        this.description = description;
    }

    /** What the manifest says. */
    String description() {
        return description;
    }

    /**
     * The call for an m×n matrix.
     *
     * @param fitsShared whether the Jacobi kernel's block can hold it
     * @param fastDoubles whether the device's float64 rate is at least a quarter of its float32 rate
     * @param gram whether errors of about √ε·σ_1 were allowed
     */
    static SingularValueCall of(
            int m, int n, Precision precision, boolean fitsShared, boolean fastDoubles, boolean gram) {
        if (Math.max(m, n) <= BATCHED) {
            return GESVDJ_BATCHED;
        }
        if (fitsShared) {
            return JACOBI_KERNEL;
        }
        if (gram) {
            return GRAM;
        }
        boolean fast = fastDoubles || precision == Precision.FLOAT32;
        return Math.min(m, n) <= JACOBI_FASTER && fast ? GESVDJ : GESVD;
    }
}
