package org.gradus.report;

import java.awt.BasicStroke;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The effective ranks of several runs against the step, a panel each, with what was predicted. */
final class ComparisonFigure {
    private static final BasicStroke DENSE =
            new BasicStroke(0.9f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {3, 3}, 0);

    /** Of the height of a plot that fills a figure of its own. */
    private static final double SHARE = 0.55;

    private static final int LONGEST_NAME = 48;

    private ComparisonFigure() {}

    static Stack of(Columns columns, List<Compared> panels) {
        StepScale steps = steps(panels);
        Map<String, Figure> figures = new LinkedHashMap<>();
        for (Compared panel : panels) {
            Figure figure = EffectiveRankFigure.of(columns, panel.curves(), steps, SHARE, "r(W(k))");
            figure.addNote(Legends.line(panel.solver(), Palette.CURVE, Figure.SOLID));
            panel.dense().ifPresent(dense -> {
                double[] x = steps.positions(dense.steps());
                figure.add(x, List.of(dense.effectiveRank()), Palette.TEXT, DENSE, CurveFigure.MOST_POINTS);
                figure.addNote(Legends.line("dense", Palette.TEXT, DENSE));
            });
            figures.put(distinct(panel.name(), figures), figure);
        }
        return new Stack("effective ranks of " + panels.size() + " runs", Stack.PANEL, figures);
    }

    private static StepScale steps(List<Compared> panels) {
        return StepScale.ofAll(panels.stream()
                .flatMap(panel -> Stream.concat(Stream.of(panel.curves()), panel.dense().stream()))
                .map(RunCurves::steps)
                .toList());
    }

    /** A name that no panel has yet, in signs that a picture can hold. */
    private static String distinct(String name, Map<String, Figure> taken) {
        String shown = SvgFile.legal(name.strip().replaceAll("\\s+", " "));
        shown = shown.length() > LONGEST_NAME ? "…" + shown.substring(shown.length() - LONGEST_NAME) : shown;
        String free = shown;
        for (int i = 2; taken.containsKey(free); i++) {
            free = shown + " (" + i + ")";
        }
        return free;
    }
}
