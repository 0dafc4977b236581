package org.gradus.baseline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.gradus.linalg.EveryEntry;
import org.gradus.linalg.Lapack;
import org.gradus.linalg.LinearMap;
import org.gradus.linalg.LowRank;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.SpectralEstimates;
import org.gradus.linalg.Spectrum;

/**
 * The methods to compare descent with, in float64 on the host. Observations y are m finite numbers. A wrong length, rank or
 * penalty is an IllegalArgumentException; operators that are too many, and observations that contradict each other under a
 * constraint, are a {@link BaselineException}.
 */
public final class Baselines {
    public static final String NUCLEAR_NORM = "nuclear-norm";
    public static final String SOFT_IMPUTE = "soft-impute";
    public static final String TRUNCATED_SVD = "truncated-svd";
    public static final String DEPTH_ONE = "depth-1";

    /** Contradictions below this fraction of ‖y‖ are rounding. */
    private static final double CONSISTENT = 1e-8;

    private Baselines() {}

    /** min ‖W‖_* subject to A(W) = y, by {@link Admm}; W satisfies the constraint within the tolerance, relative to ‖y‖. */
    public static Estimate nuclearNorm(LinearMap map, double[] y, Accuracy accuracy, Watch watch) {
        ConvexProgram program = new ConvexProgram(map, y, 0);
        if (Vectors.norm(y) == 0) {
            return zero(NUCLEAR_NORM, program);
        }
        if (map instanceof EveryEntry) {
            return closedForm(NUCLEAR_NORM, program, accuracy);
        }
        GramSolver solver = new GramSolver(map);
        requireConsistent(map, solver, y);
        return new Admm(program, solver).solve(NUCLEAR_NORM, accuracy, watch);
    }

    /**
     * min ½‖A(W) − y‖² + λ‖W‖_* for every λ, each from where the last one ended; for completion the program of soft-impute (R.
     * Mazumder, T. Hastie, R. Tibshirani, J. Mach. Learn. Res. 11, 2010). From λ = ‖A*(y)‖ on W = 0, see {@link #largestPenalty}.
     *
     * @param penalties λ > 0, best descending
     */
    public static List<Estimate> softImpute(
            LinearMap map, double[] y, double[] penalties, Accuracy accuracy, Watch watch) {
        List<Estimate> estimates = new ArrayList<>();
        softImpute(map, y, penalties, accuracy, watch, estimates::add);
        return estimates;
    }

    /** The same, handed over one by one, so that not all are in memory. */
    public static void softImpute(
            LinearMap map, double[] y, double[] penalties, Accuracy accuracy, Watch watch, Consumer<Estimate> each) {
        double largest = largestPenalty(map, y);
        GramSolver solver = new GramSolver(map);
        Admm last = null;
        for (double penalty : penalties) {
            ConvexProgram program = new ConvexProgram(map, y, penalty);
            if (!(penalty > 0)) {
                throw new IllegalArgumentException(
                        "penalty 0: a positive one is wanted, or " + NUCLEAR_NORM + ", which is its limit");
            }
            if (penalty >= largest) {
                each.accept(zero(SOFT_IMPUTE, program));
            } else if (map instanceof EveryEntry) {
                each.accept(closedForm(SOFT_IMPUTE, program, accuracy));
            } else {
                last = last == null ? new Admm(program, solver) : new Admm(program, last);
                each.accept(last.solve(SOFT_IMPUTE, accuracy, watch));
            }
        }
    }

    /** ‖A*(y)‖, the least λ with W = 0. */
    public static double largestPenalty(LinearMap map, double[] y) {
        ConvexProgram.requireObservations(map, y);
        return Vectors.spectralNorm(map.adjoint(y));
    }

    /**
     * The best approximation of rank L to a matrix (C. Eckart, G. Young, 1936).
     *
     * @throws IllegalArgumentException unless 1 ≤ L ≤ min(rows, cols)
     */
    public static Estimate truncatedSvd(Matrix observed, int rank) {
        int most = Math.min(observed.rows(), observed.cols());
        if (rank < 1 || rank > most) {
            throw new IllegalArgumentException("rank " + rank + ": a " + observed.rows() + "×" + observed.cols()
                    + " matrix has ranks from 1 to " + most);
        }
        Lapack.Svd svd = Lapack.svd(observed.copy());
        int kept = Math.min(rank, LowRank.rank(svd.values(), observed.rows(), observed.cols()));
        double[] values = svd.values()[0] > 0 ? Arrays.copyOf(svd.values(), kept) : new double[0];
        return new Estimate(TRUNCATED_SVD, SpectralEstimates.truncated(svd, kept), values, Optional.empty());
    }

    /**
     * The same of the observations' back-projection A*(y)·D/Σ‖A_i‖_F², D = rows·cols: its mean is Ŵ where places are drawn
     * uniformly or entries of the operators independently with mean 0 and one variance. For completion that is y with zeros in
     * between, times rows·cols/m (R. Keshavan, A. Montanari, S. Oh, IEEE Trans. Inf. Theory 56, 2010).
     */
    public static Estimate truncatedSvd(LinearMap map, double[] y, int rank) {
        ConvexProgram.requireObservations(map, y);
        double scale = (double) map.rows() * map.cols() / map.squaredNorm();
        Matrix back = map.adjoint(y);
        return truncatedSvd(new Matrix(back.rows(), back.cols(), Vectors.times(scale, back.data())), rank);
    }

    /**
     * A⁺y, the solution of least Frobenius norm, or where there is none the least-squares one: the exact limit of depth-1 gradient
     * descent from W = 0 for every step size that converges, since W stays in the range of A*. For completion y with zeros in
     * between; where all of Ŵ is observed Ŵ itself.
     */
    public static Estimate depthOne(LinearMap map, double[] y) {
        ConvexProgram.requireObservations(map, y);
        Matrix w = map.adjoint(new GramSolver(map).solve(0, y));
        double[] values = Spectrum.of(w);
        int rank = values[0] > 0 ? LowRank.rank(values, w.rows(), w.cols()) : 0;
        return new Estimate(DEPTH_ONE, w, Arrays.copyOf(values, rank), Optional.empty());
    }

    /** W = 0 with ν = y, which is feasible for λ ≥ ‖A*(y)‖ and for y = 0. */
    private static Estimate zero(String method, ConvexProgram program) {
        double[] y = program.y();
        double value = program.constrained() ? 0 : 0.5 * Vectors.squaredNorm(y);
        double feasibility = Vectors.norm(y) == 0 ? 0 : 1;
        Certificate certificate = new Certificate(program.penalty(), value, value, feasibility, 0, y.clone(), 0, true);
        Matrix w = Matrix.zeros(program.map().rows(), program.map().cols());
        return new Estimate(method, w, new double[0], Optional.of(certificate));
    }

    /**
     * Where A is the identity: Ŵ, whose multipliers are ν = UVᵀ, or with a penalty its singular values less λ, whose multipliers
     * are ν = Ŵ − W.
     */
    private static Estimate closedForm(String method, ConvexProgram program, Accuracy accuracy) {
        Matrix target = program.map().adjoint(program.y());
        Shrinkage x = Shrinkage.of(target, program.penalty());
        Matrix w = program.constrained() ? target : x.matrix();
        double[] nu = program.constrained()
                ? Lapack.timesTransposed(x.u(), x.v()).data()
                : Vectors.minus(target.data(), w.data());
        Certificate certificate = program.certify(x, w, w, nu, 0, accuracy.tolerance());
        double[] values = x.rank() == 0
                ? x.values()
                : Arrays.copyOf(x.values(), Math.min(x.rank(), LowRank.rank(x.values(), w.rows(), w.cols())));
        return new Estimate(method, w, values, Optional.of(certificate));
    }

    private static void requireConsistent(LinearMap map, GramSolver solver, double[] y) {
        double[] fitted = map.apply(map.adjoint(solver.solve(0, y)));
        double residual = Vectors.distance(fitted, y) / Vectors.norm(y);
        if (!(residual <= CONSISTENT)) {
            throw BaselineException.contradicting(residual);
        }
    }
}
