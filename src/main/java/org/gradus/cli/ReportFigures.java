package org.gradus.cli;

import java.util.Arrays;
import java.util.Optional;
import org.gradus.report.Columns;

/** Figures for a paper, from run and sweep directories. */
final class ReportFigures {
    private ReportFigures() {}

    /** How wide figures of so many millimetres are; empty if there are none. */
    static Optional<Columns> columns(int millimetres) {
        return Arrays.stream(Columns.values())
                .filter(columns -> columns.millimetres() == millimetres)
                .findFirst();
    }

    /** Why a width was refused. */
    static String widths(int millimetres) {
        return "--width " + millimetres + ": a figure is 90 mm wide, for one column, or 180 mm, for two";
    }
}
