package org.gradus.store;

import java.util.List;
import java.util.Optional;
import org.gradus.linalg.SparseMatrix;

/**
 * What a file of entries says.
 *
 * @param entries every value finite
 * @param pattern whether the file names places only; the values are then 1
 * @param rowLabels the id of each row, where the file has ids
 * @param columnLabels the id of each column, where the file has ids
 */
public record Coordinates(
        SparseMatrix entries, boolean pattern, Optional<List<String>> rowLabels, Optional<List<String>> columnLabels) {

    /** @throws IllegalArgumentException if there are labels, but not one for each row or column */
    public Coordinates {
        rowLabels = rowLabels.map(List::copyOf);
        columnLabels = columnLabels.map(List::copyOf);
        boolean rowsFit = rowLabels.isEmpty() || rowLabels.get().size() == entries.rows();
        boolean colsFit = columnLabels.isEmpty() || columnLabels.get().size() == entries.cols();
        if (!rowsFit || !colsFit) {
            throw new IllegalArgumentException(
                    "the labels do not fit a " + entries.rows() + "×" + entries.cols() + " matrix");
        }
    }
}
