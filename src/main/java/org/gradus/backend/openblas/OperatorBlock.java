package org.gradus.backend.openblas;

import static org.bytedeco.openblas.global.openblas_full.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_full.CblasTrans;

import org.bytedeco.javacpp.Pointer;

/**
 * Products with some of the operators, a D×count matrix M with columns vec(A_i), for one worker: ρ ← ρ + Mᵀ X and S ← S + M ρ
 * with X and S D×runs, ρ count×runs.
 *
 * <p>One run takes xGEMV. Several take xGEMM on tiles small enough for the kernels that do not pack: 16 runs of 100×100 take
 * 2.6 times as long as one in tiles, and 4.1 times in whole blocks of 8 operators, where xGEMM packs both sides (measured).
 */
final class OperatorBlock {
    /** Of a second-level cache of 2 MiB a core; measured. */
    private static final int BYTES_FOR_ONE = 3 << 17;

    private static final int BYTES_FOR_SEVERAL = 5 << 18;

    /** xGEMV passes over S once for so many operators. */
    private static final int LEAST_FOR_ONE = 4;

    private static final int MOST_FOR_SEVERAL = 128;

    private static final int TILE_RUNS = 16;
    private static final int TILE_OPERATORS = 16;

    /**
     * Of an operator and of a run's X. Longer tiles leave the first level, shorter ones are mostly calls: 16 runs take 2.79 times as
     * long as one with 2 KiB, 2.88 with 1 KiB, 2.86 with 3 or 4 (float64, means of interleaved processes).
     */
    private static final int TILE_BYTES = 1 << 11;

    private final NativeBatch operators;
    private final NativeBatch x;
    private final NativeBatch residuals;
    private final Blas blas;
    private final Pointer pointerM;
    private final Pointer pointerX;
    private final Pointer pointerR;
    private final Pointer pointerS;
    private final int entries;
    private final int runs;
    private final int most;
    private final int tileEntries;
    private final int strideM;
    private final int strideX;
    private final int strideR;

    /** @param sum S, runs one right after another, or null where there is none */
    OperatorBlock(NativeBatch operators, NativeBatch x, NativeBatch residuals, Pointer sum) {
        this.operators = operators;
        this.x = x;
        this.residuals = residuals;
        blas = operators.blas();
        pointerM = operators.pointer();
        pointerX = x.pointer();
        pointerR = residuals.pointer();
        pointerS = sum;
        entries = Math.toIntExact(operators.shape().entries());
        runs = x.shape().batch();
        strideM = Math.toIntExact(operators.stride());
        strideX = Math.toIntExact(x.stride());
        strideR = Math.toIntExact(residuals.stride());
        tileEntries = TILE_BYTES / operators.precision().bytes();
        long bytes = (long) entries * operators.precision().bytes();
        most = runs == 1
                ? fitting(BYTES_FOR_ONE / bytes, LEAST_FOR_ONE)
                : fitting(Math.min(MOST_FOR_SEVERAL, BYTES_FOR_SEVERAL / bytes), TILE_OPERATORS);
    }

    /** Whole tiles, and one at least: beyond the cache, X and S are what has to be passed over less often. */
    private static int fitting(long count, int tile) {
        return (int) Math.max(tile, count / tile * tile);
    }

    /** How many operators to take at once. */
    int most() {
        return most;
    }

    /** ρ ← ρ + Mᵀ X for the operators [from, from + count). */
    void addInnerProducts(int from, int count) {
        if (runs == 1) {
            pointerM.position(operators.position(from, 0));
            pointerR.position(residuals.position(0, 0) + from);
            blas.gemv(CblasTrans, entries, count, pointerM, strideM, pointerX.position(x.position(0, 0)), pointerR);
            return;
        }
        for (int run = 0; run < runs; run += TILE_RUNS) {
            int width = Math.min(TILE_RUNS, runs - run);
            for (int i = from; i < from + count; i += TILE_OPERATORS) {
                int height = Math.min(TILE_OPERATORS, from + count - i);
                pointerR.position(residuals.position(run, 0) + i);
                for (int k = 0; k < entries; k += tileEntries) {
                    pointerM.position(operators.position(i, 0) + k);
                    pointerX.position(x.position(run, 0) + k);
                    int depth = Math.min(tileEntries, entries - k);
                    gemm(CblasTrans, height, width, depth, pointerM, strideM, pointerX, strideX, pointerR, strideR);
                }
            }
        }
    }

    /** S ← S + M ρ for the operators [from, from + count). */
    void addSums(int from, int count) {
        if (runs == 1) {
            pointerM.position(operators.position(from, 0));
            pointerR.position(residuals.position(0, 0) + from);
            blas.gemv(CblasNoTrans, entries, count, pointerM, strideM, pointerR, pointerS.position(0));
            return;
        }
        for (int run = 0; run < runs; run += TILE_RUNS) {
            int width = Math.min(TILE_RUNS, runs - run);
            for (int k = 0; k < entries; k += tileEntries) {
                int height = Math.min(tileEntries, entries - k);
                pointerS.position((long) run * entries + k);
                for (int i = from; i < from + count; i += TILE_OPERATORS) {
                    pointerM.position(operators.position(i, 0) + k);
                    pointerR.position(residuals.position(run, 0) + i);
                    int depth = Math.min(TILE_OPERATORS, from + count - i);
                    gemm(CblasNoTrans, height, width, depth, pointerM, strideM, pointerR, strideR, pointerS, entries);
                }
            }
        }
    }

    private void gemm(int trans, int m, int n, int k, Pointer a, int lda, Pointer b, int ldb, Pointer c, int ldc) {
        blas.gemm(trans, CblasNoTrans, m, n, k, 1, a, lda, b, ldb, 1, c, ldc);
    }
}
