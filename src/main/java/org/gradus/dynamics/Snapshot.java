package org.gradus.dynamics;

import java.util.ArrayList;
import java.util.List;
import org.gradus.backend.Arena;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Ops;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;
import org.gradus.init.Dimensions;

/**
 * The memory of one measurement: {@link OwnSnapshot} has matrices of its own, so that the descent can go on meanwhile, {@link
 * InPlaceSnapshot} borrows those that every step makes anew.
 */
abstract class Snapshot {
    private final MatrixBatch sums;
    private final List<MatrixBatch> defects = new ArrayList<>();
    private final List<MatrixBatch> values = new ArrayList<>();
    private final HostMatrices hostProducts;

    Snapshot(Arena arena, MemoryDemand demand, int runs) {
        Dimensions dimensions = demand.dimensions();
        Shape scalars = new Shape(runs, 1, 1);
        sums = arena.allocate(scalars, Precision.FLOAT64);
        for (int i = 0; i < demand.defects(); i++) {
            defects.add(arena.allocate(scalars, Precision.FLOAT64));
        }
        int rank = Math.min(dimensions.rows(), dimensions.cols());
        values.add(arena.allocate(new Shape(runs, rank, 1), demand.precision()));
        for (int j = 1; demand.measures().factors() && j <= dimensions.depth(); j++) {
            int count = Math.min(dimensions.size(j), dimensions.size(j - 1));
            values.add(arena.allocate(new Shape(runs, count, 1), demand.precision()));
        }
        hostProducts = new HostMatrices(runs, Math.multiplyExact(dimensions.rows(), dimensions.cols()));
    }

    /** runs·(1×1) of FLOAT64. */
    final MatrixBatch sums() {
        return sums;
    }

    /** For ‖W_{j+1}ᵀW_{j+1} − W_jW_jᵀ‖_F², 1 ≤ j &lt; N, runs·(1×1) of FLOAT64. */
    final MatrixBatch defect(int j) {
        return defects.get(j - 1);
    }

    /** For the singular values of the product, j = 0, and where they are asked for those of W_j. */
    final MatrixBatch values(int j) {
        return values.get(j);
    }

    final HostMatrices hostProducts() {
        return hostProducts;
    }

    /** Takes what will be measured from the factors; on the main line. */
    abstract void take(Ops main, DescentStep step);

    /** W as the bound problem wants it. */
    abstract MatrixBatch product();

    /** Scratch of the shape of the product. */
    abstract MatrixBatch residual();

    /** Fills {@link #values}; the product and what was taken of the factors are lost. */
    abstract void findSingularValues(Ops side);
}
