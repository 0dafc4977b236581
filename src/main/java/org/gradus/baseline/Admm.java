package org.gradus.baseline;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.gradus.linalg.LinearMap;
import org.gradus.linalg.Matrix;

/**
 * The alternating direction method of multipliers (S. Boyd et al., Found. Trends Mach. Learn. 3, 2011) for μ‖X‖_* + f(Z), X = Z,
 * where f is the constraint A(Z) = y with μ = 1, or ½‖A(Z) − y‖² with μ = λ. With the scaled multiplier U and over-relaxation a:
 *
 * <pre>
 * X ← shrink(Z − U, μ/ρ),  M = aX + (1 − a)Z + U,
 * Z ← M + A*(c),  c = (AA* + sI)⁻¹(y − A(M)),  s = 0 or ρ,  U ← M − Z = −A*(c).
 * </pre>
 *
 * ρA*(c) tends to a μ-fold subgradient at X, so ν = ρc are the dual's variables (with a penalty they are y − A(Z) exactly). The
 * cost of an iteration is one eigendecomposition, A and A* once each. ρ starts where all of the first Z is shrunk to zero, and
 * balances the relative residuals ‖X − Z‖ and ρ‖ΔZ‖.
 */
final class Admm {
    private static final double RELAXATION = 1.6;
    private static final int BETWEEN_CHECKS = 10;
    private static final double IMBALANCE = 2;
    private static final double CORRECTION = 2;
    /** Convergence is proven for a ρ that stays in the end (B. He, H. Yang, S. Wang, J. Optim. Theory Appl. 106, 2000). */
    private static final int MOST_CORRECTIONS = 100;

    private final ConvexProgram program;
    private final GramSolver solver;
    private Matrix z;
    private double[] c;
    /** −U = A*(c). */
    private Matrix shift;

    private double rho;
    private int corrections;

    Admm(ConvexProgram program, GramSolver solver) {
        this.program = program;
        this.solver = solver;
        LinearMap map = program.map();
        Matrix gradient = map.adjoint(program.y());
        // the minimizer of ‖A(Z) − y‖ along A*(y)
        double length = Vectors.squaredNorm(gradient.data()) / Vectors.squaredNorm(map.apply(gradient));
        z = new Matrix(map.rows(), map.cols(), Vectors.times(length, gradient.data()));
        c = new double[map.count()];
        shift = Matrix.zeros(map.rows(), map.cols());
        rho = program.weight() / Vectors.spectralNorm(z);
    }

    /** The same operators and observations with another penalty, from where {@code before} ended. */
    Admm(ConvexProgram program, Admm before) {
        this.program = program;
        solver = before.solver;
        z = before.z;
        // μ/ρ and U stay, so ν scales with μ
        c = before.c;
        shift = before.shift;
        rho = before.rho * program.weight() / before.program.weight();
    }

    /** @throws CancellationException if the watch is interrupted */
    Estimate solve(String method, Accuracy accuracy, Watch watch) {
        for (int k = 1; ; k++) {
            if (watch.interrupted()) {
                throw new CancellationException(method + " was interrupted before iteration " + k);
            }
            Shrinkage x = Shrinkage.of(sum(z, shift), program.weight() / rho);
            Matrix w = x.matrix();
            Matrix last = z;
            update(w);
            if (k % BETWEEN_CHECKS == 0 || k == accuracy.iterations()) {
                Certificate certificate = program.certify(x, w, z, Vectors.times(rho, c), k, accuracy.tolerance());
                if (certificate.reached() || k == accuracy.iterations()) {
                    return new Estimate(method, w, x.values(), Optional.of(certificate));
                }
                watch.sees(certificate);
                balance(w, last);
            }
        }
    }

    private void update(Matrix w) {
        double[] m = new double[w.data().length];
        for (int i = 0; i < m.length; i++) {
            m[i] = RELAXATION * w.data()[i] + (1 - RELAXATION) * z.data()[i] - shift.data()[i];
        }
        Matrix middle = new Matrix(w.rows(), w.cols(), m);
        double[] missing = Vectors.minus(program.y(), program.map().apply(middle));
        c = solver.solve(program.constrained() ? 0 : rho, missing);
        shift = program.map().adjoint(c);
        z = sum(middle, shift);
    }

    private void balance(Matrix w, Matrix last) {
        double size = Math.max(Vectors.norm(w.data()), Vectors.norm(z.data()));
        double primal = Vectors.distance(w.data(), z.data()) / size;
        double dual = Vectors.distance(z.data(), last.data()) / Vectors.norm(shift.data());
        double factor = primal > IMBALANCE * dual ? CORRECTION : dual > IMBALANCE * primal ? 1 / CORRECTION : 1;
        if (factor != 1 && corrections < MOST_CORRECTIONS) {
            corrections++;
            rho *= factor;
            c = Vectors.times(1 / factor, c);
            shift = new Matrix(shift.rows(), shift.cols(), Vectors.times(1 / factor, shift.data()));
        }
    }

    private static Matrix sum(Matrix a, Matrix b) {
        double[] sum = new double[a.data().length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = a.data()[i] + b.data()[i];
        }
        return new Matrix(a.rows(), a.cols(), sum);
    }
}
