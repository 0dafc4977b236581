// Blocked product: blocks of op(A) and op(B) are packed into panels of the tile's height and width (padded with zeros),
// so that all four transpositions share one vectorised inner loop. After Goto and van de Geijn, Anatomy of
// High-Performance Matrix Multiplication, ACM TOMS 34 (2008).
#include "cublas_gemm.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

namespace gradus {
namespace {

// With AVX2, 12 sums of 32 bytes, a column of op(A) and an element of op(B) fill the 16 registers.
template <class T> constexpr int64_t kTileRows = 64 / sizeof(T);
constexpr int64_t kTileCols = 6;

constexpr int64_t kBlockRows = 96;
constexpr int64_t kBlockCols = 480;
constexpr int64_t kBlockDepth = 256;

// The nearest number with 10 mantissa bits, ties away from zero (PTX cvt.rna.tf32.f32); NaN and infinities unchanged.
float tf32(float x) {
    uint32_t bits;
    std::memcpy(&bits, &x, sizeof bits);
    if ((bits & 0x7f800000u) == 0x7f800000u) {
        return x;
    }
    bits = (bits + 0x1000u) & ~0x1fffu;
    std::memcpy(&x, &bits, sizeof bits);
    return x;
}

double tf32(double x) { return x; }

// Packs `lines` × `depth` elements into panels of `width` lines: element (line, p) of panel q lies at
// (q·depth + p)·width + (line − q·width). alongLines: consecutive lines are neighbours in memory.
template <int64_t width, class T>
void pack(const T *from, int64_t ld, bool alongLines, int64_t lines, int64_t depth, bool rounded, T *out) {
    for (int64_t first = 0; first < lines; first += width) {
        int64_t here = std::min(width, lines - first);
        const T *panel = from + (alongLines ? first : first * ld);
        for (int64_t p = 0; p < depth; p++, out += width) {
            for (int64_t i = 0; i < here; i++) {
                T x = alongLines ? panel[i + p * ld] : panel[p + i * ld];
                out[i] = rounded ? tf32(x) : x;
            }
            std::fill(out + here, out + width, T(0));
        }
    }
}

// tile := Σ_p a_p b_pᵀ, column-major kTileRows × kTileCols, COLS columns at a time in vectors of BYTES. A macro, since the
// compiler splits vectors by the target of the function that they are written in, before it inlines.
#define GRADUS_TILE(NAME, BYTES, COLS)                                                                                 \
    template <class T> void NAME(const T *a, const T *b, int64_t depth, T *tile) {                                     \
        typedef T Vector __attribute__((vector_size(BYTES), aligned(alignof(T)), may_alias));                          \
        constexpr int64_t vectors = 64 / BYTES;                                                                        \
        for (int64_t first = 0; first < kTileCols; first += COLS) {                                                    \
            Vector sums[COLS][vectors] = {};                                                                           \
            for (int64_t p = 0; p < depth; p++) {                                                                      \
                auto column = reinterpret_cast<const Vector *>(a + p * kTileRows<T>);                                  \
                for (int64_t j = 0; j < COLS; j++) {                                                                   \
                    for (int64_t v = 0; v < vectors; v++) {                                                            \
                        sums[j][v] += column[v] * b[p * kTileCols + first + j];                                        \
                    }                                                                                                  \
                }                                                                                                      \
            }                                                                                                          \
            auto out = reinterpret_cast<Vector *>(tile + first * kTileRows<T>);                                        \
            for (int64_t j = 0; j < COLS; j++) {                                                                       \
                for (int64_t v = 0; v < vectors; v++) {                                                                \
                    out[j * vectors + v] = sums[j][v];                                                                 \
                }                                                                                                      \
            }                                                                                                          \
        }                                                                                                              \
    }

GRADUS_TILE(multiplyTile, 16, 2)

#if defined(__x86_64__)
#pragma GCC push_options
#pragma GCC target("avx2,fma")
GRADUS_TILE(multiplyTileAvx2, 32, 6)
#pragma GCC pop_options

template <class T> auto fastestTile() {
    bool wide = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    return wide ? multiplyTileAvx2<T> : multiplyTile<T>;
}
#else
template <class T> auto fastestTile() { return multiplyTile<T>; }
#endif

template <class T> void scale(T *c, int64_t ldc, int64_t m, int64_t n, T beta) {
    for (int64_t j = 0; j < n; j++) {
        for (int64_t i = 0; i < m; i++) {
            c[i + j * ldc] = beta == T(0) ? T(0) : beta * c[i + j * ldc];
        }
    }
}

// One block of C, with blocks of op(A), op(B) packed: C := alpha A B + beta C.
template <class T>
void multiplyBlock(const T *a, const T *b, int64_t m, int64_t n, int64_t depth, T alpha, T beta, T *c,
                                 int64_t ldc) {
    static const auto tileProduct = fastestTile<T>();
    T tile[kTileRows<T> * kTileCols];
    for (int64_t j = 0; j < n; j += kTileCols) {
        for (int64_t i = 0; i < m; i += kTileRows<T>) {
            tileProduct(a + i * depth, b + j * depth, depth, tile);
            for (int64_t jj = 0; jj < std::min(kTileCols, n - j); jj++) {
                T *column = c + i + (j + jj) * ldc;
                const T *sum = tile + jj * kTileRows<T>;
                for (int64_t ii = 0; ii < std::min(kTileRows<T>, m - i); ii++) {
                    column[ii] = beta == T(0) ? alpha * sum[ii] : alpha * sum[ii] + beta * column[ii];
                }
            }
        }
    }
}

int64_t roundUp(int64_t x, int64_t unit) { return (x + unit - 1) / unit * unit; }

template <class T>
void multiplyOne(const Product<T> &s, const T *a, const T *b, T *c, T alpha, T beta, T *packedA,
                               T *packedB) {
    for (int64_t j = 0; j < s.n; j += kBlockCols) {
        int64_t cols = std::min(kBlockCols, s.n - j);
        for (int64_t p = 0; p < s.k; p += kBlockDepth) {
            int64_t depth = std::min(kBlockDepth, s.k - p);
            const T *blockB = b + (s.b.transposed ? j + p * s.b.ld : p + j * s.b.ld);
            pack<kTileCols>(blockB, s.b.ld, s.b.transposed, cols, depth, s.tf32, packedB);
            for (int64_t i = 0; i < s.m; i += kBlockRows) {
                int64_t rows = std::min(kBlockRows, s.m - i);
                const T *blockA = a + (s.a.transposed ? p + i * s.a.ld : i + p * s.a.ld);
                pack<kTileRows<T>>(blockA, s.a.ld, !s.a.transposed, rows, depth, s.tf32, packedA);
                multiplyBlock(packedA, packedB, rows, cols, depth, alpha, p == 0 ? beta : T(1), c + i + j * s.ldc,
                              s.ldc);
            }
        }
    }
}

template <class T> void multiplyAll(const Product<T> &s, T alpha, T beta) {
    bool scaledOnly = alpha == T(0) || s.k == 0;
    int64_t depth = std::min(kBlockDepth, s.k);
    std::vector<T> packedA(scaledOnly ? 0 : roundUp(std::min(kBlockRows, s.m), kTileRows<T>) * depth);
    std::vector<T> packedB(scaledOnly ? 0 : roundUp(std::min(kBlockCols, s.n), kTileCols) * depth);
    for (int64_t i = 0; i < s.batch; i++) {
        T *c = s.c + i * s.strideC;
        if (scaledOnly) {
            scale(c, s.ldc, s.m, s.n, beta);
        } else {
            multiplyOne(s, s.a.data + i * s.a.stride, s.b.data + i * s.b.stride, c, alpha, beta, packedA.data(),
                        packedB.data());
        }
    }
}

}  // namespace

void multiply(const Product<float> &s, float alpha, float beta) { multiplyAll(s, alpha, beta); }
void multiply(const Product<double> &s, double alpha, double beta) { multiplyAll(s, alpha, beta); }

}  // namespace gradus
