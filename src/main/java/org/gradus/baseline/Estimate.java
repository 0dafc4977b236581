package org.gradus.baseline;

import java.util.Arrays;
import java.util.Optional;
import org.gradus.linalg.Matrix;

/**
 * What a method makes of the observations.
 *
 * @param method as on the command line: nuclear-norm, soft-impute, truncated-svd, depth-1
 * @param matrix W
 * @param values its singular values, descending, as many as are not zero by construction
 * @param certificate where W solves a convex program
 */
public record Estimate(String method, Matrix matrix, double[] values, Optional<Certificate> certificate) {

    public int rank() {
        return values.length;
    }

    public double nuclearNorm() {
        return Arrays.stream(values).sum();
    }
}
