package org.gradus.page;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Which keys have the same value in all runs, and in which they differ. */
final class Differences {
    /** Where a run was written says nothing about it. */
    private static final String OUTPUT = "output";

    private Differences() {}

    /** Of the configuration: the swept ones first, in their order; of unreadable runs nothing is known. */
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
        List<Map<String, V>> known =
                runs.stream().map(property).filter(map -> !map.isEmpty()).toList();
        Set<String> keys = new LinkedHashSet<>();
        known.forEach(map -> keys.addAll(map.keySet()));
        List<String> differing = new ArrayList<>();
        for (String key : keys) {
            Set<Object> values = new HashSet<>();
            known.forEach(map -> values.add(map.containsKey(key) ? Objects.toString(map.get(key)) : Map.of()));
            if (values.size() > 1) {
                differing.add(key);
            }
        }
        return differing;
    }
}
