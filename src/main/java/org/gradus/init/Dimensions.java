package org.gradus.init;

import java.util.List;

/**
 * n_0, …, n_N: factor W_j is n_j×n_{j−1}, the product W_N ⋯ W_1 is n_N×n_0.
 *
 * @param sizes n_0 first; at least two, each at least 1
 */
public record Dimensions(List<Integer> sizes) {

    /** @throws IllegalArgumentException if there is no factor or a size below 1 */
    public Dimensions {
        sizes = List.copyOf(sizes);
        if (sizes.size() < 2 || sizes.stream().anyMatch(n -> n < 1)) {
            throw new IllegalArgumentException("not the sizes of a product of factors: " + sizes);
        }
    }

    /** N. */
    public int depth() {
        return sizes.size() - 1;
    }

    /** Rows of W_j, 1 ≤ j ≤ N; n_0 for j = 0. */
    public int size(int j) {
        return sizes.get(j);
    }

    public int rows() {
        return size(depth());
    }

    public int cols() {
        return size(0);
    }

    public boolean allEqual() {
        return smallest() == largest();
    }

    public int smallest() {
        return sizes.stream().mapToInt(n -> n).min().orElseThrow();
    }

    public int largest() {
        return sizes.stream().mapToInt(n -> n).max().orElseThrow();
    }
}
