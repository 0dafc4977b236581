package org.gradus.api;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gradus.dynamics.Outcome;
import org.gradus.linalg.Matrix;
import org.gradus.store.Trajectory;

/**
 * What a run in memory has come to; docs/formats.md tells the columns.
 *
 * @param outcome how it ended
 * @param table the columns of trajectory.csv
 * @param product W_N ⋯ W_1 at the end, of a diverged run at the last row; empty if it has no row
 * @param factors W_1 … W_N at the end, with {@code record.factors: true}; none of a diverged run
 * @param products by step, those of {@code record.products}
 */
public record Result(
        Outcome outcome, Trajectory table, Optional<Matrix> product, List<Matrix> factors, Map<Long, Matrix> products) {

    public Result {
        factors = List.copyOf(factors);
        products = Collections.unmodifiableMap(new TreeMap<>(products));
    }

    /** A column, such as {@code effective_rank} or {@code sigma_1}; {@code step} tells the steps. */
    public double[] column(String name) {
        return table.column(name);
    }

    /** Rows × values: the product's singular values at every row, descending; without columns where none were recorded. */
    public double[][] singularValues() {
        List<double[]> columns = table.columns().stream()
                .filter(name -> name.matches("sigma_[0-9]+"))
                .map(table::column)
                .toList();
        double[][] rows = new double[table.rows()][columns.size()];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.size(); j++) {
                rows[i][j] = columns.get(j)[i];
            }
        }
        return rows;
    }
}
