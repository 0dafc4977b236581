package org.gradus.report;

import java.awt.Graphics2D;

/** What becomes one file. */
sealed interface Drawing permits Figure, HeatMapFigure, Stack {
    /** Of the run or runs, for the metadata. */
    String title();

    /** Of the conventions, for the metadata. */
    String description();

    /** In points, 1/72 inch. */
    double width();

    /** In points. */
    double height();

    void draw(Graphics2D graphics);
}
