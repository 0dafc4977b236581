package org.gradus.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gradus.report.SweepRuns.Run;

/**
 * One measure of a sweep over one key or two, in panels for the values of a further key; over what else was swept, means
 * are taken.
 *
 * @param measure the column of the table
 * @param across the key that runs across
 * @param up the second one; of one value, without a name, where there is none
 * @param panels by the value of the third key, at least one
 * @param logarithmic whether values are to be seen on a logarithmic scale; means are then geometric
 * @param remark what was averaged or left out; may be empty
 */
record SweepView(
        String title,
        String measure,
        SweepAxis across,
        SweepAxis up,
        List<Panel> panels,
        boolean logarithmic,
        String remark) {
    /** As small multiples. */
    static final int MOST_PANELS = 6;

    /** In all panels together: SVG of a megabyte. */
    private static final int MOST_CELLS = 10_000;

    private static final SweepAxis NONE = new SweepAxis("", List.of(""), false, 1);

    /**
     * Cells of one value of the third key.
     *
     * @param heading that value with its key; empty where there is one panel
     * @param cells {@code [row of up][column of across]}
     */
    record Panel(String heading, SweepCell[][] cells) {}

    /**
     * @param across index of a key
     * @param up index of another, or none
     * @param mostUp values of the second key that are wanted
     */
    static SweepView of(SweepRuns runs, String measure, int across, Optional<Integer> up, int mostUp) {
        if (!isKey(runs, across) || (up.isPresent() && (!isKey(runs, up.get()) || up.get() == across))) {
            throw new IllegalArgumentException("keys " + across + " and " + up + " of " + runs.keys());
        }
        List<Integer> rest = runs.varied().stream()
                .filter(key -> key != across && !up.equals(Optional.of(key)))
                .toList();
        Optional<Integer> third = rest.stream()
                .filter(key -> !runs.isSeed(key) && runs.values(key).size() <= MOST_PANELS)
                .findFirst();
        int count = third.map(key -> runs.values(key).size()).orElse(1);
        int side = (int) Math.sqrt((double) MOST_CELLS / count);
        SweepAxis columns = SweepAxis.of(runs, across, side);
        SweepAxis rows =
                up.map(key -> SweepAxis.of(runs, key, Math.min(side, mostUp))).orElse(NONE);
        boolean logarithmic = isLogarithmic(runs, measure);
        List<Panel> panels = new ArrayList<>();
        if (third.isEmpty()) {
            panels.add(new Panel("", cells(runs.runs(), measure, across, columns, up, rows, logarithmic)));
        } else {
            SweepAxis values = SweepAxis.of(runs, third.get(), MOST_PANELS);
            for (int i = 0; i < values.size(); i++) {
                String value = values.values().get(i);
                List<Run> own = runs.runs().stream()
                        .filter(run -> run.values().get(third.get()).equals(value))
                        .toList();
                String heading = values.name() + " = " + values.labels().get(i);
                panels.add(new Panel(heading, cells(own, measure, across, columns, up, rows, logarithmic)));
            }
        }
        List<String> averaged = rest.stream()
                .filter(key -> !third.equals(Optional.of(key)))
                .map(runs::name)
                .toList();
        String remark = remark(averaged, logarithmic, Stream.of(columns, rows).toList());
        return new SweepView(runs.title(), measure, columns, rows, panels, logarithmic, remark);
    }

    private static boolean isKey(SweepRuns runs, int index) {
        return index >= 0 && index < runs.keys().size();
    }

    /** Losses, errors and counts that span more than a decade and have no zero. */
    private static boolean isLogarithmic(SweepRuns runs, String measure) {
        double[] values = runs.runs().stream()
                .mapToDouble(run -> run.measure(measure))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        return values.length > 0
                && values[0] > 0
                && values[values.length - 1] >= SweepAxis.LOGARITHMIC_FROM * values[0];
    }

    private static SweepCell[][] cells(
            List<Run> runs,
            String measure,
            int across,
            SweepAxis columns,
            Optional<Integer> up,
            SweepAxis rows,
            boolean geometric) {
        record Place(int row, int column) {}
        var byPlace = runs.stream()
                .collect(Collectors.groupingBy(run -> new Place(
                        up.map(key -> rows.values().indexOf(run.values().get(key)))
                                .orElse(0),
                        columns.values().indexOf(run.values().get(across)))));
        SweepCell[][] cells = new SweepCell[rows.size()][columns.size()];
        for (int i = 0; i < rows.size(); i++) {
            for (int j = 0; j < columns.size(); j++) {
                cells[i][j] = SweepCell.of(byPlace.getOrDefault(new Place(i, j), List.of()), measure, geometric);
            }
        }
        return cells;
    }

    private static String remark(List<String> averaged, boolean geometric, List<SweepAxis> axes) {
        List<String> parts = new ArrayList<>();
        if (!averaged.isEmpty()) {
            parts.add((geometric ? "geometric" : "arithmetic") + " means over " + String.join(", ", averaged));
        }
        axes.stream()
                .filter(axis -> axis.stride() > 1)
                .forEach(axis -> parts.add("of " + axis.name() + " one value in " + axis.stride()));
        return String.join("; ", parts);
    }

    Stream<SweepCell> cells() {
        return panels.stream().flatMap(panel -> Stream.of(panel.cells()).flatMap(Stream::of));
    }

    /** As a figure calls the measure. */
    String label() {
        String plain = SvgFile.legal(measure.replace('_', ' '));
        if (plain.matches("plateau [0-9]+")) {
            return "length of " + plain + " in steps";
        }
        return plain.equals("loss") ? "final loss" : plain.equals("test error") ? "relative test error" : plain;
    }

    /** Whether the keys span a grid rather than a line through one. */
    boolean isGrid() {
        long taken = cells().filter(cell -> !cell.isEmpty()).count();
        return across.size() > 1 && up.size() > 1 && taken > (long) panels.size() * Math.max(across.size(), up.size());
    }

    /** What lost runs are to be called: "diverged", "failed", or both; empty where there are none. */
    String lost() {
        return cells().flatMap(cell -> cell.lostOutcomes().stream())
                .distinct()
                .sorted()
                .collect(Collectors.joining(" or "));
    }
}
