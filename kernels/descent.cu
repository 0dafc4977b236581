// Whole intervals of gradient descent on products of small factors in one launch: one warp per run, everything in
// shared memory and registers, no barrier between warps and no traffic with the device's memory but at the beginning
// and the end.
//
// W = W_N ... W_1, W_j of d_j x d_{j-1}, all d_j <= 32; the loss is c/2 ||W - T||_F^2. A step with s_b = -eta*c of run
// b:
//
//     P_1 = W_1    P_j = W_j P_{j-1}          j = 2 ... N-1
//     B_N     = s*(W_N P_{N-1} - T)
//     B_{j-1} = W_j^T B_j                     j = N ... 2, from the old W_j
//     W_j     <- W_j + B_j P_{j-1}^T          j = N ... 2
//     W_1     <- W_1 + B_1
//
// A run with s_b = 0 is frozen: it is skipped and keeps every bit. Runs that diverge fill with Inf and NaN by
// themselves.
//
// Parameters: chain = d_0 ... d_N, then the addresses of W_1 ... W_N of run 0, then their strides from run to run in
// numbers; matrices are column-major and contiguous. target, perRun: run b's at base + b*stride, stride 0 broadcasts.
//
// Launch: 32 threads a block; runs are strided over gridDim.x; the variant descent_U with U >= max d_j;
// 2N*U*(U + 1) numbers of dynamic shared memory: N factors, N - 2 products, 2 B's.
//
// Each of the 32 lanes computes rows lane mod 4, +4, +8 ... and columns lane / 4, +8 ... of an output, a tile of U/4 x
// U/8. The leading dimension U + 1 is odd and lanes of a warp are neighbours in rows or columns: no product, transposed
// or not, has bank conflicts. B alternates between two slots, so a phase needs one __syncwarp: B_{j-1} goes where
// B_{j+1} was, and W_j, which the other lanes read for B_{j-1}, is written after it.
//
// The limit: for each k a lane loads U/4 + U/8 numbers for U^2/32 multiply-adds; U = 32: 12 for 32. Shared memory
// delivers 128 bytes a clock to an SM's lanes, so a warp's 12 loads of float64 take 24 clocks, and 32 multiply-adds at
// 64 lanes a clock (H100) take 16: at most two thirds of the float64 rate (float32: 12 and 8 clocks, the same), U = 16
// half of that intensity. A step needs 3(N-1) products of 2n^3 operations. On devices with 2 float64 lanes a clock the
// arithmetic is the limit.

#ifndef DYNAMIC_SHARED
#define DYNAMIC_SHARED(type, name) extern __shared__ type name[]
#endif

namespace {

constexpr int ROW_LANES = 4;
constexpr int COL_LANES = 8;

// A lane's part of a matrix.
template <int U>
struct Tile {
    static constexpr int ROWS = U / ROW_LANES;
    static constexpr int COLS = U / COL_LANES;
    REAL at[ROWS][COLS];
};

// Where a lane's tile lies.
struct Lane {
    int row;
    int col;
};

template <int U>
constexpr int LD = U + 1;

template <int U>
constexpr int SLOT = U * LD<U>;

// tile <- tile + op(a)*op(b) over k < inner, where rows (columns) of a tile that the matrix lacks hold garbage.
template <int U, bool TRANS_A, bool TRANS_B>
__device__ inline void multiply_add(const REAL *a, const REAL *b, int inner, Lane lane, Tile<U> &tile) {
    constexpr int ld = LD<U>;
    a += lane.row * (TRANS_A ? ld : 1);
    b += lane.col * (TRANS_B ? 1 : ld);
    for (int k = 0; k < inner; k++) {
        REAL x[Tile<U>::ROWS];
        REAL y[Tile<U>::COLS];
        for (int i = 0; i < Tile<U>::ROWS; i++) {
            x[i] = a[TRANS_A ? k + i * ROW_LANES * ld : k * ld + i * ROW_LANES];
        }
        for (int j = 0; j < Tile<U>::COLS; j++) {
            y[j] = b[TRANS_B ? k * ld + j * COL_LANES : k + j * COL_LANES * ld];
        }
        for (int i = 0; i < Tile<U>::ROWS; i++) {
            for (int j = 0; j < Tile<U>::COLS; j++) {
                tile.at[i][j] += x[i] * y[j];
            }
        }
    }
}

// act(number of the tile, its place in a slot) for the whole tile.
template <int U, class Act>
__device__ inline void for_each(Lane lane, Tile<U> &tile, Act act) {
    for (int j = 0; j < Tile<U>::COLS; j++) {
        for (int i = 0; i < Tile<U>::ROWS; i++) {
            act(tile.at[i][j], lane.row + i * ROW_LANES + (lane.col + j * COL_LANES) * LD<U>);
        }
    }
}

template <int U>
__device__ inline void clear(Tile<U> &tile) {
    for (int i = 0; i < Tile<U>::ROWS; i++) {
        for (int j = 0; j < Tile<U>::COLS; j++) {
            tile.at[i][j] = 0;
        }
    }
}

template <int U>
__device__ inline void read(const REAL *slot, Lane lane, Tile<U> &tile) {
    for_each<U>(lane, tile, [slot](REAL &x, int place) { x = slot[place]; });
}

template <int U>
__device__ inline void write(REAL *slot, Lane lane, Tile<U> &tile) {
    for_each<U>(lane, tile, [slot](REAL &x, int place) { slot[place] = x; });
}

template <int U>
struct Chain {
    int depth;
    const long long *sizes;
    REAL *slots;

    __device__ int size(int j) const { return static_cast<int>(sizes[j]); }
    __device__ REAL *factor(int j) const { return slots + (j - 1) * SLOT<U>; }
    __device__ REAL *prefix(int j) const { return j == 1 ? factor(1) : slots + (depth + j - 2) * SLOT<U>; }
    __device__ REAL *gradient(int j) const { return slots + (2 * depth - 2 + j % 2) * SLOT<U>; }
};

template <int U>
__device__ inline void step(const Chain<U> &chain, Lane lane, REAL s, Tile<U> &target) {
    const int depth = chain.depth;
    Tile<U> tile;
    for (int j = 2; j < depth; j++) {
        clear(tile);
        multiply_add<U, false, false>(chain.factor(j), chain.prefix(j - 1), chain.size(j - 1), lane, tile);
        write<U>(chain.prefix(j), lane, tile);
        __syncwarp();
    }
    if (depth == 1) {
        read<U>(chain.factor(1), lane, tile);
    } else {
        clear(tile);
        multiply_add<U, false, false>(
                chain.factor(depth), chain.prefix(depth - 1), chain.size(depth - 1), lane, tile);
    }
    for (int i = 0; i < Tile<U>::ROWS; i++) {
        for (int j = 0; j < Tile<U>::COLS; j++) {
            tile.at[i][j] = s * (tile.at[i][j] - target.at[i][j]);
        }
    }
    write<U>(chain.gradient(depth), lane, tile);
    __syncwarp();
    for (int j = depth; j >= 2; j--) {
        clear(tile);
        multiply_add<U, true, false>(chain.factor(j), chain.gradient(j), chain.size(j), lane, tile);
        write<U>(chain.gradient(j - 1), lane, tile);
        read<U>(chain.factor(j), lane, tile);
        multiply_add<U, false, true>(chain.gradient(j), chain.prefix(j - 1), chain.size(0), lane, tile);
        __syncwarp();
        write<U>(chain.factor(j), lane, tile);
    }
    const REAL *const b1 = chain.gradient(1);
    REAL *const w1 = chain.factor(1);
    for_each<U>(lane, tile, [b1, w1](REAL &, int place) { w1[place] += b1[place]; });
    __syncwarp();
}

// Run b's factor j in the device's memory.
__device__ inline REAL *factor_of(const long long *chain, int depth, int j, long long b) {
    const long long address = chain[depth + j];
    return reinterpret_cast<REAL *>(address) + b * chain[2 * depth + j];
}

template <int U>
__device__ inline void descent(
        const long long *table, long long depth, const REAL *target, long long targetStride, const REAL *perRun,
        long long perRunStride, long long batch, long long steps) {
    DYNAMIC_SHARED(REAL, memory);
    const Chain<U> chain{static_cast<int>(depth), table, memory};
    const int thread = threadIdx.x;
    const Lane lane{thread % ROW_LANES, thread / ROW_LANES};
    const int rows = chain.size(chain.depth);
    const int cols = chain.size(0);
    // nothing sums over padding; zeros keep it from being read before it is written
    for (int i = thread; i < 2 * chain.depth * SLOT<U>; i += 32) {
        memory[i] = 0;
    }
    __syncwarp();
    for (long long b = blockIdx.x; b < batch; b += gridDim.x) {
        const REAL s = perRun[b * perRunStride];
        if (s == 0) {
            continue;
        }
        for (int j = 1; j <= chain.depth; j++) {
            const REAL *const w = factor_of(table, chain.depth, j, b);
            for (int i = thread; i < chain.size(j) * chain.size(j - 1); i += 32) {
                chain.factor(j)[i % chain.size(j) + i / chain.size(j) * LD<U>] = w[i];
            }
        }
        Tile<U> wanted;
        const REAL *const t = target + b * targetStride;
        for_each<U>(lane, wanted, [t, rows, cols](REAL &x, int place) {
            const int r = place % LD<U>;
            const int c = place / LD<U>;
            x = r < rows && c < cols ? t[r + c * rows] : 0;
        });
        __syncwarp();
        for (long long k = 0; k < steps; k++) {
            step(chain, lane, s, wanted);
        }
        for (int j = 1; j <= chain.depth; j++) {
            REAL *const w = factor_of(table, chain.depth, j, b);
            for (int i = thread; i < chain.size(j) * chain.size(j - 1); i += 32) {
                w[i] = chain.factor(j)[i % chain.size(j) + i / chain.size(j) * LD<U>];
            }
        }
        __syncwarp();
    }
}

}  // namespace

#define FACTORS const long long *chain, long long depth, const REAL *target, long long targetStride
#define STEPS const REAL *perRun, long long perRunStride, long long batch, long long steps
#define ARGUMENTS chain, depth, target, targetStride, perRun, perRunStride, batch, steps

extern "C" __global__ void __launch_bounds__(32, 1) descent_8(FACTORS, STEPS) {
    descent<8>(ARGUMENTS);
}

extern "C" __global__ void __launch_bounds__(32, 1) descent_16(FACTORS, STEPS) {
    descent<16>(ARGUMENTS);
}

extern "C" __global__ void __launch_bounds__(32, 1) descent_24(FACTORS, STEPS) {
    descent<24>(ARGUMENTS);
}

extern "C" __global__ void __launch_bounds__(32, 1) descent_32(FACTORS, STEPS) {
    descent<32>(ARGUMENTS);
}
