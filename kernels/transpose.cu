// out = transpose(in) through tiles in shared memory, so that reads and writes are both contiguous: one pass, two numbers of traffic an
// entry.
//
// in is rows x cols, out cols x rows, both column-major and contiguous; all sizes count numbers, in 64 bits. Launch: blockDim
// (32, 8), 32*33 REALs of dynamic shared memory; the tiles are strided over by gridDim.x, so any grid is right.
//
// REAL: double or float.

#ifndef DYNAMIC_SHARED
#define DYNAMIC_SHARED(type, name) extern __shared__ type name[]
#endif

extern "C" __global__ void transpose(const REAL *in, REAL *out, long long rows, long long cols) {
    constexpr int TILE = 32;
    constexpr int LD = TILE + 1;  // odd: a row of the tile lies in 32 different banks, like a column
    DYNAMIC_SHARED(REAL, tile);
    const long long down = (rows + TILE - 1) / TILE;
    const long long tiles = down * ((cols + TILE - 1) / TILE);
    for (long long t = blockIdx.x; t < tiles; t += gridDim.x) {
        const long long row = t % down * TILE;
        const long long col = t / down * TILE;
        for (int k = threadIdx.y; k < TILE; k += blockDim.y) {
            if (row + threadIdx.x < rows && col + k < cols) {
                tile[k * LD + threadIdx.x] = in[row + threadIdx.x + (col + k) * rows];
            }
        }
        __syncthreads();
        for (int k = threadIdx.y; k < TILE; k += blockDim.y) {
            if (col + threadIdx.x < cols && row + k < rows) {
                out[col + threadIdx.x + (row + k) * cols] = tile[threadIdx.x * LD + k];
            }
        }
        __syncthreads();
    }
}
