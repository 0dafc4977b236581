package org.gradus.backend.cuda;

import org.gradus.backend.Arena;
import org.gradus.backend.Places;

/** Places in device memory, as 32-bit integers: where the columns start, cols + 1 of them, and the row of each place. */
final class CudaPlaces extends Places {
    private final DeviceMemory starts;
    private final DeviceMemory rowIndices;

    CudaPlaces(Arena arena, int rows, int cols, int count, DeviceMemory starts, DeviceMemory rowIndices) {
        super(arena, rows, cols, count);
        this.starts = starts;
        this.rowIndices = rowIndices;
    }

    static CudaPlaces of(Places places) {
        return (CudaPlaces) places;
    }

    /** As the kernels of observe.cu take it. */
    ObserveKernels.Columns columns() {
        return new ObserveKernels.Columns(starts.address(), rowIndices.address(), rows(), cols(), count());
    }
}
