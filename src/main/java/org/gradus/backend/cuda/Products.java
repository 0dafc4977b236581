package org.gradus.backend.cuda;

import static jcuda.jcublas.JCublas2.cublasCreate;
import static jcuda.jcublas.JCublas2.cublasDestroy;
import static jcuda.jcublas.JCublas2.cublasDgemmStridedBatched;
import static jcuda.jcublas.JCublas2.cublasSetAtomicsMode;
import static jcuda.jcublas.JCublas2.cublasSetMathMode;
import static jcuda.jcublas.JCublas2.cublasSetPointerMode;
import static jcuda.jcublas.JCublas2.cublasSetStream;
import static jcuda.jcublas.JCublas2.cublasSetWorkspace;
import static jcuda.jcublas.JCublas2.cublasSgemmStridedBatched;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jcuda.Pointer;
import jcuda.jcublas.cublasAtomicsMode;
import jcuda.jcublas.cublasHandle;
import jcuda.jcublas.cublasMath;
import jcuda.jcublas.cublasOperation;
import jcuda.jcublas.cublasPointerMode;
import jcuda.runtime.cudaStream_t;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;
import org.gradus.backend.Transpose;

/**
 * Products of a line through cuBLAS. Rows, columns and leading dimensions are ints, strides longs, so the 32-bit interface
 * addresses every batch. The workspace is our own: cuBLAS would allocate one, which a capture does not survive.
 */
final class Products implements AutoCloseable {
    /** What cuBLAS wants on Hopper; older devices do with 4 MiB. */
    static final long WORKSPACE = 32 << 20;

    private final cublasHandle handle = new cublasHandle();

    /** Alpha and beta, which cuBLAS reads during the call. Not Java arrays: JCuda would hold off the collector meanwhile. */
    private final ByteBuffer scalars =
            ByteBuffer.allocateDirect(2 * Double.BYTES).order(ByteOrder.nativeOrder());

    private final Pointer alphaPointer = Pointer.to(scalars);
    private final Pointer betaPointer = alphaPointer.withByteOffset(Double.BYTES);
    private final Resources resources;

    /** @param tf32 whether FLOAT32 inputs may be rounded to TF32 */
    Products(Line line, boolean tf32) {
        Context context = line.context();
        resources = new Resources();
        try {
            DeviceMemory workspace = context.allocate(WORKSPACE, "the workspace of cuBLAS", resources);
            Status.blas("cublasCreate", cublasCreate(handle));
            resources.add(() -> Status.blas("cublasDestroy", cublasDestroy(handle)));
            Status.blas("cublasSetStream", cublasSetStream(handle, new cudaStream_t(line.stream())));
            Status.blas("cublasSetWorkspace", cublasSetWorkspace(handle, workspace, WORKSPACE));
            Status.blas(
                    "cublasSetPointerMode", cublasSetPointerMode(handle, cublasPointerMode.CUBLAS_POINTER_MODE_HOST));
            Status.blas(
                    "cublasSetMathMode",
                    cublasSetMathMode(
                            handle, tf32 ? cublasMath.CUBLAS_TF32_TENSOR_OP_MATH : cublasMath.CUBLAS_DEFAULT_MATH));
            Status.blas(
                    "cublasSetAtomicsMode", cublasSetAtomicsMode(handle, cublasAtomicsMode.CUBLAS_ATOMICS_NOT_ALLOWED));
        } catch (RuntimeException | Error thrown) {
            resources.closeAfter(thrown);
            throw thrown;
        }
    }

    /** out_b ← alpha·op(a_b)·op(b_b) + beta·out_b. Alpha and beta become constants of a graph that is being captured. */
    void multiply(
            double alpha, Transpose transA, CudaBatch a, Transpose transB, CudaBatch b, double beta, CudaBatch out) {
        Shape shape = out.shape();
        int k = transA == Transpose.NO ? a.shape().cols() : a.shape().rows();
        if (out.precision() == Precision.FLOAT64) {
            scalars.putDouble(0, alpha).putDouble(Double.BYTES, beta);
            int status = cublasDgemmStridedBatched(
                    handle,
                    operation(transA),
                    operation(transB),
                    shape.rows(),
                    shape.cols(),
                    k,
                    alphaPointer,
                    a.pointer(),
                    a.shape().rows(),
                    a.strideOrBroadcast(),
                    b.pointer(),
                    b.shape().rows(),
                    b.strideOrBroadcast(),
                    betaPointer,
                    out.pointer(),
                    shape.rows(),
                    out.stride(),
                    shape.batch());
            Status.blas("cublasDgemmStridedBatched", status);
        } else {
            scalars.putFloat(0, (float) alpha).putFloat(Double.BYTES, (float) beta);
            int status = cublasSgemmStridedBatched(
                    handle,
                    operation(transA),
                    operation(transB),
                    shape.rows(),
                    shape.cols(),
                    k,
                    alphaPointer,
                    a.pointer(),
                    a.shape().rows(),
                    a.strideOrBroadcast(),
                    b.pointer(),
                    b.shape().rows(),
                    b.strideOrBroadcast(),
                    betaPointer,
                    out.pointer(),
                    shape.rows(),
                    out.stride(),
                    shape.batch());
            Status.blas("cublasSgemmStridedBatched", status);
        }
    }

    private static int operation(Transpose transpose) {
        return transpose == Transpose.NO ? cublasOperation.CUBLAS_OP_N : cublasOperation.CUBLAS_OP_T;
    }

    @Override
    public void close() {
        resources.close();
    }
}
