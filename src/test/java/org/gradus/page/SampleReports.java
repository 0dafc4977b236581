package org.gradus.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradus.page.ReportedRun.Ending;
import org.gradus.report.Found;
import org.gradus.report.Predicted;

/** Small reports made by hand. */
final class SampleReports {
    private SampleReports() {}

    static ReportedRun run(String name, Map<String, Object> configuration) {
        Map<String, double[]> columns = new LinkedHashMap<>();
        columns.put("loss", new double[] {2, 1.23456789, Double.NaN});
        columns.put("effective_rank", new double[] {3, 1, 1.5});
        Map<String, Double> outcomes = new LinkedHashMap<>();
        outcomes.put("steps", 20.0);
        outcomes.put("loss", 1.23456789);
        return new ReportedRun(
                name,
                configuration,
                Map.of("commit", "abc"),
                new Ending("done", "all steps were carried out"),
                outcomes,
                Optional.of(new Curves(new double[] {0, 10, 20}, columns)),
                new double[] {3, 2},
                new Predicted(
                        List.of(new Predicted.Crossing(1, 1.5, Double.NaN, Double.NaN, 7)),
                        List.of(new Predicted.Band(1, 8, null, null, null))),
                List.of(new Found(8, 20, 1.25)),
                List.of());
    }

    static ReportedRun unreadable(String name, String reason) {
        return new ReportedRun(
                name,
                Map.of(),
                Map.of(),
                Ending.unreadable(reason),
                Map.of(),
                Optional.empty(),
                new double[0],
                Predicted.NONE,
                List.of(),
                List.of());
    }

    static Report report(ReportedRun... runs) {
        return new Report("sample", List.of("made by a test"), List.of("b", "a"), List.of(runs), List.of());
    }
}
