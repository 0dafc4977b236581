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

    /** Whether {@link org.gradus.backend.Backend#record} can capture the gradient of a bound problem. */
    default boolean recordable() {
        return true;
    }

    /** What a step takes beside products, in operations of products that take as long; for one run. */
    default double workPerStep() {
        return 0;
    }

    /** ‖P_T truth‖_F² over the entries T of the test error; without any, of all that is observed. */
    double squaredTruth();

    /** What {@link #bind} allocates, or a little more. */
    Footprint footprint();

    /**
     * Puts the data into a backend's memory.
     *
     * @param runs batch of the products that will be handed over
     *
     * @param orientation NO: the matrices handed to the bound problem are W and G, rows×cols; YES: Wᵀ and Gᵀ
     */
    BoundProblem bind(Arena arena, Precision precision, Transpose orientation, int runs);
}
