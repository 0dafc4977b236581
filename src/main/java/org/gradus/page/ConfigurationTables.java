package org.gradus.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** What was run: keys in which runs differ side by side, those that all share once. */
final class ConfigurationTables {
    /** Runs that stand side by side; more stand below each other. */
    private static final int MOST_COLUMNS = 6;

    private ConfigurationTables() {}

    static String of(Report report) {
        Html html = new Html();
        List<String> differing = Differences.inConfiguration(report);
        List<String> differingProvenance = Differences.inProvenance(report);
        List<ReportedRun> known =
                report.runs().stream().filter(ReportedRun::isWhole).toList();
        boolean several = report.runs().size() > 1;
        if (several) {
            differences(html, "Configuration: what differs", report.runs(), differing, ReportedRun::configuration);
            differences(html, "Provenance: what differs", report.runs(), differingProvenance, ReportedRun::provenance);
        }
        if (!known.isEmpty()) {
            ReportedRun any = known.get(0);
            String shared = several ? " that all runs share" : "";
            common(html, "Configuration" + shared, any.configuration(), differing, !several);
            common(html, "Provenance" + shared, any.provenance(), differingProvenance, !several);
        }
        return html.toString();
    }

    private static <V> void differences(
            Html html,
            String title,
            List<ReportedRun> runs,
            List<String> keys,
            Function<ReportedRun, Map<String, V>> of) {
        if (keys.isEmpty()) {
            return;
        }
        boolean sideBySide = runs.size() <= MOST_COLUMNS;
        html.add("<details" + (sideBySide ? " open" : "") + ">\n<summary>{}</summary>\n", title)
                .add("<div class=\"scroll\" tabindex=\"0\"><table>\n<caption>{}</caption>\n<thead><tr>", title)
                .add("<th scope=\"col\">" + (sideBySide ? "key" : "run") + "</th>");
        List<String> heads = sideBySide ? runs.stream().map(ReportedRun::name).toList() : keys;
        heads.forEach(head -> html.add("<th scope=\"col\">{}</th>", head));
        html.add("</tr></thead>\n<tbody>\n");
        if (sideBySide) {
            for (String key : keys) {
                row(
                        html,
                        key,
                        runs.stream().map(run -> text(of.apply(run), key)).toList());
            }
        } else {
            for (ReportedRun run : runs) {
                row(
                        html,
                        run.name(),
                        keys.stream().map(key -> text(of.apply(run), key)).toList());
            }
        }
        html.add("</tbody>\n</table></div>\n</details>\n");
    }

    private static void common(Html html, String title, Map<String, ?> values, List<String> except, boolean open) {
        List<String> keys = new ArrayList<>(values.keySet());
        keys.removeAll(except);
        if (keys.isEmpty()) {
            return;
        }
        html.add("<details" + (open ? " open" : "") + ">\n<summary>{}</summary>\n", title)
                .add("<div class=\"scroll\" tabindex=\"0\"><table class=\"keys\">\n<caption>{}</caption>\n", title)
                .add("<thead><tr><th scope=\"col\">key</th><th scope=\"col\">value</th></tr></thead>\n<tbody>\n");
        keys.forEach(key -> row(html, key, List.of(text(values, key))));
        html.add("</tbody>\n</table></div>\n</details>\n");
    }

    private static void row(Html html, String head, List<String> cells) {
        html.add("<tr><th scope=\"row\">{}</th>", head);
        cells.forEach(cell -> html.add("<td>{}</td>", cell));
        html.add("</tr>\n");
    }

    private static String text(Map<String, ?> values, String key) {
        return values.containsKey(key) ? Objects.toString(values.get(key)) : "";
    }
}
