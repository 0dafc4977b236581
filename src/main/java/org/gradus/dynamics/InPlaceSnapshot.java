package org.gradus.dynamics;

import java.util.ArrayList;
import java.util.List;
import org.gradus.backend.Arena;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Ops;
import org.gradus.init.Dimensions;

/**
 * Measures in the memory that every step makes anew, so that nothing but vectors is needed, and the descent has to wait: the
 * product goes where B_{N−1} lies, residuals where B_N lies; afterwards all of it, the prefix products too, is scratch for
 * singular values. For N = 1 the product is W_1 itself.
 */
final class InPlaceSnapshot extends Snapshot {
    private final Dimensions dimensions;
    private final List<List<Integer>> groups;
    private final Workspace workspace;

    InPlaceSnapshot(Arena arena, MemoryDemand demand, int runs, Workspace workspace) {
        super(arena, demand, runs);
        dimensions = demand.dimensions();
        groups = demand.measuredTogether(true);
        this.workspace = workspace;
    }

    @Override
    void take(Ops main, DescentStep step) {
        if (workspace.depth() > 1) {
            step.prefixes();
            step.product(workspace.product());
        }
    }

    @Override
    MatrixBatch product() {
        return workspace.depth() == 1 ? workspace.factor(1) : workspace.product();
    }

    @Override
    MatrixBatch residual() {
        return workspace.gradient(workspace.depth());
    }

    /** The product's and, where asked for, the factors' values, as many side by side as there is scratch. */
    @Override
    void findSingularValues(Ops side) {
        for (List<Integer> group : groups) {
            List<MatrixBatch> free = new ArrayList<>(workspace.scratch());
            List<MatrixBatch> matrices = new ArrayList<>();
            List<MatrixBatch> found = new ArrayList<>();
            for (int j : group) {
                matrices.add(j == 0 ? productIn(free, side) : factorIn(free, j, side));
                found.add(values(j));
            }
            side.singularValues(matrices, found);
        }
    }

    private MatrixBatch productIn(List<MatrixBatch> free, Ops side) {
        MatrixBatch memory = workspace.product();
        if (workspace.depth() == 1) {
            side.copy(workspace.factor(1), memory);
            free.remove(0);
        } else {
            free.remove(1); // where B_{N−1} lies
        }
        return memory;
    }

    private MatrixBatch factorIn(List<MatrixBatch> free, int j, Ops side) {
        MatrixBatch copy = free.remove(0).reshape(dimensions.size(j), dimensions.size(j - 1));
        side.copy(workspace.factor(j), copy);
        return copy;
    }
}
