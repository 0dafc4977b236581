package org.gradus.reproduce;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gradus.experiment.ConfigException;
import org.gradus.experiment.NearestKey;

/** All named experiments, in the order in which they are carried out. */
public final class Experiments {
    private static final List<Experiment> ALL = Stream.concat(
                    Paper.EXPERIMENTS.stream(), Literature.EXPERIMENTS.stream())
            .toList();

    private Experiments() {}

    public static List<Experiment> all() {
        return ALL;
    }

    /** @throws ConfigException if there is none of this name, with the nearest */
    public static Experiment named(String name) {
        return ALL.stream()
                .filter(experiment -> experiment.card().name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name));
    }

    private static ConfigException unknown(String name) {
        List<String> names =
                ALL.stream().map(experiment -> experiment.card().name()).toList();
        Optional<String> nearest = NearestKey.of(name, names);
        String shown = name.length() > 60 ? name.substring(0, 60) + "…" : name;
        return new ConfigException("no experiment '" + shown + "'; "
                + nearest.map(near -> "did you mean '" + near + "'?").orElse("known: " + String.join(", ", names)));
    }
}
