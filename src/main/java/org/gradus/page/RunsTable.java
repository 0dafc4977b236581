package org.gradus.page;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** A row for each run: what its configuration has of its own, how it ended, and with which numbers. Scripts sort it. */
final class RunsTable {
    /** Columns that differ beyond these are in the table of differences only. */
    private static final int MOST_PARAMETERS = 12;

    private RunsTable() {}

    static String of(Report report) {
        List<String> differing = Differences.inConfiguration(report);
        List<String> parameters = differing.subList(0, Math.min(differing.size(), MOST_PARAMETERS));
        List<String> outcomes = outcomes(report.runs());
        Html html = new Html();
        html.add("<table id=\"runs\">\n<caption>Runs</caption>\n<thead><tr>");
        List<String> heads = new ArrayList<>(List.of("run", "outcome"));
        heads.addAll(parameters);
        heads.addAll(outcomes);
        heads.add("note");
        heads.forEach(head -> html.add("<th scope=\"col\">{}</th>", head));
        html.add("</tr></thead>\n<tbody>\n");
        for (int i = 0; i < report.runs().size(); i++) {
            row(html, i, report.runs().get(i), parameters, outcomes);
        }
        html.add("</tbody>\n</table>\n");
        return html.toString();
    }

    /** Those that any run has; where a run found more plateaus than others, the others' cells are empty. */
    private static List<String> outcomes(List<ReportedRun> runs) {
        Set<String> names = new LinkedHashSet<>();
        runs.forEach(run -> run.outcomes().keySet().stream()
                .filter(name -> !name.startsWith("plateau"))
                .forEach(names::add));
        runs.forEach(run -> names.addAll(run.outcomes().keySet()));
        return List.copyOf(names);
    }

    private static void row(Html html, int index, ReportedRun run, List<String> parameters, List<String> outcomes) {
        String status = run.ending().status();
        html.add("<tr data-run=\"{}\"><th scope=\"row\">{}</th>", Integer.toString(index), run.name());
        html.add("<td class=\"" + (run.ending().isGood() ? "good" : "bad") + "\">{}</td>", status);
        for (String key : parameters) {
            Object value = run.configuration().get(key);
            if (value instanceof Number number) {
                cell(html, number.doubleValue(), Digits.text(number.doubleValue()));
            } else {
                cell(html, Double.NaN, run.configuration().containsKey(key) ? Objects.toString(value) : "");
            }
        }
        for (String name : outcomes) {
            Double value = run.outcomes().get(name);
            cell(html, value == null ? Double.NaN : value, value == null ? "" : Digits.text(value));
        }
        html.add(
                "<td class=\"note\">{}</td></tr>\n",
                run.ending().isGood() ? "" : run.ending().reason());
    }

    private static void cell(Html html, double value, String text) {
        if (Double.isNaN(value)) {
            html.add("<td>{}</td>", text);
        } else {
            html.add("<td class=\"number\" data-value=\"{}\">{}</td>", Double.toString(value), text);
        }
    }
}
