package org.gradus.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gradus.experiment.Config.SyntheticTarget;

/**
 * Runs of a sweep that differ in nothing but start and step size, and so have the same data, dimensions, steps and rows.
 *
 * @param numbers of the runs, ascending
 * @param compute the section of that name, equal for groups on the same device
 * @param problem likewise, equal for groups on the same data
 * @param steps of each run
 * @param work of each run, an estimate in floating-point operations that needs neither data nor device
 * @param firstStep of the checkpoints that the runs go on from; 0 where they begin
 */
record SweepGroup(
        List<Integer> numbers, Map<?, ?> compute, Map<?, ?> problem, long steps, double work, long firstStep) {
    /** What a run's files and decisions cost, whatever its size: some 10 ms. */
    private static final double WORK_OF_FILES = 5e8;

    /** How far checking has come. */
    interface Checking {
        void checked(int runs);
    }

    /** In the order of their first runs, but those of one device together, and on it those of one problem. */
    static List<SweepGroup> of(Sweep sweep, Checking checking) {
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
                                    config.descent().steps(),
                                    work(config),
                                    0))
                    .numbers()
                    .add(number);
            checking.checked(number);
        }
        return devices.values().stream()
                .flatMap(problems -> problems.values().stream())
                .flatMap(groups -> groups.values().stream())
                .toList();
    }

    /**
     * 3(N − 1) products a step, 2w³ each, w the largest size that the configuration tells, as if the solver were dense. Of groups
     * on files of other sizes only the steps count.
     */
    private static double work(Config config) {
        int widest = config.factors().widths().orElse(List.of()).stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(1);
        if (config.problem().target().orElse(null) instanceof SyntheticTarget target) {
            widest = Math.max(widest, Math.max(target.rows(), target.columns()));
        }
        int products = Math.max(1, 3 * (config.factors().depth() - 1));
        return WORK_OF_FILES + config.descent().steps() * products * 2 * Math.pow(widest, 3);
    }

    /** The same group with some of its runs only. */
    SweepGroup with(List<Integer> some) {
        return with(some, firstStep);
    }

    SweepGroup with(List<Integer> some, long from) {
        return new SweepGroup(List.copyOf(some), compute, problem, steps, work, from);
    }

    static int runs(List<SweepGroup> groups) {
        return groups.stream().mapToInt(group -> group.numbers().size()).sum();
    }

    /** Steps of all runs together, if none ends early. */
    static double steps(List<SweepGroup> groups) {
        return groups.stream()
                .mapToDouble(group -> (double) (group.steps - group.firstStep)
                        * group.numbers().size())
                .sum();
    }

    private static Map<Object, Object> without(Map<?, ?> section, String key) {
        Map<Object, Object> rest = new HashMap<>(section);
        rest.remove(key);
        return rest;
    }
}
