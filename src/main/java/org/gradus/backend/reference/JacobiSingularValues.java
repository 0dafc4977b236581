package org.gradus.backend.reference;

import java.util.Arrays;
import org.gradus.backend.BackendException;

/**
 * One-sided Jacobi: rotations from the right make the columns of A orthogonal; their norms are the singular values, small
 * ones to high relative accuracy too (Demmel and Veselić 1992; Golub and Van Loan, section 8.6.3).
 */
final class JacobiSingularValues {
    private static final int MAX_SWEEPS = 60;
    private static final double EPSILON = Math.ulp(1.0);

    /** Squared norms below this have lost digits; columns of a matrix of size 1 that are this small count as zero. */
    private static final double SMALLEST_SQUARE = Double.MIN_NORMAL / (EPSILON * EPSILON);

    private JacobiSingularValues() {}

    /** Descending singular values of the matrix of {@code run}; all NaN if an entry is not finite. */
    static double[] of(ReferenceBatch batch, int run) {
        double[][] columns = columnsOfTallSide(batch, run);
        double[] values = new double[columns.length];
        if (!Arrays.stream(columns).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite)) {
            Arrays.fill(values, Double.NaN);
            return values;
        }
        int exponent = normalize(columns);
        int sweeps = 0;
        while (sweep(columns)) {
            if (++sweeps == MAX_SWEEPS) {
                throw new BackendException("singularValues: Jacobi has not converged in " + MAX_SWEEPS + " sweeps");
            }
        }
        for (int j = 0; j < values.length; j++) {
            values[j] = -Math.scalb(Math.sqrt(dot(columns[j], columns[j])), exponent);
        }
        Arrays.sort(values);
        return Arrays.stream(values).map(value -> -value).toArray();
    }

    /** Divides by 2^e, which is returned, such that the largest entry is about 1: squares neither overflow nor vanish. */
    private static int normalize(double[][] columns) {
        double largest = Arrays.stream(columns)
                .flatMapToDouble(Arrays::stream)
                .map(Math::abs)
                .max()
                .orElse(0);
        int exponent = Math.max(Math.getExponent(largest), Double.MIN_EXPONENT);
        for (double[] column : columns) {
            Arrays.setAll(column, i -> Math.scalb(column[i], -exponent));
        }
        return exponent;
    }

    /** The columns of A, or of Aᵀ where A is wider than tall. */
    private static double[][] columnsOfTallSide(ReferenceBatch batch, int run) {
        int rows = batch.shape().rows();
        int cols = batch.shape().cols();
        double[][] columns = new double[Math.min(rows, cols)][Math.max(rows, cols)];
        for (int j = 0; j < columns.length; j++) {
            for (int i = 0; i < columns[j].length; i++) {
                columns[j][i] = rows >= cols ? batch.get(run, i, j) : batch.get(run, j, i);
            }
        }
        return columns;
    }

    /** Rotates every pair once; whether any pair was not yet orthogonal to working accuracy. */
    private static boolean sweep(double[][] columns) {
        boolean rotated = false;
        for (int p = 0; p < columns.length; p++) {
            for (int q = p + 1; q < columns.length; q++) {
                rotated |= orthogonalize(columns[p], columns[q]);
            }
        }
        return rotated;
    }

    private static boolean orthogonalize(double[] x, double[] y) {
        double xx = dot(x, x);
        double yy = dot(y, y);
        double xy = dot(x, y);
        boolean zero = Math.min(xx, yy) < SMALLEST_SQUARE;
        if (zero || Math.abs(xy) <= EPSILON * x.length * Math.sqrt(xx) * Math.sqrt(yy)) {
            return false;
        }
        double zeta = (yy - xx) / (2 * xy);
        double tangent = Math.copySign(1, zeta) / (Math.abs(zeta) + Math.hypot(1, zeta));
        double cosine = 1 / Math.hypot(1, tangent);
        double sine = cosine * tangent;
        for (int i = 0; i < x.length; i++) {
            double xi = x[i];
            x[i] = cosine * xi - sine * y[i];
            y[i] = sine * xi + cosine * y[i];
        }
        return true;
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }
}
