package org.gradus.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs of a sweep that differ in nothing but start and step size, and so have the same data, dimensions, steps and rows.
 *
 * @param numbers of the runs, ascending
 * @param compute the section of that name, equal for groups on the same device
 * @param problem likewise, equal for groups on the same data
 * @param steps of each run
 */
record SweepGroup(List<Integer> numbers, Map<?, ?> compute, Map<?, ?> problem, long steps) {

    /** In the order of their first runs, but those of one device together, and on it those of one problem. */
    static List<SweepGroup> of(Sweep sweep) {
        Map<Map<?, ?>, Map<Map<?, ?>, Map<List<Object>, SweepGroup>>> devices = new LinkedHashMap<>();
        for (int number = 1; number <= sweep.runs(); number++) {
            Config config = sweep.config(number);
            Map<String, Object> tree = config.source().tree();
            Map<?, ?> compute = (Map<?, ?>) tree.get("compute");
            Map<?, ?> problem = (Map<?, ?>) tree.get("problem");
            List<Object> rest = List.of(
                    without((Map<?, ?>) tree.get("factors"), "initialization"),
                    without((Map<?, ?>) tree.get("descent"), "step-size"),
                    tree.get("record"));
            devices.computeIfAbsent(compute, device -> new LinkedHashMap<>())
                    .computeIfAbsent(problem, data -> new LinkedHashMap<>())
                    .computeIfAbsent(
                            rest,
                            key -> new SweepGroup(
                                    new ArrayList<>(),
                                    compute,
                                    problem,
                                    config.descent().steps()))
                    .numbers()
                    .add(number);
        }
        return devices.values().stream()
                .flatMap(problems -> problems.values().stream())
                .flatMap(groups -> groups.values().stream())
                .toList();
    }

    private static Map<Object, Object> without(Map<?, ?> section, String key) {
        Map<Object, Object> rest = new HashMap<>(section);
        rest.remove(key);
        return rest;
    }
}
