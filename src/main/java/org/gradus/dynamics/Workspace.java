package org.gradus.dynamics;

import java.util.ArrayList;
import java.util.List;
import org.gradus.backend.Arena;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;
import org.gradus.init.Dimensions;

/** The matrices of the dense descent, all allocated before the first step; {@link MemoryDemand} counts them. */
final class Workspace {
    private final Dimensions dimensions;
    private final boolean transposed;
    private final List<MatrixBatch> factors = new ArrayList<>();
    private final List<MatrixBatch> prefixes = new ArrayList<>();
    private final List<MatrixBatch> gradients = new ArrayList<>();

    /**
     * @param transposed whether W and B_N … B_2 are kept transposed, see {@link DescentStep}
     * @param inPlace whether the descent is measured in this memory too
     */
    Workspace(Arena arena, MemoryDemand demand, int runs, boolean transposed, boolean inPlace) {
        dimensions = demand.dimensions();
        this.transposed = transposed;
        Precision precision = demand.precision();
        int depth = dimensions.depth();
        for (int j = 1; j <= depth; j++) {
            factors.add(arena.allocate(new Shape(runs, dimensions.size(j), dimensions.size(j - 1)), precision));
        }
        for (int j = 2; j < depth; j++) {
            prefixes.add(allocate(arena, runs, demand.workEntries(j, inPlace), precision));
        }
        for (int i = 0; i < demand.gradientMatrices(); i++) {
            gradients.add(allocate(arena, runs, demand.largestWorkEntries(inPlace), precision));
        }
    }

    private MatrixBatch allocate(Arena arena, int runs, long entries, Precision precision) {
        int cols = dimensions.cols();
        return arena.allocate(new Shape(runs, Math.toIntExact(entries / cols), cols), precision);
    }

    int depth() {
        return dimensions.depth();
    }

    /** W_1 … W_N. */
    List<MatrixBatch> factors() {
        return List.copyOf(factors);
    }

    /** W_j, runs·(n_j×n_{j−1}). */
    MatrixBatch factor(int j) {
        return factors.get(j - 1);
    }

    /** P_j = W_j ⋯ W_1, runs·(n_j×n_0), 1 ≤ j &lt; N; P_1 is W_1 itself. */
    MatrixBatch prefix(int j) {
        return j == 1 ? factor(1) : prefixes.get(j - 2).reshape(dimensions.size(j), dimensions.cols());
    }

    /** Whether W and B_N … B_2 are kept transposed, see {@link DescentStep}; B_1 never is. */
    boolean transposed() {
        return transposed;
    }

    /** B_j, runs·(n_j×n_0), or transposed; B_j and B_{j−b} share memory, b = {@link #rotation}. */
    MatrixBatch gradient(int j) {
        MatrixBatch memory = gradientMemory(depth() - j);
        return transposed() && j > 1
                ? memory.reshape(dimensions.cols(), dimensions.size(j))
                : memory.reshape(dimensions.size(j), dimensions.cols());
    }

    /** Of W as the bound problem wants it. */
    Shape productShape() {
        int runs = factor(1).shape().batch();
        return transposed()
                ? new Shape(runs, dimensions.cols(), dimensions.rows())
                : new Shape(runs, dimensions.rows(), dimensions.cols());
    }

    /** Memory for W where B_{N−1} lies. */
    MatrixBatch product() {
        return gradientMemory(1).reshape(productShape().rows(), productShape().cols());
    }

    int rotation() {
        return gradients.size();
    }

    /** Scratch i of the gradient's memory in its full size. */
    MatrixBatch gradientMemory(int i) {
        return gradients.get(i % rotation());
    }

    /** All memory whose content is made anew in every step. */
    List<MatrixBatch> scratch() {
        List<MatrixBatch> scratch = new ArrayList<>(gradients);
        scratch.addAll(prefixes);
        return scratch;
    }
}
