package org.gradus.dynamics;

import java.util.ArrayList;
import java.util.List;
import org.gradus.backend.Arena;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Ops;

/** A snapshot with matrices of its own: the product, scratch for residuals, and where they are measured all factors. */
final class OwnSnapshot extends Snapshot {
    private final Workspace workspace;
    private final MatrixBatch product;
    private final MatrixBatch residual;
    private final List<MatrixBatch> factors = new ArrayList<>();

    OwnSnapshot(Arena arena, MemoryDemand demand, int runs, Workspace workspace) {
        super(arena, demand, runs);
        this.workspace = workspace;
        product = arena.allocate(workspace.productShape(), demand.precision());
        residual = arena.allocate(workspace.productShape(), demand.precision());
        for (MatrixBatch factor : demand.measures().factors() ? workspace.factors() : List.<MatrixBatch>of()) {
            factors.add(arena.allocate(factor.shape(), demand.precision()));
        }
    }

    @Override
    void take(Ops main, DescentStep step) {
        if (workspace.depth() == 1) {
            main.copy(workspace.factor(1), product);
        } else {
            step.prefixes();
            step.product(product);
        }
        for (int j = 1; j <= factors.size(); j++) {
            main.copy(workspace.factor(j), factors.get(j - 1));
        }
    }

    @Override
    MatrixBatch product() {
        return product;
    }

    @Override
    MatrixBatch residual() {
        return residual;
    }

    @Override
    void findSingularValues(Ops side) {
        List<MatrixBatch> matrices = new ArrayList<>(List.of(product));
        List<MatrixBatch> found = new ArrayList<>(List.of(values(0)));
        for (int j = 1; j <= factors.size(); j++) {
            matrices.add(factors.get(j - 1));
            found.add(values(j));
        }
        side.singularValues(matrices, found);
    }
}
