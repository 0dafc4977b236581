package org.gradus.report;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** What stands below a heat map: what its marks mean, and what was averaged. */
final class HeatMapNotes {
    private static final double LINE = 10;
    private static final double SYMBOL = 14;

    private final String lost;
    private final boolean lostCells;
    private final boolean partly;
    private final boolean blank;
    private final List<String> remark;

    HeatMapNotes(SweepView view, double width) {
        lost = view.lost();
        lostCells = view.cells().anyMatch(SweepCell::isLost);
        partly = view.cells().anyMatch(SweepCell::isPartlyLost);
        blank = view.cells().anyMatch(cell -> !cell.hasValue() && !cell.isLost());
        remark = Pen.wrapped(view.remark(), Typeface.TICK, width);
    }

    private String partlyText() {
        return "mean of the runs that did not "
                + (lost.equals("diverged") ? "diverge" : lost.equals("failed") ? "fail" : "diverge or fail");
    }

    /** In points. */
    double height() {
        return LINE * ((lostCells || blank ? 1 : 0) + (partly ? 1 : 0) + remark.size());
    }

    String description() {
        StringBuilder text = new StringBuilder();
        text.append(lostCells ? "; hatched: " + lost : "").append(blank ? "; white: no value" : "");
        text.append(partly ? "; marked corner: " + partlyText() : "");
        return text.append(remark.isEmpty() ? "" : "; " + String.join(" ", remark))
                .toString();
    }

    void draw(Pen pen, double left, double top) {
        double x = left;
        double y = top + LINE;
        if (lostCells) {
            Rectangle2D field = new Rectangle2D.Double(x, y - 6, 10, 6);
            pen.hatch(field);
            pen.outline(field, Palette.REFERENCE);
            pen.write(lost, Typeface.TICK, Palette.TEXT, x + SYMBOL, y, 0);
            x += SYMBOL + Typeface.width(Typeface.TICK, lost) + 8;
        }
        if (blank) {
            pen.outline(new Rectangle2D.Double(x, y - 6, 10, 6), Palette.CROWD);
            pen.write("no value", Typeface.TICK, Palette.TEXT, x + SYMBOL, y, 0);
        }
        y += lostCells || blank ? LINE : 0;
        if (partly) {
            Rectangle2D field = new Rectangle2D.Double(left, y - 6, 10, 6);
            pen.fill(field, ColourMap.at(0.75));
            pen.corner(field, Color.BLACK);
            pen.write(partlyText(), Typeface.TICK, Palette.TEXT, left + SYMBOL, y, 0);
            y += LINE;
        }
        for (String line : remark) {
            pen.write(line, Typeface.TICK, Palette.TEXT, left, y, 0);
            y += LINE;
        }
    }
}
