package org.gradus.problem;

import org.gradus.backend.Arena;
import org.gradus.backend.Precision;
import org.gradus.backend.Transpose;

/** A loss L(W) of a rows×cols matrix W, and where the truth is known, an error against it. */
public interface Problem {

    /** n_N. */
    int rows();

    /** n_0. */
    int cols();

    /** m, over how many numbers the residual runs. */
    long observations();

    Loss loss();

    /** Whether a test error is defined: a truth is known that differs from what the loss sees. */
    boolean hasTestError();

    /** Matrices of size rows×cols that {@link #bind} allocates. */
    int residentMatrices();

    /**
     * Puts the data into a backend's memory.
     *
     * @param orientation NO: the matrices handed to the bound problem are W and G, rows×cols; YES: Wᵀ and Gᵀ
     */
    BoundProblem bind(Arena arena, Precision precision, Transpose orientation);
}
