package org.gradus.init;

import java.util.Optional;
import org.gradus.linalg.Matrix;

/** W_j = αI for every j. */
public record Identical(double scale) implements Initialization {

    @Override
    public Optional<String> refusal(Dimensions dimensions) {
        return dimensions.allEqual() ? Optional.empty() : Optional.of(Scales.onlySquare("identical", dimensions));
    }

    @Override
    public Matrix factor(int j, Dimensions dimensions) {
        return Matrix.scaledIdentity(dimensions.size(j), scale);
    }

    @Override
    public double largestSingularValue(Dimensions dimensions) {
        return scale;
    }

    @Override
    public String describe(Dimensions dimensions) {
        return "identical, " + Scales.describe(scale, dimensions.depth());
    }
}
