// C_b := alpha op(A_b) op(B_b) + beta C_b, b = 0 … batch−1, column-major: what the emulator's cuBLAS computes.
#pragma once
#include <cstdint>

namespace gradus {

template <class T> struct Input {
    const T *data;
    int64_t ld;
    int64_t stride;
    bool transposed;
};

template <class T> struct Product {
    int64_t m;
    int64_t n;
    int64_t k;
    int64_t batch;
    Input<T> a;
    Input<T> b;
    T *c;
    int64_t ldc;
    int64_t strideC;
    // Round the elements of A and B to TF32 (10 mantissa bits); float only.
    bool tf32;
};

// Sums are accumulated in T. beta = 0 does not read C; alpha = 0 or k = 0 reads neither A nor B.
void multiply(const Product<float> &product, float alpha, float beta);
void multiply(const Product<double> &product, double alpha, double beta);

}  // namespace gradus
