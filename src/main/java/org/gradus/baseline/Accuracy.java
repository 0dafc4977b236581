package org.gradus.baseline;

/**
 * When an iteration ends.
 *
 * @param tolerance for relative gap, tangent deviation and, where W is constrained, feasibility
 * @param iterations after which it ends in any case; the certificate then says that the tolerance was not reached
 */
public record Accuracy(double tolerance, int iterations) {
    public static final Accuracy USUAL = new Accuracy(1e-4, 10_000);

    /** @throws IllegalArgumentException unless both are positive */
    public Accuracy {
        if (!(tolerance > 0) || iterations < 1) {
            throw new IllegalArgumentException(
                    "tolerance " + tolerance + " and " + iterations + " iterations: both have to be positive");
        }
    }
}
