// Products with a vector of the emulator's libcublas.so.12, checked as a strict cuBLAS would: y := alpha op(A) x + beta y.
#include "cublas_call.h"

#include <cstdlib>
#include <vector>

namespace gradus {
namespace {

template <class T> struct Vector {
    T *data;
    int64_t length;
    int64_t increment;

    // The element with the lowest address: with a negative increment the last one (BLAS).
    T *lowest() const { return data; }
    T *first() const { return increment < 0 ? data - (length - 1) * increment : data; }
    size_t bytes() const { return extent(1, length, std::abs(increment), 0, 1, sizeof(T)); }
};

// Sums are accumulated in T; beta = 0 does not read y; alpha = 0 reads neither A nor x.
template <class T> struct VectorProduct {
    const char *name;
    bool transposed;
    int64_t m;
    int64_t n;
    const T *a;
    int64_t lda;
    Vector<const T> x;
    Vector<T> y;
    const T *deviceAlpha;
    const T *deviceBeta;
    T alpha;
    T beta;
    void *workspace;
    size_t workspaceBytes;

    Region regionOfA() const { return {"A", a, extent(m, n, lda, 0, 1, sizeof(T))}; }
    Region regionOfX() const { return {"x", x.lowest(), x.bytes()}; }
    Region regionOfY() const { return {"y", y.lowest(), y.bytes()}; }

    // Rows that lie apart, and vectors with increments, may interlace.
    bool sharesOutput() const {
        bool dense = std::abs(y.increment) == 1;
        return (dense && lda == m && overlap(regionOfA(), regionOfY())) ||
               (dense && std::abs(x.increment) == 1 && overlap(regionOfX(), regionOfY()));
    }

    int run() const {
        size_t scalar = deviceAlpha == nullptr ? 0 : sizeof(T);
        int status = requireDeviceMemory(name, {{"alpha", deviceAlpha, scalar},
                                                {"beta", deviceBeta, scalar},
                                                regionOfY(),
                                                {"workspace", workspace, workspaceBytes}});
        if (status != 0) {
            return status;
        }
        T scale = deviceAlpha == nullptr ? alpha : *deviceAlpha;
        if (scale != T(0)) {
            status = requireDeviceMemory(name, {regionOfA(), regionOfX()});
            if (status != 0) {
                return status;
            }
            if (sharesOutput()) {
                return gradusEmulatorMisuse("%s: y overlaps A or x", name);
            }
        }
        scribble(workspace, workspaceBytes);
        multiply(scale, deviceBeta == nullptr ? beta : *deviceBeta);
        return 0;
    }

    void multiply(T scale, T betaNow) const {
        std::vector<T> sums(y.length, T(0));
        for (int64_t j = 0; j < n && scale != T(0); j++) {
            const T *column = a + j * lda;
            if (transposed) {
                sums[j] = dot(column);
            } else {
                T factor = x.first()[j * x.increment];
                for (int64_t i = 0; i < m; i++) {
                    sums[i] += column[i] * factor;
                }
            }
        }
        T *out = y.first();
        for (int64_t i = 0; i < y.length; i++) {
            T &element = out[i * y.increment];
            element = scale * sums[i] + (betaNow == T(0) ? T(0) : betaNow * element);
        }
    }

    T dot(const T *column) const {
        const T *from = x.first();
        int64_t step = x.increment;
        T sum = 0;
#pragma omp simd reduction(+ : sum)
        for (int64_t i = 0; i < m; i++) {
            sum += column[i] * from[i * step];
        }
        return sum;
    }
};

template <class T>
int gemv(const char *name, BlasHandle &handle, VectorProduct<T> product, const T *alpha, const T *beta) {
    if (product.m < 0 || product.n < 0 || product.lda < std::max<int64_t>(1, product.m) || product.x.increment == 0 ||
        product.y.increment == 0 || alpha == nullptr || beta == nullptr) {
        return kInvalidValue;
    }
    if (product.m == 0 || product.n == 0) {
        return kSuccess;
    }
    if (misused(name, handle, alpha, beta)) {
        return kExecutionFailed;
    }
    bool device = handle.deviceScalars;
    product.deviceAlpha = device ? alpha : nullptr;
    product.deviceBeta = device ? beta : nullptr;
    product.alpha = device ? T(0) : *alpha;
    product.beta = device ? T(0) : *beta;
    product.workspace = handle.workspace;
    product.workspaceBytes = handle.workspaceBytes;
    Work work = [product] { return product.run(); };
    return gradusEmulatorEnqueue(handle.stream, name, &work) == 0 ? kSuccess : kExecutionFailed;
}

template <class T>
int gemvCall(const char *name, BlasHandle *handle, int trans, int64_t m, int64_t n, const T *alpha, const T *a,
             int64_t lda, const T *x, int64_t incx, const T *beta, T *y, int64_t incy) {
    return blasCall(name, handle, [&](BlasHandle &h) -> int {
        if (trans < kNone || trans > kConjugate) {
            return kInvalidValue;
        }
        bool transposed = trans != kNone;
        VectorProduct<T> product{};
        product.name = name;
        product.transposed = transposed;
        product.m = m;
        product.n = n;
        product.a = a;
        product.lda = lda;
        product.x = {x, transposed ? m : n, incx};
        product.y = {y, transposed ? n : m, incy};
        return gemv(name, h, product, alpha, beta);
    });
}

}  // namespace
}  // namespace gradus

using namespace gradus;

#define GRADUS_GEMV(NAME, T)                                                                                           \
    int NAME(BlasHandle *handle, int trans, int m, int n, const T *alpha, const T *a, int lda, const T *x, int incx,   \
             const T *beta, T *y, int incy) {                                                                          \
        return gemvCall<T>(#NAME, handle, trans, m, n, alpha, a, lda, x, incx, beta, y, incy);                         \
    }

extern "C" {

GRADUS_GEMV(cublasDgemv_v2, double)
GRADUS_GEMV(cublasSgemv_v2, float)
}
