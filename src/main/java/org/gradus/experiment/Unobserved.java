package org.gradus.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gradus.experiment.Data.Labels;
import org.gradus.linalg.SparseMatrix;

/** Rows and columns of which no entry is observed: nothing in the data tells what is in them. */
final class Unobserved {
    private static final int MOST_NAMED = 3;

    private Unobserved() {}

    static List<String> warnings(SparseMatrix observed, Optional<Labels> labels) {
        boolean[] rowSeen = new boolean[observed.rows()];
        boolean[] colSeen = new boolean[observed.cols()];
        for (int j = 0; j < observed.cols(); j++) {
            for (int k = observed.starts()[j]; k < observed.starts()[j + 1]; k++) {
                rowSeen[observed.rowIndices()[k]] = true;
                colSeen[j] = true;
            }
        }
        List<String> warnings = new ArrayList<>();
        warning("row", rowSeen, labels.map(Labels::rows)).ifPresent(warnings::add);
        warning("column", colSeen, labels.map(Labels::columns)).ifPresent(warnings::add);
        return warnings;
    }

    private static Optional<String> warning(String what, boolean[] seen, Optional<List<String>> names) {
        List<String> missing = new ArrayList<>();
        int count = 0;
        for (int i = 0; i < seen.length; i++) {
            if (!seen[i]) {
                int index = i;
                count++;
                if (missing.size() < MOST_NAMED) {
                    missing.add((i + 1)
                            + names.map(all -> " (" + all.get(index) + ")").orElse(""));
                }
            }
        }
        if (count == 0) {
            return Optional.empty();
        }
        return Optional.of("no entry is observed in " + count + " of " + seen.length + " " + what + "s, "
                + (count == 1 ? "" : "the first of them ") + "counted from 1: " + String.join(", ", missing)
                + "; nothing tells what is in " + (count == 1 ? "it" : "them"));
    }
}
