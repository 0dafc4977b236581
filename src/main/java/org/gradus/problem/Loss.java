package org.gradus.problem;

/** How a sum of squared residuals s over m observations becomes the loss L and its gradient. */
public enum Loss {
    /** L = s/2. */
    SUM,
    /** L = s/m. */
    MEAN;

    /** L from s and m. */
    public double of(double sumOfSquares, long observations) {
        return this == SUM ? sumOfSquares / 2 : sumOfSquares / observations;
    }

    /** c such that ∂L/∂W = c·(adjoint of the residual): 1 or 2/m. */
    public double gradientFactor(long observations) {
        return this == SUM ? 1 : 2.0 / observations;
    }
}
