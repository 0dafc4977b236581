package org.gradus.init;

import java.util.Locale;
import java.util.Optional;
import org.gradus.linalg.Matrix;

/**
 * W_1 = (α − β)I, the others αI.
 *
 * @param scale α
 * @param perturbation β, 0 &lt; β ≤ α
 */
public record Perturbed(double scale, double perturbation) implements Initialization {

    @Override
    public Optional<String> refusal(Dimensions dimensions) {
        return dimensions.allEqual() ? Optional.empty() : Optional.of(Scales.onlySquare("perturbed", dimensions));
    }

    @Override
    public Matrix factor(int j, Dimensions dimensions) {
        return Matrix.scaledIdentity(dimensions.size(j), j == 1 ? scale - perturbation : scale);
    }

    @Override
    public double largestSingularValue(Dimensions dimensions) {
        return scale;
    }

    @Override
    public String describe(Dimensions dimensions) {
        double product = (scale - perturbation) * Math.pow(scale, dimensions.depth() - 1);
        return String.format(
                Locale.ROOT,
                "perturbed, scale %.6g per factor, perturbation %.6g of the first, %.6g for the product",
                scale,
                perturbation,
                product);
    }
}
