package org.gradus.backend.cuda;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.jcublas.JCublas2;
import jcuda.jcublas.cublasHandle;

/**
 * Strided batched products with odd leading dimensions and gaps between the matrices: the operands, the call, and plain
 * loops for what it should give.
 */
record EmulatedProduct(boolean single, int transA, int transB, int m, int n, int k, int batch) {
    int lda() {
        return (transA == 0 ? m : k) + 3;
    }

    int ldb() {
        return (transB == 0 ? k : n) + 1;
    }

    int ldc() {
        return m + 2;
    }

    int strideA() {
        return lda() * (transA == 0 ? k : m) + 5;
    }

    int strideB() {
        return ldb() * (transB == 0 ? n : k) + 1;
    }

    int strideC() {
        return ldc() * n + 3;
    }

    /** Normal numbers, as floats where the product is single. */
    double[] random(int stride, long seed) {
        Random random = new Random(seed);
        DoubleStream values = DoubleStream.generate(random::nextGaussian).limit((long) batch * stride);
        return values.map(x -> single ? (float) x : x).toArray();
    }

    CUdeviceptr upload(EmulatedStream device, double... values) {
        return single ? device.floats(values) : device.doubles(values);
    }

    double[] download(EmulatedStream device, CUdeviceptr memory, int count) {
        return single ? device.floats(memory, count) : device.doubles(memory, count);
    }

    /** A scalar in host memory. */
    Pointer host(double value) {
        return single ? Pointer.to(new float[] {(float) value}) : Pointer.to(new double[] {value});
    }

    /** The status of the call. */
    int call(cublasHandle h, Pointer alpha, Pointer a, Pointer b, Pointer beta, Pointer c) {
        if (single) {
            return JCublas2.cublasSgemmStridedBatched(
                    h, transA, transB, m, n, k, alpha, a, lda(), strideA(), b, ldb(), strideB(), beta, c, ldc(),
                    strideC(), batch);
        }
        return JCublas2.cublasDgemmStridedBatched(
                h, transA, transB, m, n, k, alpha, a, lda(), strideA(), b, ldb(), strideB(), beta, c, ldc(), strideC(),
                batch);
    }

    /** alpha op(A) op(B) + beta C by plain loops; what lies between the columns and the matrices stays. */
    double[] expected(double alpha, double[] a, double[] b, double beta, double[] c) {
        double[] out = Arrays.copyOf(c, c.length);
        for (int r = 0; r < batch; r++) {
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    double sum = 0;
                    for (int p = 0; p < k; p++) {
                        double x = a[r * strideA() + (transA == 0 ? i + p * lda() : p + i * lda())];
                        double y = b[r * strideB() + (transB == 0 ? p + j * ldb() : j + p * ldb())];
                        sum += x * y;
                    }
                    int at = r * strideC() + i + j * ldc();
                    out[at] = alpha * sum + (beta == 0 ? 0 : beta * c[at]);
                }
            }
        }
        return out;
    }
}
