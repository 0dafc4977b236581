package org.gradus.backend.cuda;

import static jcuda.jcublas.JCublas2.cublasCreate;
import static jcuda.jcublas.JCublas2.cublasDestroy;
import static jcuda.jcublas.JCublas2.cublasDgemmStridedBatched;
import static jcuda.jcublas.JCublas2.cublasDgemv;
import static jcuda.jcublas.JCublas2.cublasSetAtomicsMode;
import static jcuda.jcublas.JCublas2.cublasSetMathMode;
import static jcuda.jcublas.JCublas2.cublasSetPointerMode;
import static jcuda.jcublas.JCublas2.cublasSetStream;
import static jcuda.jcublas.JCublas2.cublasSetWorkspace;
import static jcuda.jcublas.JCublas2.cublasSgemmStridedBatched;
import static jcuda.jcublas.JCublas2.cublasSgemv;

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

    /** Column-major matrices: {@code leading} numbers from one column to the next, {@code stride} from matrix to matrix. */
    private record Operand(DeviceMemory pointer, int leading, long stride) {
        static Operand of(ColumnBatch matrix) {
            return new Operand(matrix.pointer(), matrix.leading(), 0);
        }
    }

    /** out_b ← alpha·op(a_b)·op(b_b) + beta·out_b. Alpha and beta become constants of a graph that is being captured. */
    void multiply(
            double alpha, Transpose transA, CudaBatch a, Transpose transB, CudaBatch b, double beta, CudaBatch out) {
        setScalars(out.precision(), alpha, beta);
        gemm(
                out.precision(),
                transA,
                transB,
                transA == Transpose.NO ? a.shape().cols() : a.shape().rows(),
                new Operand(a.pointer(), a.shape().rows(), a.strideOrBroadcast()),
                new Operand(b.pointer(), b.shape().rows(), b.strideOrBroadcast()),
                new Operand(out.pointer(), out.shape().rows(), out.stride()),
                out.shape());
    }

    /**
     * out ← op(a)·x + beta·out, so that {@code a} is read once for all columns of x. A single column goes through gemv, which
     * reads at the memory's rate whatever the shape.
     */
    void multiplyColumns(
            Precision precision, Transpose transA, ColumnBatch a, ColumnBatch x, double beta, ColumnBatch out) {
        setScalars(precision, 1, beta);
        if (out.cols() == 1) {
            gemv(precision, transA, a, x, out);
        } else {
            Shape shape = new Shape(1, out.rows(), out.cols());
            gemm(precision, transA, Transpose.NO, x.rows(), Operand.of(a), Operand.of(x), Operand.of(out), shape);
        }
    }

    private void setScalars(Precision precision, double alpha, double beta) {
        if (precision == Precision.FLOAT64) {
            scalars.putDouble(0, alpha).putDouble(Double.BYTES, beta);
        } else {
            scalars.putFloat(0, (float) alpha).putFloat(Double.BYTES, (float) beta);
        }
    }

    private void gemm(
            Precision precision,
            Transpose transA,
            Transpose transB,
            int inner,
            Operand a,
            Operand b,
            Operand out,
            Shape shape) {
        if (precision == Precision.FLOAT64) {
            int status = cublasDgemmStridedBatched(
                    handle,
                    operation(transA),
                    operation(transB),
                    shape.rows(),
                    shape.cols(),
                    inner,
                    alphaPointer,
                    a.pointer(),
                    a.leading(),
                    a.stride(),
                    b.pointer(),
                    b.leading(),
                    b.stride(),
                    betaPointer,
                    out.pointer(),
                    out.leading(),
                    out.stride(),
                    shape.batch());
            Status.blas("cublasDgemmStridedBatched", status);
        } else {
            int status = cublasSgemmStridedBatched(
                    handle,
                    operation(transA),
                    operation(transB),
                    shape.rows(),
                    shape.cols(),
                    inner,
                    alphaPointer,
                    a.pointer(),
                    a.leading(),
                    a.stride(),
                    b.pointer(),
                    b.leading(),
                    b.stride(),
                    betaPointer,
                    out.pointer(),
                    out.leading(),
                    out.stride(),
                    shape.batch());
            Status.blas("cublasSgemmStridedBatched", status);
        }
    }

    private void gemv(Precision precision, Transpose transA, ColumnBatch a, ColumnBatch x, ColumnBatch out) {
        if (precision == Precision.FLOAT64) {
            int status = cublasDgemv(
                    handle,
                    operation(transA),
                    a.rows(),
                    a.cols(),
                    alphaPointer,
                    a.pointer(),
                    a.leading(),
                    x.pointer(),
                    1,
                    betaPointer,
                    out.pointer(),
                    1);
            Status.blas("cublasDgemv", status);
        } else {
            int status = cublasSgemv(
                    handle,
                    operation(transA),
                    a.rows(),
                    a.cols(),
                    alphaPointer,
                    a.pointer(),
                    a.leading(),
                    x.pointer(),
                    1,
                    betaPointer,
                    out.pointer(),
                    1);
            Status.blas("cublasSgemv", status);
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
