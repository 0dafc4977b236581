package org.gradus.init;

import java.util.List;
import java.util.Optional;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.SpectralNorm;

/**
 * Factors from elsewhere.
 *
 * @param factors W_1 first
 */
public record Given(List<Matrix> factors) implements Initialization {

    public Given {
        factors = List.copyOf(factors);
    }

    @Override
    public Optional<String> refusal(Dimensions dimensions) {
        if (factors.size() != dimensions.depth()) {
            return Optional.of(factors.size() + " factors are given for depth " + dimensions.depth());
        }
        for (int j = 1; j <= factors.size(); j++) {
            Matrix factor = factors.get(j - 1);
            if (factor.rows() != dimensions.size(j) || factor.cols() != dimensions.size(j - 1)) {
                return Optional.of("the file of W_" + j + " holds a " + factor.rows() + "×" + factor.cols()
                        + " matrix; the sizes " + dimensions.sizes() + " want " + dimensions.size(j) + "×"
                        + dimensions.size(j - 1));
            }
        }
        return Optional.empty();
    }

    @Override
    public Matrix factor(int j, Dimensions dimensions) {
        return factors.get(j - 1);
    }

    @Override
    public double largestSingularValue(Dimensions dimensions) {
        return factors.stream().mapToDouble(SpectralNorm::of).max().orElseThrow();
    }

    @Override
    public String describe(Dimensions dimensions) {
        return "given factors";
    }
}
