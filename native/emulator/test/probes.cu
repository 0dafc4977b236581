// Kernels that the emulator's own tests launch.

#ifndef DYNAMIC_SHARED
#define DYNAMIC_SHARED(type, name) extern __shared__ type name[]
#endif

// x[i] ← value for i < count, whatever x has room for.
extern "C" __global__ void fill(REAL *x, long long count, double value) {
    const long long i = static_cast<long long>(blockIdx.x) * blockDim.x + threadIdx.x;
    if (i >= count) {
        return;
    }
    x[i] = static_cast<REAL>(value);
}

// out[block] ← Σ x[i] over the block's threads: shuffles within warps, shared memory and a barrier between them.
extern "C" __global__ void __launch_bounds__(256) block_sums(const REAL *x, REAL *out) {
    DYNAMIC_SHARED(REAL, sums);
    REAL sum = x[blockIdx.x * blockDim.x + threadIdx.x];
    for (int offset = 16; offset > 0; offset /= 2) {
        sum += __shfl_xor_sync(0xffffffffu, sum, offset);
    }
    if (threadIdx.x % 32 == 0) {
        sums[threadIdx.x / 32] = sum;
    }
    __syncthreads();
    if (threadIdx.x == 0) {
        REAL all = 0;
        for (unsigned warp = 0; warp < blockDim.x / 32; warp++) {
            all += sums[warp];
        }
        out[blockIdx.x] = all;
    }
}

// out[i] ← x[n − 1 − i] through shared memory, with the barrier left out where `careless` says so.
extern "C" __global__ void reverse(const REAL *x, REAL *out, long long careless) {
    DYNAMIC_SHARED(REAL, all);
    all[threadIdx.x] = x[threadIdx.x];
    if (careless == 0) {
        __syncthreads();
    }
    out[threadIdx.x] = all[blockDim.x - 1 - threadIdx.x];
}

// Every third thread returns before the barrier, the others count themselves after it.
extern "C" __global__ void count_living(int *count) {
    if (threadIdx.x % 3 == 0) {
        return;
    }
    __syncthreads();
    atomicAdd(count, 1);
}

// The first thread waits in a barrier of its own.
extern "C" __global__ void part_ways(REAL *x) {
    if (threadIdx.x == 0) {
        __syncthreads();
    } else {
        x[threadIdx.x] = 1;
        __syncthreads();
    }
}

// The first lane waits for its warp, the others for the block.
extern "C" __global__ void wait_for_ever(REAL *x) {
    if (threadIdx.x == 0) {
        x[0] = __shfl_sync(0xffffffffu, x[0], 1);
    } else {
        __syncthreads();
    }
}

// Which lanes of each warp hold a positive number; the value eight lanes further in segments of sixteen.
extern "C" __global__ void votes(const REAL *x, unsigned *ballots, REAL *shifted) {
    const REAL mine = x[threadIdx.x];
    const unsigned ballot = __ballot_sync(0xffffffffu, mine > 0);
    if (threadIdx.x % 32 == 0) {
        ballots[threadIdx.x / 32] = ballot;
    }
    shifted[threadIdx.x] = __shfl_down_sync(0xffffffffu, mine, 8, 16);
}
