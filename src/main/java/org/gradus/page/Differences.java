package org.gradus.page;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Which keys have the same value in all runs, and in which they differ. What is not known of a run is no difference. */
final class Differences {
    /** Where a run was written says nothing about it. */
    private static final String OUTPUT = "output";

    private static final Object ABSENT = new Object();

    private Differences() {}

    /** Of the configuration: the swept ones first, in their order. */
    static List<String> inConfiguration(Report report) {
        List<String> found = of(report.runs(), ReportedRun::configuration);
        found.remove(OUTPUT);
        List<String> ordered = new ArrayList<>(report.swept());
        ordered.retainAll(found);
        found.removeAll(ordered);
        ordered.addAll(found);
        return ordered;
    }

    static List<String> inProvenance(Report report) {
        return of(report.runs(), ReportedRun::provenance);
    }

    private static <V> List<String> of(List<ReportedRun> runs, Function<ReportedRun, Map<String, V>> property) {
        Set<String> keys = new LinkedHashSet<>();
        runs.forEach(run -> keys.addAll(property.apply(run).keySet()));
        List<String> differing = new ArrayList<>();
        for (String key : keys) {
            Set<Object> values = new HashSet<>();
            for (ReportedRun run : runs) {
                Map<String, V> known = property.apply(run);
                if (known.containsKey(key)) {
                    values.add(Objects.toString(known.get(key)));
                } else if (run.isWhole()) {
                    values.add(ABSENT);
                }
            }
            if (values.size() > 1) {
                differing.add(key);
            }
        }
        return differing;
    }
}
