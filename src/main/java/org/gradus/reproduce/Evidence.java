package org.gradus.reproduce;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The finished runs of an experiment, by the names of its parts. */
public final class Evidence {
    private final Map<String, List<FinishedRun>> runs;
    private final Map<String, double[][]> derived = new LinkedHashMap<>();

    /** @param runs of each part, those of a sweep in the order of their numbers */
    public Evidence(Map<String, List<FinishedRun>> runs) {
        this.runs = new LinkedHashMap<>(runs);
    }

    /** All runs of a part. */
    public List<FinishedRun> runs(String part) {
        if (!runs.containsKey(part)) {
            throw new IllegalArgumentException("no part " + part + " among " + runs.keySet());
        }
        return runs.get(part);
    }

    /** The first run of a part, which is the only one where it is no sweep. */
    public FinishedRun run(String part) {
        return runs(part).get(0);
    }

    /** The names of the parts. */
    public List<String> parts() {
        return List.copyOf(runs.keySet());
    }

    /** Numbers that judge and picture both need and that take long: computed when they are first asked for. */
    synchronized double[][] derived(String name, Supplier<double[][]> computation) {
        return derived.computeIfAbsent(name, missing -> computation.get());
    }
}
