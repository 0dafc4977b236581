package org.gradus.report;

/** How wide a figure is printed: over one column of a paper or over two. Letters and lines are as large either way. */
public enum Columns {
    /** 90 mm, and 65 mm high. */
    ONE(90, 65),
    /** 180 mm, and 80 mm high. */
    TWO(180, 80);

    private final int millimetres;
    private final int high;

    Columns(int millimetres, int high) {
        this.millimetres = millimetres;
        this.high = high;
    }

    /** The width in millimetres. */
    public int millimetres() {
        return millimetres;
    }

    /** In points, 1/72 inch. */
    double width() {
        return millimetres * SvgFile.MILLIMETRE;
    }

    /** Of a figure with one plot, in points. */
    double height() {
        return high * SvgFile.MILLIMETRE;
    }
}
