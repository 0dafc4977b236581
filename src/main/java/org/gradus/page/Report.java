package org.gradus.page;

import java.util.List;

/**
 * What a page shows.
 *
 * @param title what was asked for, such as the name of a sweep
 * @param made by which program, when and by which command, a line each
 * @param swept dotted keys of the configuration that the runs were made to differ in, in order; others that differ are found
 * @param runs at least one
 * @param remarks what is left out and why, a sentence each
 */
public record Report(
        String title, List<String> made, List<String> swept, List<ReportedRun> runs, List<String> remarks) {

    /** @throws IllegalArgumentException if there is no run */
    public Report {
        made = List.copyOf(made);
        swept = List.copyOf(swept);
        runs = List.copyOf(runs);
        remarks = List.copyOf(remarks);
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("a report of no runs");
        }
    }
}
