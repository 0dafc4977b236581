package org.gradus.backend.cuda;

import jcuda.driver.CUstream;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;

/** kernels/transpose.cu for one precision. */
final class TransposeKernel {
    private static final int TILE = 32;
    private static final int THREAD_ROWS = 8;
    private static final long MOST_BLOCKS = 8192;

    private final Kernel kernel;
    private final int sharedBytes;

    TransposeKernel(Modules modules, Precision precision) {
        kernel = modules.kernel(KernelSource.TRANSPOSE, precision, "transpose");
        sharedBytes = TILE * (TILE + 1) * precision.bytes();
    }

    /** out ← inᵀ for one matrix. */
    void transpose(CUstream stream, CudaBatch in, CudaBatch out) {
        Shape shape = in.shape();
        long tiles = tiles(shape.rows()) * tiles(shape.cols());
        Kernel.Launch launch = new Kernel.Launch((int) Math.min(tiles, MOST_BLOCKS), 1, TILE, THREAD_ROWS, sharedBytes);
        kernel.launch(stream, launch, in.pointer().address(), out.pointer().address(), shape.rows(), shape.cols());
    }

    private static long tiles(long length) {
        return (length + TILE - 1) / TILE;
    }
}
