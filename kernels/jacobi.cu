// The singular values of a batch of matrices by one-sided Jacobi rotations in shared memory, one block per matrix.
//
// A matrix of n columns and m >= n rows (a wide one is loaded transposed) is first reduced to A = Q R by Householder
// reflections; then the columns of L = R^T are rotated, L <- L J(p, q), until all are orthogonal; their norms are the
// singular values. A rotation of the columns l_p, l_q with alpha = ||l_p||^2, beta = ||l_q||^2, gamma = l_p^T l_q:
//
//     zeta = (beta - alpha) / (2 gamma)    t = sign(zeta) / (|zeta| + sqrt(1 + zeta^2))    c = 1 / sqrt(1 + t^2)
//     l_p <- c (l_p - t l_q)               l_q <- c (l_q + t l_p)
//
// L instead of A (Drmac, Veselic: New fast and accurate Jacobi SVD algorithm, SIAM J. Matrix Anal. Appl. 29, 2008)
// makes n columns of n rows out of n columns of m, and saves sweeps: n = 170 over 15 decades takes 10 instead of 38, a
// spectrum without decay 10 instead of 11; the reduction costs less than one sweep. Errors are a small multiple of eps
// sqrt(n) sigma_1. A pair is left alone when |gamma| <= tolerance sqrt(alpha) sqrt(beta), tolerance = sqrt(n) eps,
// which is what the rounding of gamma allows. Convergence: a sweep without any rotation.
//
// The pairs of a sweep are ordered as in a tournament (Brent, Luk 1985): n' - 1 rounds of n'/2 disjoint pairs, n' = n
// or n + 1; each pair is the work of LANES lanes, which keep both columns in registers between gamma and the rotation
// (HELD numbers of each a lane), so that each round reads and writes the matrix once. Rounds are divided by
// __syncthreads.
//
// The matrix is scaled by a power of two that puts its largest entry near the square root of the largest number:
// squares then neither overflow nor, over 2^1000 (float: 2^120) in the columns' ratio, underflow.
//
// Parameters: run b's rows x cols matrix is column-major and contiguous from matrices + b*stride and stays unchanged;
// its n = min(rows, cols) values go, descending, to values + b*valuesStride; info[b] <- sweeps needed, -1 after
// maxSweeps without convergence (the values are then the norms reached), 0 with all values NaN for a matrix with a
// non-finite entry.
//
// Launch: the variant jacobi_R with R >= n; blockDim.x a multiple of 32, at most the variant's bound; one block per
// matrix (strided over gridDim.x); rows*cols + 40 REALs of dynamic shared memory. A lane without a pair joins the
// shuffles only.
//
// Cost of a sweep: n^2/2 pairs, 4n numbers of shared-memory traffic and 5n multiply-adds each; n = 170 in float64: 79
// MB, at 128 bytes a clock 0.35 ms. The shared memory, not the arithmetic, is the limit where float64 is not slow by
// design.

#ifndef DYNAMIC_SHARED
#define DYNAMIC_SHARED(type, name) extern __shared__ type name[]
#endif

namespace {

constexpr int WARP = 32;
// Largest entry after scaling, as an exponent: 2*SCALED + log2(m) stays below the largest exponent, 1024 or 128.
constexpr int SCALED = sizeof(REAL) == 8 ? 500 : 50;
// From here on 1 + zeta^2 = zeta^2 in floating point (and zeta^2 could overflow).
constexpr REAL LARGE = sizeof(REAL) == 8 ? static_cast<REAL>(1e9) : static_cast<REAL>(1e5);

// A matrix in shared memory with columns `ld` apart.
struct Tall {
    REAL *at;
    int ld;
    int rows;
    int cols;

    __device__ REAL *column(int j) const { return at + j * ld; }
};

struct Pair {
    int p;
    int q;
};

// Pair k of round r among `players` (even): the last one stays, the others go round. p < q.
__device__ inline Pair pair_of(int round, int k, int players) {
    const int ring = players - 1;
    const int a = k == 0 ? ring : (round + k) % ring;
    const int b = k == 0 ? round : (round - k + ring) % ring;
    return a < b ? Pair{a, b} : Pair{b, a};
}

template <int LANES>
__device__ inline REAL sum_over_lanes(REAL value) {
    for (int offset = LANES / 2; offset > 0; offset /= 2) {
        value += __shfl_xor_sync(0xffffffffu, value, offset);
    }
    return value;
}

// Writes the rotation's tangent and tells whether one is due.
__device__ inline bool tangent(REAL alpha, REAL beta, REAL gamma, REAL tolerance, REAL &t) {
    if (!(fabs(gamma) > tolerance * (static_cast<REAL>(sqrt(alpha)) * static_cast<REAL>(sqrt(beta))))) {
        return false;
    }
    const REAL zeta = (beta - alpha) / (2 * gamma);
    const REAL size = fabs(zeta);
    t = 1 / (size > LARGE ? 2 * size : size + static_cast<REAL>(sqrt(1 + zeta * zeta)));
    t = zeta < 0 ? -t : t;
    return true;
}

// Orthogonalizes columns p and q, of at most HELD*LANES rows, with LANES lanes.
template <int LANES, int HELD>
__device__ inline bool orthogonalize(const Tall &a, Pair pair, bool valid, int lane, REAL tolerance) {
    REAL *const p = a.column(pair.p);
    REAL *const q = a.column(pair.q);
    const int rows = valid ? a.rows : 0;
    REAL x[HELD];
    REAL y[HELD];
    REAL alpha = 0;
    REAL beta = 0;
    REAL gamma = 0;
    for (int k = 0; k < HELD; k++) {
        const int i = k * LANES + lane;
        x[k] = i < rows ? p[i] : 0;
        y[k] = i < rows ? q[i] : 0;
        alpha += x[k] * x[k];
        beta += y[k] * y[k];
        gamma += x[k] * y[k];
    }
    alpha = sum_over_lanes<LANES>(alpha);
    beta = sum_over_lanes<LANES>(beta);
    gamma = sum_over_lanes<LANES>(gamma);
    REAL t = 0;
    if (!tangent(alpha, beta, gamma, tolerance, t)) {
        return false;
    }
    const REAL c = 1 / static_cast<REAL>(sqrt(1 + t * t));
    for (int k = 0; k < HELD; k++) {
        const int i = k * LANES + lane;
        if (i < rows) {
            p[i] = c * (x[k] - t * y[k]);
            q[i] = c * (y[k] + t * x[k]);
        }
    }
    return true;
}

// All pairs once. Ends with a barrier.
template <int LANES, int HELD>
__device__ inline void sweep(const Tall &a, REAL tolerance, int *rotated) {
    const int players = a.cols + a.cols % 2;
    const int lane = threadIdx.x % LANES;
    const int teams = blockDim.x / LANES;
    for (int round = 0; round < players - 1; round++) {
        for (int base = 0; base < players / 2; base += teams) {
            const int k = base + static_cast<int>(threadIdx.x) / LANES;
            const Pair pair = k < players / 2 ? pair_of(round, k, players) : Pair{0, 0};
            const bool valid = k < players / 2 && pair.q < a.cols;
            if (orthogonalize<LANES, HELD>(a, valid ? pair : Pair{0, 0}, valid, lane, tolerance)) {
                *rotated = 1;
            }
        }
        __syncthreads();
    }
}

// Loads the matrix, transposed where it is wide; returns its largest absolute entry, or -1 if one is not finite.
__device__ inline REAL load(const REAL *matrix, long long rows, long long cols, const Tall &a, REAL *scratch) {
    REAL top = 0;
    for (long long i = threadIdx.x; i < rows * cols; i += blockDim.x) {
        const REAL x = matrix[i];
        a.at[rows >= cols ? i : i % rows * cols + i / rows] = x;
        const REAL size = fabs(x);
        top = x - x != 0 || top < 0 ? -1 : size > top ? size : top;
    }
    for (int offset = WARP / 2; offset > 0; offset /= 2) {
        const REAL other = __shfl_xor_sync(0xffffffffu, top, offset);
        top = other < 0 || top < 0 ? -1 : other > top ? other : top;
    }
    if (threadIdx.x % WARP == 0) {
        scratch[threadIdx.x / WARP] = top;
    }
    __syncthreads();
    for (int warp = 0; warp < static_cast<int>(blockDim.x) / WARP; warp++) {
        const REAL other = scratch[warp];
        top = other < 0 || top < 0 ? -1 : other > top ? other : top;
    }
    return top;
}

// The exponent e with 2^(e-1) <= x < 2^e, for finite x > 0.
__device__ inline int exponent_of(REAL x) {
    int e = 0;
    frexp(x, &e);
    return e;
}

// ||column|| without loss for a single non-zero entry of any size.
__device__ inline REAL norm_of(const REAL *column, int rows) {
    REAL top = 0;
    for (int i = 0; i < rows; i++) {
        const REAL size = fabs(column[i]);
        top = size > top ? size : top;
    }
    if (top == 0) {
        return 0;
    }
    const int e = exponent_of(top);
    REAL sum = 0;
    for (int i = 0; i < rows; i++) {
        const REAL x = ldexp(column[i], -e);
        sum += x * x;
    }
    return ldexp(static_cast<REAL>(sqrt(sum)), e);
}

// a <- L = R^T of A = Q R, n x n, by reflections I - v v^T / (beta (beta - alpha)), v = (alpha - beta, x), which take
// the column (alpha, x) to (beta, 0). Every warp finds a column's beta by itself and reflects columns of its own. Ends
// with a barrier.
__device__ inline Tall triangle(const Tall &a) {
    const int lane = threadIdx.x % WARP;
    const int warp = threadIdx.x / WARP;
    const int warps = blockDim.x / WARP;
    for (int k = 0; k < a.cols; k++) {
        REAL *const v = a.column(k);
        const REAL alpha = v[k];
        REAL tail = 0;
        for (int i = k + 1 + lane; i < a.rows; i += WARP) {
            tail += v[i] * v[i];
        }
        tail = sum_over_lanes<WARP>(tail);
        const REAL norm = static_cast<REAL>(sqrt(alpha * alpha + tail));
        const REAL beta = tail == 0 ? alpha : alpha > 0 ? -norm : norm;
        for (int j = k + 1 + warp; tail != 0 && j < a.cols; j += warps) {
            REAL *const x = a.column(j);
            REAL dot = 0;
            for (int i = k + 1 + lane; i < a.rows; i += WARP) {
                dot += v[i] * x[i];
            }
            const REAL top = x[k];
            dot = sum_over_lanes<WARP>(dot) + (alpha - beta) * top;
            const REAL share = dot / (beta * (beta - alpha));
            for (int i = k + 1 + lane; i < a.rows; i += WARP) {
                x[i] -= share * v[i];
            }
            if (lane == 0) {
                x[k] = top - share * (alpha - beta);
            }
        }
        __syncthreads();
        if (threadIdx.x == 0) {
            v[k] = beta;
        }
    }
    for (int j = warp; j < a.cols; j += warps) {
        for (int i = lane; i < j; i += WARP) {
            a.column(i)[j] = a.column(j)[i];
            a.column(j)[i] = 0;
        }
    }
    __syncthreads();
    return Tall{a.at, a.ld, a.cols, a.cols};
}

// values <- the columns' norms, descending, scaled back by 2^shift. Destroys the first row of a.
__device__ inline void store(const Tall &a, int shift, REAL *values) {
    for (int j = threadIdx.x; j < a.cols; j += blockDim.x) {
        a.column(j)[0] = norm_of(a.column(j), a.rows);
    }
    __syncthreads();
    for (int j = threadIdx.x; j < a.cols; j += blockDim.x) {
        const REAL mine = a.column(j)[0];
        int rank = 0;
        for (int k = 0; k < a.cols; k++) {
            const REAL other = a.column(k)[0];
            rank += other > mine || (other == mine && k < j) ? 1 : 0;
        }
        values[rank] = ldexp(mine, shift);
    }
    __syncthreads();
}

// Sweeps until one has no rotation; returns their number, or -1. rotated: three flags in turn: one is set in this
// sweep, the next is cleared meanwhile, the last may still be read.
template <int LANES, int HELD>
__device__ inline int orthogonalize_all(const Tall &a, REAL tolerance, long long maxSweeps, int *rotated) {
    if (a.cols == 1) {
        return 0;
    }
    if (threadIdx.x == 0) {
        rotated[0] = 0;
    }
    __syncthreads();
    for (int k = 0; k < maxSweeps; k++) {
        if (threadIdx.x == 0) {
            rotated[(k + 1) % 3] = 0;
        }
        sweep<LANES, HELD>(a, tolerance, rotated + k % 3);
        if (rotated[k % 3] == 0) {
            return k + 1;
        }
    }
    return -1;
}

template <int LANES, int HELD>
__device__ inline void jacobi(
        const REAL *matrices, long long stride, long long rows, long long cols, long long batch, double tolerance,
        long long maxSweeps, REAL *values, long long valuesStride, int *info) {
    DYNAMIC_SHARED(REAL, memory);
    REAL *const scratch = memory + rows * cols;
    int *const rotated = reinterpret_cast<int *>(scratch + WARP);
    const int m = static_cast<int>(rows >= cols ? rows : cols);
    const int n = static_cast<int>(rows >= cols ? cols : rows);
    const Tall a{memory, m, m, n};
    for (long long b = blockIdx.x; b < batch; b += gridDim.x) {
        REAL *const out = values + b * valuesStride;
        const REAL top = load(matrices + b * stride, rows, cols, a, scratch);
        int sweeps = 0;
        if (top < 0) {
            const REAL none = top + 1;
            for (int j = threadIdx.x; j < n; j += blockDim.x) {
                out[j] = none / none;
            }
            __syncthreads();
        } else {
            const int shift = top > 0 ? exponent_of(top) - SCALED : 0;
            for (int i = threadIdx.x; i < m * n; i += blockDim.x) {
                a.at[i] = ldexp(a.at[i], -shift);
            }
            __syncthreads();
            const Tall l = triangle(a);
            sweeps = orthogonalize_all<LANES, HELD>(l, static_cast<REAL>(tolerance), maxSweeps, rotated);
            store(l, shift, out);
        }
        if (threadIdx.x == 0) {
            info[b] = sweeps;
        }
    }
}

}  // namespace

// One kernel for each number of rows that a team of lanes can hold: registers decide how many threads a block may have.
#define MATRICES const REAL *matrices, long long stride, long long rows, long long cols, long long batch
#define METHOD double tolerance, long long maxSweeps
#define RESULTS REAL *values, long long valuesStride, int *info
#define ARGUMENTS matrices, stride, rows, cols, batch, tolerance, maxSweeps, values, valuesStride, info

// n <= 64
extern "C" __global__ void __launch_bounds__(512, 1) jacobi_64(MATRICES, METHOD, RESULTS) {
    jacobi<16, 4>(ARGUMENTS);
}

// n <= 128
extern "C" __global__ void __launch_bounds__(512, 1) jacobi_128(MATRICES, METHOD, RESULTS) {
    jacobi<16, 8>(ARGUMENTS);
}

// n <= 176: in float64, all that fit 227 KiB
extern "C" __global__ void __launch_bounds__(640, 1) jacobi_176(MATRICES, METHOD, RESULTS) {
    jacobi<16, 11>(ARGUMENTS);
}

// n <= 256: in float32, all that fit
extern "C" __global__ void __launch_bounds__(512, 1) jacobi_256(MATRICES, METHOD, RESULTS) {
    jacobi<16, 16>(ARGUMENTS);
}
