package org.gradus.init;

import java.util.Optional;
import org.gradus.linalg.Matrix;

/** A rule for the factors at step 0. */
public sealed interface Initialization permits Identical, Perturbed, Balanced, Orthogonal, RandomEntries, Given {

    /** Why this start cannot be had for factors of these sizes, and what to use instead; empty if it can. */
    Optional<String> refusal(Dimensions dimensions);

    /**
     * The factor W_j, n_j×n_{j−1}, at step 0.
     *
     * @param j 1 … N
     */
    Matrix factor(int j, Dimensions dimensions);

    /** The largest singular value of any factor, exactly or (random entries) where its distribution concentrates. */
    double largestSingularValue(Dimensions dimensions);

    /** Kind and scales, per factor and for the product, for people. */
    String describe(Dimensions dimensions);
}
