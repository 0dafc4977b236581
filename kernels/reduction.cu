// ||x_b||_F^2 of every run of a batch, accumulated in float64 whatever REAL is.
//
// Run b's matrix is `entries` contiguous numbers from x + b*stride. Two launches: sum_of_squares gives gridDim.x
// partial sums for each run, sum_partials adds them; where gridDim.x = 1 the partial sums are the result and the second
// is not needed.
//
// The same bits every time: each thread adds its own entries in order, a tree joins the threads, and nothing is atomic.
// The order depends on blockDim.x, gridDim.x and the alignment alone, which the host derives from `entries`: a run's
// sum does not depend on the batch it lies in.
//
// Launch: blockDim (x, y), x a power of two along the entries, y runs side by side; blockDim.x*blockDim.y doubles of
// dynamic shared memory; gridDim.y is strided over. One pass: `entries` numbers are read, 8*gridDim.x bytes written for
// each run.

#ifndef DYNAMIC_SHARED
#define DYNAMIC_SHARED(type, name) extern __shared__ type name[]
#endif

namespace {

// Sixteen bytes, the widest access a thread can make.
struct alignas(16) Pack {
    REAL at[16 / sizeof(REAL)];
};

// The sum over the block's threads of one row (equal threadIdx.y), valid in the thread with threadIdx.x = 0. Called by
// all.
__device__ inline double sum_over_row(double mine) {
    DYNAMIC_SHARED(double, memory);
    double *const row = memory + threadIdx.y * blockDim.x;
    __syncthreads();
    row[threadIdx.x] = mine;
    for (unsigned half = blockDim.x / 2; half > 0; half /= 2) {
        __syncthreads();
        if (threadIdx.x < half) {
            row[threadIdx.x] += row[threadIdx.x + half];
        }
    }
    return row[threadIdx.x];
}

__device__ inline double squares_of_thread(const REAL *x, long long entries, bool aligned) {
    constexpr int WIDTH = 16 / sizeof(REAL);
    const long long packs = aligned ? entries / WIDTH : 0;
    const long long first = static_cast<long long>(blockIdx.x) * blockDim.x + threadIdx.x;
    const long long step = static_cast<long long>(gridDim.x) * blockDim.x;
    double sum[WIDTH] = {};
    for (long long p = first; p < packs; p += step) {
        const Pack pack = reinterpret_cast<const Pack *>(x)[p];
        for (int k = 0; k < WIDTH; k++) {
            sum[k] += static_cast<double>(pack.at[k]) * static_cast<double>(pack.at[k]);
        }
    }
    for (long long i = packs * WIDTH + first; i < entries; i += step) {
        sum[0] += static_cast<double>(x[i]) * static_cast<double>(x[i]);
    }
    double all = sum[0];
    for (int k = 1; k < WIDTH; k++) {
        all += sum[k];
    }
    return all;
}

}  // namespace

// out[b*outStride + c] <- the c-th part of ||x_b||_F^2, c = 0 ... gridDim.x - 1.
extern "C" __global__ void sum_of_squares(
        const REAL *x, long long stride, double *out, long long outStride, long long entries, long long batch) {
    const unsigned long long bytes = static_cast<unsigned long long>(stride) * sizeof(REAL);
    const bool aligned = (reinterpret_cast<unsigned long long>(x) | bytes) % 16 == 0;
    const long long runs = static_cast<long long>(gridDim.y) * blockDim.y;
    for (long long base = static_cast<long long>(blockIdx.y) * blockDim.y; base < batch; base += runs) {
        const long long b = base + threadIdx.y;
        const double sum = sum_over_row(b < batch ? squares_of_thread(x + b * stride, entries, aligned) : 0.0);
        if (b < batch && threadIdx.x == 0) {
            out[b * outStride + blockIdx.x] = sum;
        }
    }
}

// out[b*outStride] <- sum_c partial[b*parts + c]; gridDim.x = 1.
extern "C" __global__ void sum_partials(
        const double *partial, long long parts, double *out, long long outStride, long long batch) {
    const long long runs = static_cast<long long>(gridDim.y) * blockDim.y;
    for (long long base = static_cast<long long>(blockIdx.y) * blockDim.y; base < batch; base += runs) {
        const long long b = base + threadIdx.y;
        double mine = 0;
        for (long long c = threadIdx.x; b < batch && c < parts; c += blockDim.x) {
            mine += partial[b * parts + c];
        }
        const double sum = sum_over_row(mine);
        if (b < batch && threadIdx.x == 0) {
            out[b * outStride] = sum;
        }
    }
}
