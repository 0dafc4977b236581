// out ← inᵀ through tiles in shared memory, so that reads and writes are both contiguous: one pass, two numbers of traffic an
// entry.
//
// in is rows×cols, out cols×rows, both column-major and contiguous; all sizes count numbers, in 64 bits. Launch: blockDim
// (32, 8); the tiles are strided over by gridDim.x, so any grid is right.
//
// REAL: double or float.

extern "C" __global__ void transpose(const REAL *in, REAL *out, long long rows, long long cols) {
    constexpr int TILE = 32;
    __shared__ REAL tile[TILE][TILE + 1];  // a column more: a column of the tile lies in 32 different banks
    const long long down = (rows + TILE - 1) / TILE;
    const long long tiles = down * ((cols + TILE - 1) / TILE);
    for (long long t = blockIdx.x; t < tiles; t += gridDim.x) {
        const long long row = t % down * TILE;
        const long long col = t / down * TILE;
        for (int k = threadIdx.y; k < TILE; k += blockDim.y) {
            if (row + threadIdx.x < rows && col + k < cols) {
                tile[k][threadIdx.x] = in[row + threadIdx.x + (col + k) * rows];
            }
        }
        __syncthreads();
        for (int k = threadIdx.y; k < TILE; k += blockDim.y) {
            if (col + threadIdx.x < cols && row + k < rows) {
                out[col + threadIdx.x + (row + k) * cols] = tile[threadIdx.x][k];
            }
        }
        __syncthreads();
    }
}
