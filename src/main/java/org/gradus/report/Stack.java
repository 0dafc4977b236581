package org.gradus.report;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jfree.chart.LegendItem;

/** Figures of the same steps, one below another, each under its name; one legend at the top, labels of the steps at the bottom. */
final class Stack implements Drawing {
    /** A name and a plot of 30 mm, in points. */
    static final double PANEL = 35 * SvgFile.MILLIMETRE;

    /** A line of the legend. */
    private static final double TOP = 16;

    /** A sign of an entry's label and the rest of the entry, roughly. */
    private static final double SIGN = 4.2;

    private static final double SYMBOL = 26;
    private static final double BOTTOM = 22;

    private final String description;
    private final double panel;
    private final double top;
    private final Map<String, Figure> figures;

    /**
     * @param panel height of a name and a plot, in points
     * @param figures by name, at least one
     */
    Stack(String description, double panel, Map<String, Figure> figures) {
        this.description = description;
        this.panel = panel;
        this.figures = new LinkedHashMap<>(figures);
        Map<String, LegendItem> notes = new LinkedHashMap<>();
        figures.values().forEach(figure -> figure.notes().forEach(note -> notes.putIfAbsent(note.getLabel(), note)));
        List<LegendItem> legend = List.copyOf(notes.values());
        top = TOP * rows(legend);
        boolean labelled = figures.values().stream().anyMatch(Figure::isLabelledRight);
        double left = figures.values().stream().mapToDouble(Figure::left).max().orElse(0);
        List<String> names = List.copyOf(this.figures.keySet());
        for (int i = 0; i < names.size(); i++) {
            Figure figure = this.figures.get(names.get(i));
            figure.becomePanel(names.get(i), i == 0 ? legend : List.of(), i == names.size() - 1, labelled, left);
        }
    }

    @Override
    public String title() {
        return String.join(", ", figures.keySet());
    }

    @Override
    public String description() {
        return description + "; "
                + String.join(
                        "; ",
                        new TreeSet<>(figures.values().stream()
                                .map(Figure::description)
                                .toList()));
    }

    @Override
    public double width() {
        return figures.values().iterator().next().width();
    }

    @Override
    public double height() {
        return top + figures.size() * panel + BOTTOM;
    }

    @Override
    public void draw(Graphics2D graphics) {
        double from = 0;
        int left = figures.size();
        for (Figure figure : figures.values()) {
            double height = panel + (from == 0 ? top : 0) + (--left == 0 ? BOTTOM : 0);
            figure.draw(graphics, new Rectangle2D.Double(0, from, width(), height));
            from += height;
        }
    }

    /** Lines that the legend takes. */
    private int rows(List<LegendItem> legend) {
        int rows = 1;
        double used = 0;
        for (LegendItem item : legend) {
            double width = SYMBOL + SIGN * item.getLabel().length();
            if (used > 0 && used + width > width()) {
                rows++;
                used = 0;
            }
            used += width;
        }
        return rows;
    }
}
