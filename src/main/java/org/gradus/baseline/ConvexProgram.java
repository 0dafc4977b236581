package org.gradus.baseline;

import java.util.Arrays;
import org.gradus.linalg.LinearMap;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.Spectrum;

/**
 * min ‖W‖_* subject to A(W) = y, whose dual is max ⟨y, ν⟩ subject to ‖A*(ν)‖ ≤ 1; or, with a penalty λ > 0,
 * min ½‖A(W) − y‖² + λ‖W‖_*, whose dual is max ⟨y, ν⟩ − ½‖ν‖² subject to ‖A*(ν)‖ ≤ λ.
 *
 * @param penalty λ, or 0 for the constraint
 */
record ConvexProgram(LinearMap map, double[] y, double penalty) {

    /** @throws IllegalArgumentException if y has another length or is not finite, or λ is negative or not finite */
    ConvexProgram {
        requireObservations(map, y);
        if (!(penalty >= 0 && penalty < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("penalty " + penalty + ": a finite number, not negative, is wanted");
        }
    }

    static void requireObservations(LinearMap map, double[] y) {
        if (y.length != map.count()) {
            throw new IllegalArgumentException(y.length + " observations of " + map.count() + " operators");
        }
        if (!Arrays.stream(y).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("an observation is not finite");
        }
    }

    boolean constrained() {
        return penalty == 0;
    }

    /** The factor of the nuclear norm. */
    double weight() {
        return constrained() ? 1 : penalty;
    }

    /**
     * @param x W by its singular values
     * @param w W
     * @param beside near W; where W is constrained, with A(beside) = y
     * @param nu multipliers, made feasible here by a factor: with the constraint that with ‖A*(ν)‖ ≤ 1, with a penalty the one at
     *     which the dual is largest
     */
    Certificate certify(Shrinkage x, Matrix w, Matrix beside, double[] nu, int iterations, double tolerance) {
        Matrix z = map.adjoint(nu);
        double scale = Math.min(1, weight() / Vectors.spectralNorm(z));
        double inner = Vectors.inner(y, nu);
        double square = Vectors.squaredNorm(nu);
        if (!constrained() && square > 0) {
            scale = Math.min(weight() / Vectors.spectralNorm(z), Math.max(inner / square, 0));
        }
        double residual = Vectors.distance(map.apply(w), y);
        double dual = scale * inner - (constrained() ? 0 : 0.5 * scale * scale * square);
        double primal = constrained()
                ? Arrays.stream(Spectrum.of(beside)).sum()
                : 0.5 * residual * residual + penalty * x.nuclearNorm();
        double feasibility = residual / Vectors.norm(y);
        Matrix unit = new Matrix(z.rows(), z.cols(), Vectors.times(scale / weight(), z.data()));
        double tangent = x.tangentDeviation(unit);
        boolean reached = primal - dual <= tolerance * primal
                && tangent <= tolerance
                && (feasibility <= tolerance || !constrained());
        return new Certificate(
                penalty, primal, dual, feasibility, tangent, Vectors.times(scale, nu), iterations, reached);
    }
}
