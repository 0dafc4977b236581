// Strided batched products of the emulator's libcublas.so.12, checked as a strict cuBLAS would.
#include "cublas_call.h"
#include "cublas_gemm.h"

#include <algorithm>

namespace gradus {
namespace {

template <class T> int64_t rowsOf(const Input<T> &x, int64_t rows, int64_t cols) { return x.transposed ? cols : rows; }

template <class T> Region region(const char *what, const Input<T> &x, int64_t rows, int64_t cols, int64_t batch) {
    int64_t height = rowsOf(x, rows, cols);
    return {what, x.data, extent(height, rows + cols - height, x.ld, x.stride, batch, sizeof(T))};
}

// Whether the matrices of C are apart: one after another, or side by side within the leading dimension.
template <class T> bool outputsApart(const Product<T> &s) {
    bool after = s.strideC >= s.ldc * (s.n - 1) + s.m;
    bool beside = s.strideC >= s.m && s.strideC * (s.batch - 1) + s.m <= s.ldc;
    return s.batch == 1 || after || beside;
}

// Whether an input and the output of one product share elements; views with gaps between columns may interlace.
template <class T> bool sharesOutput(const Product<T> &s, const Input<T> &x, int64_t rows, int64_t cols) {
    if (x.ld != rowsOf(x, rows, cols) || s.ldc != s.m) {
        return false;
    }
    for (int64_t i = 0; i < s.batch; i++) {
        Region input{"", x.data + i * x.stride, sizeof(T) * static_cast<size_t>(rows * cols)};
        if (overlap(input, {"", s.c + i * s.strideC, sizeof(T) * static_cast<size_t>(s.m * s.n)})) {
            return true;
        }
    }
    return false;
}

template <class T> struct Task {
    const char *name;
    Product<T> product;
    // Where the scalars are, in device pointer mode; else null, and their values below count.
    const T *deviceAlpha;
    const T *deviceBeta;
    T alpha;
    T beta;
    void *workspace;
    size_t workspaceBytes;

    int run() const {
        const Product<T> &s = product;
        size_t scalar = deviceAlpha == nullptr ? 0 : sizeof(T);
        int status = requireDeviceMemory(name, {{"alpha", deviceAlpha, scalar},
                                                {"beta", deviceBeta, scalar},
                                                {"C", s.c, extent(s.m, s.n, s.ldc, s.strideC, s.batch, sizeof(T))},
                                                {"workspace", workspace, workspaceBytes}});
        if (status != 0) {
            return status;
        }
        T a = deviceAlpha == nullptr ? alpha : *deviceAlpha;
        T b = deviceBeta == nullptr ? beta : *deviceBeta;
        if (s.k > 0 && a != T(0)) {
            status = requireDeviceMemory(
                name, {region("A", s.a, s.m, s.k, s.batch), region("B", s.b, s.k, s.n, s.batch)});
            if (status != 0) {
                return status;
            }
            if (sharesOutput(s, s.a, s.m, s.k) || sharesOutput(s, s.b, s.k, s.n)) {
                return gradusEmulatorMisuse("%s: C overlaps A or B", name);
            }
        }
        if (!outputsApart(s)) {
            return gradusEmulatorMisuse("%s: the matrices of C overlap (stride %lld)", name,
                                        static_cast<long long>(s.strideC));
        }
        scribble(workspace, workspaceBytes);
        multiply(s, a, b);
        return 0;
    }
};

template <class T> bool valid(const Product<T> &s) {
    return s.m >= 0 && s.n >= 0 && s.k >= 0 && s.batch >= 0 && s.a.stride >= 0 && s.b.stride >= 0 && s.strideC >= 0 &&
           s.a.ld >= std::max<int64_t>(1, rowsOf(s.a, s.m, s.k)) &&
           s.b.ld >= std::max<int64_t>(1, rowsOf(s.b, s.k, s.n)) && s.ldc >= std::max<int64_t>(1, s.m);
}

template <class T>
int gemm(const char *name, BlasHandle &handle, Product<T> product, const T *alpha, const T *beta) {
    if (!valid(product) || alpha == nullptr || beta == nullptr) {
        return kInvalidValue;
    }
    if (product.m == 0 || product.n == 0 || product.batch == 0) {
        return kSuccess;
    }
    if (misused(name, handle, alpha, beta)) {
        return kExecutionFailed;
    }
    product.tf32 = sizeof(T) == sizeof(float) && (handle.math & ~kNoReducedPrecision) == kTf32TensorOp;
    bool device = handle.deviceScalars;
    Task<T> task{name,
                 product,
                 device ? alpha : nullptr,
                 device ? beta : nullptr,
                 device ? T(0) : *alpha,
                 device ? T(0) : *beta,
                 handle.workspace,
                 handle.workspaceBytes};
    Work work = [task] { return task.run(); };
    return gradusEmulatorEnqueue(handle.stream, name, &work) == 0 ? kSuccess : kExecutionFailed;
}

template <class T>
int gemmCall(const char *name, BlasHandle *handle, int transA, int transB, int64_t m, int64_t n, int64_t k,
             const T *alpha, const T *a, int64_t lda, int64_t strideA, const T *b, int64_t ldb, int64_t strideB, const T *beta, T *c,
             int64_t ldc, int64_t strideC, int64_t batch) {
    return blasCall(name, handle, [&](BlasHandle &h) -> int {
        if (std::min(transA, transB) < kNone || std::max(transA, transB) > kConjugate) {
            return kInvalidValue;
        }
        Product<T> product{m,
                           n,
                           k,
                           batch,
                           {a, lda, strideA, transA != kNone},
                           {b, ldb, strideB, transB != kNone},
                           c,
                           ldc,
                           strideC,
                           false};
        return gemm(name, h, product, alpha, beta);
    });
}

}  // namespace
}  // namespace gradus

using namespace gradus;

#define GRADUS_GEMM(NAME, T)                                                                                           \
    int NAME(BlasHandle *handle, int transA, int transB, int m, int n, int k, const T *alpha, const T *a, int lda,     \
             long long strideA, const T *b, int ldb, long long strideB, const T *beta, T *c, int ldc,                  \
             long long strideC, int batch) {                                                                           \
        return gemmCall<T>(#NAME, handle, transA, transB, m, n, k, alpha, a, lda, strideA, b, ldb, strideB, beta, c,   \
                           ldc, strideC, batch);                                                                       \
    }

extern "C" {

GRADUS_GEMM(cublasDgemmStridedBatched, double)
GRADUS_GEMM(cublasSgemmStridedBatched, float)
}
