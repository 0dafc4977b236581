package org.gradus.baseline;

/**
 * How far at most an estimate is from the optimum of its convex program, checkable by anyone: A*(ν) has spectral norm at most 1
 * (with a penalty λ: λ) up to rounding, so {@code dual} is a lower bound of the optimal value whatever the solver did.
 *
 * @param penalty λ; 0 for the program with the constraint A(W) = y
 * @param primal an upper bound of the optimal value: with a penalty the objective at the estimate, with the constraint the nuclear
 *     norm of a matrix beside the estimate that satisfies it
 * @param dual ⟨y, ν⟩, with a penalty less ½‖ν‖²
 * @param feasibility ‖A(W) − y‖/‖y‖
 * @param tangent ‖P_T Z − UVᵀ‖_F/√rank, Z = A*(ν) (with a penalty A*(ν)/λ), W = UΣVᵀ, T its tangent space
 * @param multipliers ν, m numbers
 * @param iterations taken
 * @param reached whether all was within the tolerance when the iteration ended
 */
public record Certificate(
        double penalty,
        double primal,
        double dual,
        double feasibility,
        double tangent,
        double[] multipliers,
        int iterations,
        boolean reached) {

    /** (primal − dual)/primal; 0 where the optimal value is 0. */
    public double gap() {
        return primal > 0 ? (primal - dual) / primal : 0;
    }
}
