package org.gradus.observe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gradus.dynamics.State;
import org.gradus.linalg.Lapack;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.PrincipalAngles;

/**
 * Principal angles between the spans of the k leading singular vectors of the product and of the target, left ones in the
 * space of its rows' indices, then right ones; ascending, in radians. All are NaN where the product has no such spans: σ_k is
 * 0, or equals σ_{k+1} up to rounding, max(rows, cols)·ε·σ_1.
 *
 * <p>A row costs a singular value decomposition with vectors on the host, about 20 n³ operations on one thread.
 */
public final class Alignment implements Observer {
    private final int count;
    private final double rounding;
    private final Matrix left;
    private final Matrix right;

    /**
     * @param count k
     * @param target decomposed; its spans must be definite, see {@link #refusal}
     * @param epsilon the relative rounding of the product's entries
     */
    public Alignment(int count, Lapack.Svd target, double epsilon) {
        this.count = count;
        rounding = epsilon;
        left = leading(target.u(), count);
        right = leading(target.vt().transposed(), count);
    }

    /** Why the k leading singular vectors of a target span nothing definite; empty if they do. */
    public static Optional<String> refusal(int count, double[] values, int rows, int cols) {
        if (count > values.length) {
            return Optional.of("the target has " + values.length + " singular values");
        }
        double least = Math.max(rows, cols) * Math.ulp(1.0) * values[0];
        int rank = (int) Arrays.stream(values).filter(value -> value > least).count();
        if (count > rank) {
            return Optional.of("the target has rank " + rank + ", and beyond it no definite singular vectors");
        }
        return isDefinite(count, values, least)
                ? Optional.empty()
                : Optional.of("the target's singular values " + count + " and " + (count + 1)
                        + " are equal, so its leading " + count + " singular vectors span nothing definite");
    }

    private static boolean isDefinite(int count, double[] values, double least) {
        double next = count < values.length ? values[count] : 0;
        return values[count - 1] - next > least;
    }

    @Override
    public List<String> columns() {
        List<String> columns = new ArrayList<>();
        for (String side : List.of("left_angle_", "right_angle_")) {
            for (int i = 1; i <= count; i++) {
                columns.add(side + i);
            }
        }
        return columns;
    }

    @Override
    public void observe(State state, int run, double[] out, int at) {
        double[] values = state.singularValues(run);
        double least = Math.max(left.rows(), right.rows()) * rounding * values[0];
        if (!isDefinite(count, values, least)) {
            Arrays.fill(out, at, at + 2 * count, Double.NaN);
            return;
        }
        Lapack.Svd svd = Lapack.svd(state.product(run).copy());
        double[] lefts = PrincipalAngles.between(left, leading(svd.u(), count));
        double[] rights = PrincipalAngles.between(right, leading(svd.vt().transposed(), count));
        System.arraycopy(lefts, 0, out, at, count);
        System.arraycopy(rights, 0, out, at + count, count);
    }

    private static Matrix leading(Matrix vectors, int count) {
        return new Matrix(vectors.rows(), count, Arrays.copyOf(vectors.data(), vectors.rows() * count));
    }
}
