package org.gradus.problem;

import java.util.Optional;
import java.util.OptionalDouble;
import org.gradus.linalg.EveryEntry;
import org.gradus.linalg.LinearMap;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.Sampling;
import org.gradus.linalg.SparseMatrix;

/**
 * A problem in host memory, for methods without factors: y = A(Ŵ), with its noise, is observed. Entries of estimation and
 * completion are observed one by one.
 *
 * @param map A
 */
public record LinearObservations(Problem problem, LinearMap map, double[] y) {

    public static LinearObservations of(Problem problem) {
        if (problem instanceof Sensing sensing) {
            return new LinearObservations(problem, sensing.operators(), sensing.y());
        }
        if (problem instanceof Completion completion) {
            SparseMatrix observed = completion.observed();
            return new LinearObservations(problem, new Sampling(observed), observed.values());
        }
        Matrix target = ((Estimation) problem).target();
        return new LinearObservations(problem, new EveryEntry(target.rows(), target.cols()), target.data());
    }

    /** L(W), as a run would record it. */
    public double loss(Matrix w) {
        return problem.loss().of(squaredDistance(map.apply(w), y), y.length);
    }

    /** ‖P_T(W − Ŵ)‖_F/‖P_TŴ‖_F, T all entries where the truth is known, else those held out; empty where neither is. */
    public OptionalDouble testError(Matrix w) {
        if (problem instanceof Completion completion && completion.truth().isEmpty()) {
            return completion
                    .heldOut()
                    .map(known -> OptionalDouble.of(relative(known.gather(w), known.values())))
                    .orElse(OptionalDouble.empty());
        }
        return truth().map(known -> OptionalDouble.of(relative(w.data(), known.data())))
                .orElse(OptionalDouble.empty());
    }

    private Optional<Matrix> truth() {
        if (problem instanceof Estimation estimation) {
            return estimation.clean();
        }
        return problem instanceof Sensing sensing ? sensing.truth() : ((Completion) problem).truth();
    }

    private static double relative(double[] found, double[] known) {
        return Math.sqrt(squaredDistance(found, known) / KnownMatrix.squaredNorm(known));
    }

    private static double squaredDistance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }
}
