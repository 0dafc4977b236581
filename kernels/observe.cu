// What sensing and completion need beside products: residuals of measurements, the entries of a matrix that were
// observed, and columns multiplied or scaled one by one.
//
// Run b's matrix is contiguous, column-major, at base + b*stride; a stride of 0 broadcasts an input. All sizes count
// numbers, in 64 bits. Places are in compressed columns: those of column j have the numbers k in [starts[j],
// starts[j+1]) and lie in the rows rowIndices[k], which ascend; so place k has the offset rowIndices[k] + j*rows, and
// offsets ascend with k.
//
// REAL: double or float.

#ifndef DYNAMIC_SHARED
#define DYNAMIC_SHARED(type, name) extern __shared__ type name[]
#endif

namespace {

// The column of place k, given that it lies in [first, last]: the last one whose start is at most k.
__device__ inline long long column_of(const int *starts, long long k, long long first, long long last) {
    while (first < last) {
        const long long middle = last - (last - first) / 2;
        if (starts[middle] <= k) {
            first = middle;
        } else {
            last = middle - 1;
        }
    }
    return first;
}

// The first place whose offset is at least that of row `row` of column `column`; one past the column's last where all
// of them lie higher up.
__device__ inline long long first_place(const int *starts, const int *rowIndices, long long row, long long column) {
    long long from = starts[column];
    long long to = row == 0 ? from : starts[column + 1];
    while (from < to) {
        const long long middle = from + (to - from) / 2;
        if (rowIndices[middle] < row) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from;
}

// The sum over the block's threads of one row (equal threadIdx.y), valid in the thread with threadIdx.x = 0. Called by
// all; blockDim.x is a power of two, the block full warps. Always in the same order.
__device__ inline double sum_over_row(double mine) {
    const int width = blockDim.x < 32 ? blockDim.x : 32;
    for (int distance = width / 2; distance > 0; distance /= 2) {
        mine += __shfl_down_sync(0xffffffffu, mine, distance, width);
    }
    if (blockDim.x > 32) {
        DYNAMIC_SHARED(double, memory);
        const int warps = blockDim.x / 32;
        double *const row = memory + threadIdx.y * warps;
        __syncthreads();
        if (threadIdx.x % 32 == 0) {
            row[threadIdx.x / 32] = mine;
        }
        __syncthreads();
        for (int w = 1; w < warps && threadIdx.x == 0; w++) {
            mine += row[w];
        }
    }
    return mine;
}

}  // namespace

// out_b[i] <- out_b[i] - y[i], after <A_i, x_b> has been put into out. Launch: blockDim (x, y), x threads along the
// measurements, y runs side by side; both are strided over, so any launch is right. Traffic: 2 numbers each, and y.
extern "C" __global__ void misfit(
        const REAL *y, long long yStride, REAL *out, long long outStride, long long count, long long batch) {
    const long long step = static_cast<long long>(gridDim.x) * blockDim.x;
    const long long runs = static_cast<long long>(gridDim.y) * blockDim.y;
    for (long long b = static_cast<long long>(blockIdx.y) * blockDim.y + threadIdx.y; b < batch; b += runs) {
        REAL *const target = out + b * outStride;
        for (long long i = static_cast<long long>(blockIdx.x) * blockDim.x + threadIdx.x; i < count; i += step) {
            target[i] -= y[i * yStride];
        }
    }
}

// The same, and scaled_b[i] <- s_b*out_b[i], which the adjoint then takes: a product has one factor for all runs.
// scaled is count x batch without gaps. Launch as misfit. Traffic: 3 numbers each, and y.
extern "C" __global__ void scaled_misfit(
        const REAL *perRun, long long perRunStride, const REAL *y, long long yStride, REAL *out, long long outStride,
        REAL *scaled, long long count, long long batch) {
    const long long step = static_cast<long long>(gridDim.x) * blockDim.x;
    const long long runs = static_cast<long long>(gridDim.y) * blockDim.y;
    for (long long b = static_cast<long long>(blockIdx.y) * blockDim.y + threadIdx.y; b < batch; b += runs) {
        const REAL s = perRun[b * perRunStride];
        REAL *const target = out + b * outStride;
        for (long long i = static_cast<long long>(blockIdx.x) * blockDim.x + threadIdx.x; i < count; i += step) {
            const REAL residual = target[i] - y[i * yStride];
            target[i] = residual;
            scaled[b * count + i] = s * residual;
        }
    }
}

// out_b[k] <- x_b at place k. A thread a place, so that it does not matter how they are spread over the columns; the
// search for the column, log2(cols) reads that neighbours share, is done once for all runs of the thread. Launch as
// misfit. Traffic: 2 numbers a place and run, one of them in sectors that unobserved neighbours share, and 4 bytes a
// place.
extern "C" __global__ void gather(
        const int *starts, const int *rowIndices, const REAL *x, long long stride, REAL *out, long long outStride,
        long long rows, long long cols, long long count, long long batch) {
    const long long step = static_cast<long long>(gridDim.x) * blockDim.x;
    const long long runs = static_cast<long long>(gridDim.y) * blockDim.y;
    for (long long k = static_cast<long long>(blockIdx.x) * blockDim.x + threadIdx.x; k < count; k += step) {
        const long long at = rowIndices[k] + column_of(starts, k, 0, cols - 1) * rows;
        for (long long b = static_cast<long long>(blockIdx.y) * blockDim.y + threadIdx.y; b < batch; b += runs) {
            out[b * outStride + k] = x[b * stride + at];
        }
    }
}

// residuals_b[k] <- s_b*(x_b - y[k]) at place k, and x_b <- these at the places, 0 elsewhere.
//
// The matrix is cut into stretches of `stretch` entries, across columns: every stretch is the same amount of writing,
// whether columns are few and long or many and short. Its places are consecutive. A stretch is put together in shared
// memory and written in one go, so x is read at its places only (what is not observed may be NaN) and written once,
// contiguously.
//
// Launch: blockDim (x, y), x threads along a stretch, y runs side by side; blockDim.y*stretch REALs of dynamic shared
// memory; stretches are strided over by gridDim.x, runs by gridDim.y. Traffic: 1 number an entry, 3 a place and 4
// bytes, of which x is read in sectors that neighbours share.
extern "C" __global__ void observed_residual(
        const REAL *perRun, long long perRunStride, const int *starts, const int *rowIndices, const REAL *y,
        REAL *residuals, long long residualStride, REAL *x, long long stride, long long rows, long long cols,
        long long batch, long long stretch) {
    DYNAMIC_SHARED(REAL, memory);
    REAL *const part = memory + threadIdx.y * stretch;
    const long long entries = rows * cols;
    const long long runs = static_cast<long long>(gridDim.y) * blockDim.y;
    for (long long low = blockIdx.x * stretch; low < entries; low += gridDim.x * stretch) {
        const long long high = low + stretch < entries ? low + stretch : entries;
        const long long firstColumn = low / rows;
        const long long lastColumn = (high - 1) / rows;
        const long long first = first_place(starts, rowIndices, low - firstColumn * rows, firstColumn);
        const long long end = first_place(starts, rowIndices, high - lastColumn * rows, lastColumn);
        for (long long base = static_cast<long long>(blockIdx.y) * blockDim.y; base < batch; base += runs) {
            const long long b = base + threadIdx.y;
            for (long long i = threadIdx.x; i < high - low; i += blockDim.x) {
                part[i] = 0;
            }
            __syncthreads();
            if (b < batch) {
                const REAL s = perRun[b * perRunStride];
                for (long long k = first + threadIdx.x; k < end; k += blockDim.x) {
                    const long long at = rowIndices[k] + column_of(starts, k, firstColumn, lastColumn) * rows;
                    const REAL residual = s * (x[b * stride + at] - y[k]);
                    residuals[b * residualStride + k] = residual;
                    part[at - low] = residual;
                }
            }
            __syncthreads();
            // each thread zeroes next what it writes here, so no third barrier
            for (long long i = threadIdx.x; b < batch && i < high - low; i += blockDim.x) {
                x[b * stride + low + i] = part[i];
            }
        }
    }
}

// out_b[j] <- <column j of a_b, column j of b_b>, accumulated in float64; a run's bits do not depend on its batch.
//
// Launch: blockDim (x, y), x a power of two along a column, y columns of any runs side by side, x*y a multiple of 32;
// y*x/32 doubles of dynamic shared memory where x > 32; columns are strided over by gridDim.x. One pass: 2*rows
// numbers are read for each.
extern "C" __global__ void column_inner_products(
        const REAL *left, long long leftStride, const REAL *right, long long rightStride, REAL *out,
        long long outStride, long long rows, long long cols, long long batch) {
    const long long step = static_cast<long long>(gridDim.x) * blockDim.y;
    for (long long base = static_cast<long long>(blockIdx.x) * blockDim.y; base < batch * cols; base += step) {
        const long long item = base + threadIdx.y;
        const long long b = item / cols;
        const long long j = item - b * cols;
        double mine = 0;
        if (b < batch) {
            const REAL *const p = left + b * leftStride + j * rows;
            const REAL *const q = right + b * rightStride + j * rows;
            for (long long i = threadIdx.x; i < rows; i += blockDim.x) {
                mine += static_cast<double>(p[i]) * static_cast<double>(q[i]);
            }
        }
        const double sum = sum_over_row(mine);
        if (b < batch && threadIdx.x == 0) {
            out[b * outStride + j] = static_cast<REAL>(sum);
        }
    }
}

// out_b <- in_b*diag(d_b). Launch as column_inner_products, but any x and y are right. Traffic: 2 numbers an entry,
// and d.
extern "C" __global__ void scale_columns(
        const REAL *d, long long dStride, const REAL *in, long long inStride, REAL *out, long long outStride,
        long long rows, long long cols, long long batch) {
    const long long step = static_cast<long long>(gridDim.x) * blockDim.y;
    const long long first = static_cast<long long>(blockIdx.x) * blockDim.y + threadIdx.y;
    for (long long item = first; item < batch * cols; item += step) {
        const long long b = item / cols;
        const long long j = item - b * cols;
        const REAL s = d[b * dStride + j];
        const REAL *const source = in + b * inStride + j * rows;
        REAL *const target = out + b * outStride + j * rows;
        for (long long i = threadIdx.x; i < rows; i += blockDim.x) {
            target[i] = s * source[i];
        }
    }
}
