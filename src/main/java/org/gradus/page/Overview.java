package org.gradus.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The head of the page: of a single run its numbers, of several how they ended; then what is to be said first. */
final class Overview {
    private Overview() {}

    static String of(Report report) {
        Html html = new Html();
        html.add("<dl class=\"facts\">\n");
        List<ReportedRun> runs = report.runs();
        if (runs.size() == 1) {
            ofOne(html, runs.get(0));
        } else {
            ofMany(html, runs, Differences.inConfiguration(report));
        }
        html.add("</dl>\n");
        for (String remark : report.remarks()) {
            html.add("<p class=\"remark\">{}</p>\n", remark);
        }
        return html.toString();
    }

    private static void ofOne(Html html, ReportedRun run) {
        fact(html, "outcome", run.ending().status());
        run.outcomes().forEach((name, value) -> {
            if (!name.startsWith("plateau")) {
                fact(html, name, Digits.text(value));
            }
        });
        for (String key : List.of("solver", "backend")) {
            if (run.provenance().containsKey(key)) {
                fact(html, key, run.provenance().get(key));
            }
        }
        if (!run.ending().reason().isEmpty()) {
            html.add(
                    "<div class=\"wide\"><dt>why it ended</dt><dd>{}</dd></div>\n",
                    run.ending().reason());
        }
    }

    private static void ofMany(Html html, List<ReportedRun> runs, List<String> differing) {
        fact(html, "runs", Integer.toString(runs.size()));
        Map<String, Integer> endings = new LinkedHashMap<>();
        runs.forEach(run -> endings.merge(run.ending().status(), 1, Integer::sum));
        endings.forEach((status, count) -> fact(html, status, Integer.toString(count)));
        html.add(
                "<div class=\"wide\"><dt>what differs</dt><dd>{}</dd></div>\n",
                differing.isEmpty() ? "nothing in the configuration" : String.join(", ", differing));
    }

    private static void fact(Html html, String name, String value) {
        html.add("<div><dt>{}</dt><dd>{}</dd></div>\n", name, value);
    }
}
