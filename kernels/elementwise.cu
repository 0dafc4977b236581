// Element-wise verbs on batches of matrices, each one pass at the rate of the memory.
//
// Run b's matrix is `entries` contiguous numbers from base + b*stride; a stride of 0 broadcasts an input. perRun holds
// one number s_b for each run, at perRun + b*perRunStride. All sizes count numbers, not bytes, in 64 bits. Arithmetic
// is IEEE's, without exceptions for s_b = 0: 0*Inf is NaN, so a diverging run has to be frozen while it is still
// finite.
//
// Launch: blockDim (x, y) with x threads along the entries and y runs side by side, gridDim likewise; both dimensions
// are strided over, so any launch is right. Small matrices want a small x: for 16 entries and 65,000 runs x = 8, y = 32
// makes every warp read one contiguous piece of memory.
//
// REAL: double or float. Traffic per entry: residual 3, scale 2, add_scaled 3, copy 2 numbers.

namespace {

// Sixteen bytes, the widest access a thread can make.
struct alignas(16) Pack {
    REAL at[16 / sizeof(REAL)];
};

__device__ inline bool aligned(const void *base, long long stride) {
    const unsigned long long bytes = static_cast<unsigned long long>(stride) * sizeof(REAL);
    return (reinterpret_cast<unsigned long long>(base) | bytes) % 16 == 0;
}

// out_b[i] <- apply(s_b, in_b[i], out_b[i]) for all runs and entries; where both are aligned, by packs and a rest.
template <class Apply>
__device__ inline void for_each_entry(
        const REAL *perRun, long long perRunStride, const REAL *in, long long inStride, REAL *out, long long outStride,
        long long entries, long long batch, Apply apply) {
    constexpr int WIDTH = 16 / sizeof(REAL);
    const long long packs = aligned(in, inStride) && aligned(out, outStride) ? entries / WIDTH : 0;
    const long long first = static_cast<long long>(blockIdx.x) * blockDim.x + threadIdx.x;
    const long long step = static_cast<long long>(gridDim.x) * blockDim.x;
    const long long runs = static_cast<long long>(gridDim.y) * blockDim.y;
    for (long long b = static_cast<long long>(blockIdx.y) * blockDim.y + threadIdx.y; b < batch; b += runs) {
        const REAL s = perRun[b * perRunStride];
        const REAL *const source = in + b * inStride;
        REAL *const target = out + b * outStride;
        for (long long p = first; p < packs; p += step) {
            const Pack x = reinterpret_cast<const Pack *>(source)[p];
            Pack y = reinterpret_cast<Pack *>(target)[p];
            for (int k = 0; k < WIDTH; k++) {
                y.at[k] = apply(s, x.at[k], y.at[k]);
            }
            reinterpret_cast<Pack *>(target)[p] = y;
        }
        for (long long i = packs * WIDTH + first; i < entries; i += step) {
            target[i] = apply(s, source[i], target[i]);
        }
    }
}

}  // namespace

// out_b <- s_b*(out_b - target_b), after a product has been put into out.
extern "C" __global__ void residual(
        const REAL *perRun, long long perRunStride, const REAL *target, long long targetStride, REAL *out,
        long long outStride, long long entries, long long batch) {
    for_each_entry(
            perRun, perRunStride, target, targetStride, out, outStride, entries, batch,
            [](REAL s, REAL t, REAL y) { return s * (y - t); });
}

// x_b <- s_b*x_b. The input is x itself, whose load the compiler drops.
extern "C" __global__ void scale(
        const REAL *perRun, long long perRunStride, REAL *x, long long stride, long long entries, long long batch) {
    for_each_entry(
            perRun, perRunStride, x, stride, x, stride, entries, batch, [](REAL s, REAL, REAL y) { return s * y; });
}

// out_b <- out_b + s_b*x_b.
extern "C" __global__ void add_scaled(
        const REAL *perRun, long long perRunStride, const REAL *x, long long xStride, REAL *out, long long outStride,
        long long entries, long long batch) {
    for_each_entry(
            perRun, perRunStride, x, xStride, out, outStride, entries, batch,
            [](REAL s, REAL v, REAL y) { return y + s * v; });
}

// out_b <- in_b; out's old content is not read. perRun is not used, so the first number of the input stands for it.
extern "C" __global__ void copy(
        const REAL *in, long long inStride, REAL *out, long long outStride, long long entries, long long batch) {
    for_each_entry(
            in, 0, in, inStride, out, outStride, entries, batch, [](REAL, REAL x, REAL) { return x; });
}
