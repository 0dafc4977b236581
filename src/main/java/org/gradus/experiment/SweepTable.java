package org.gradus.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gradus.dynamics.Outcome;
import org.gradus.observe.Plateaus;
import org.gradus.store.Scientific;
import org.gradus.store.Trajectory;

/**
 * The rows of sweep.csv: {@code run,<keys>,outcome,steps,loss,effective_rank,stable_rank,entropy_rank,test_error,plateau_1,…},
 * in the order of the runs' numbers. Numbers are those of a run's last row; plateau_i is the length, in steps, of the i-th plateau
 * found in its table. What a run does not have is an empty cell.
 */
final class SweepTable {
    private static final List<String> MEASURES =
            List.of("loss", "effective_rank", "stable_rank", "entropy_rank", "test_error");

    private final Sweep sweep;
    private final Map<Integer, List<String>> rows = new TreeMap<>();
    private int plateaus;

    SweepTable(Sweep sweep) {
        this.sweep = sweep;
    }

    /** @param table empty for a run that has none */
    void add(int number, Outcome outcome, Optional<Trajectory> table) {
        List<String> row = new ArrayList<>(List.of(sweep.name(number)));
        row.addAll(sweep.values(number));
        row.add(outcome.status().name().toLowerCase(Locale.ROOT));
        row.add(Long.toString(outcome.step()));
        for (String measure : MEASURES) {
            row.add(table.map(found -> last(found, measure)).orElse(""));
        }
        List<Plateaus.Plateau> found = table.filter(one -> one.rows() > 0)
                .map(one -> Plateaus.of(one.column("step"), one.column("effective_rank")))
                .orElse(List.of());
        found.forEach(plateau -> row.add(Long.toString(plateau.last() - plateau.first())));
        plateaus = Math.max(plateaus, found.size());
        rows.put(number, row);
    }

    private static String last(Trajectory table, String column) {
        return table.rows() > 0 && table.has(column) ? Scientific.format(table.column(column)[table.rows() - 1]) : "";
    }

    /** The header, and a row for each run so far. */
    List<List<String>> rows() {
        List<String> header = new ArrayList<>(List.of("run"));
        header.addAll(sweep.keys());
        header.addAll(List.of("outcome", "steps"));
        header.addAll(MEASURES);
        for (int i = 1; i <= plateaus; i++) {
            header.add("plateau_" + i);
        }
        List<List<String>> all = new ArrayList<>(List.of(header));
        all.addAll(rows.values());
        return all;
    }
}
