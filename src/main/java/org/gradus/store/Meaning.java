package org.gradus.store;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a dataset of trajectory.h5 holds.
 *
 * @param path below the root, without a slash before it
 * @param units "1" for numbers without one
 * @param axes what its indices count, in C order; "" for a scalar
 */
record Meaning(String path, String description, String units, String axes) {
    private static final Pattern NUMBERED = Pattern.compile("(.+)_[1-9][0-9]*");
    private static final Pattern OF_FACTOR = Pattern.compile("factor_([1-9][0-9]*)_sigma");

    private static final Map<String, String> SCALARS = Map.of(
            "loss", "loss as configured: half the sum of the squared residuals, or their mean square",
            "effective_rank", "sum(sigma)/sigma_1 of the product; NaN for the zero matrix",
            "stable_rank", "sum(sigma^2)/sigma_1^2 of the product; NaN for the zero matrix",
            "entropy_rank", "exp(-sum(p ln p)), p = sigma/sum(sigma), of the product; NaN for the zero matrix",
            "nuclear_norm", "sum of the product's singular values",
            "spectral_norm", "largest singular value of the product",
            "frobenius_norm", "Frobenius norm of the product",
            "test_error", "|P(product - target)|_F/|P(target)|_F, target without noise, P as docs/formats.md says",
            "balancedness", "largest |W_{j+1}^T W_{j+1} - W_j W_j^T|_F");

    /** Of a column of the table. Columns with the same path make one matrix, a column each, in their order; others stand alone. */
    static Meaning ofColumn(String column) {
        if (column.equals("step")) {
            return new Meaning("steps", "number of updates before each row", "steps", "row");
        }
        Matcher numbered = NUMBERED.matcher(column);
        String name = numbered.matches() ? numbered.group(1) : column;
        Matcher factor = OF_FACTOR.matcher(name);
        if (numbered.matches() && factor.matches()) {
            String j = factor.group(1);
            return values("factors/" + j + "/singular_values", "singular values of the factor W_" + j + ", descending");
        }
        if (numbered.matches() && name.equals("sigma")) {
            return values("singular_values", "singular values of the product, descending");
        }
        if (numbered.matches() && name.matches("(left|right)_angle")) {
            return angles(name.replace("_angle", ""));
        }
        String known = SCALARS.getOrDefault(column, "the column " + column + " of trajectory.csv");
        return new Meaning(column, known, "1", "row");
    }

    private static Meaning values(String path, String description) {
        return new Meaning(path, description, "1", "row, singular value");
    }

    private static Meaning angles(String side) {
        return new Meaning(
                "principal_angles/" + side,
                "principal angles, ascending, between the spans of the leading " + side
                        + " singular vectors of product and target; NaN where the product's are undetermined",
                "radians",
                "row, angle");
    }

    /** Whether it is made of several columns. */
    boolean isMatrix() {
        return axes.contains(",");
    }

    static Meaning matrix(String path, String description) {
        return new Meaning(path, description, "1", "row of the matrix, column of the matrix");
    }
}
