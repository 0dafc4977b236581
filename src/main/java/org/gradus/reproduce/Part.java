package org.gradus.reproduce;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.gradus.experiment.Config;
import org.gradus.experiment.ConfigReader;
import org.gradus.experiment.ConfigText;
import org.gradus.experiment.Overrides;
import org.gradus.experiment.Sweep;
import org.gradus.store.JsonFile;
import org.gradus.store.RunFormat;

/** A run or a sweep of an experiment, and how much of it is there. */
final class Part {
    private static final Set<String> ENDED = Set.of("done", "stopped", "diverged");

    /** What an earlier call has left in a part's folder. */
    enum State {
        ABSENT,
        UNFINISHED,
        FINISHED,
        /** Of another configuration. */
        OTHER
    }

    private final String name;
    private final Path folder;
    private final Optional<Sweep> sweep;
    private final Optional<Config> single;

    /** @throws org.gradus.experiment.ConfigException at the first wrong key or value */
    Part(String name, ConfigText text, Path folder, List<String> settings, Overrides given) {
        this.name = name;
        this.folder = folder;
        Overrides own = new Overrides(given.backend(), given.precision(), Optional.of(folder.toString()));
        boolean several = text.isSweep(settings, own);
        sweep = several ? Optional.of(Sweep.of(text, settings, own, false)) : Optional.empty();
        single = several ? Optional.empty() : Optional.of(ConfigReader.of(text, settings, own));
    }

    String name() {
        return name;
    }

    Path folder() {
        return folder;
    }

    /** Empty where it is a single run. */
    Optional<Sweep> sweep() {
        return sweep;
    }

    List<Config> configs() {
        return single.map(List::of)
                .orElseGet(() -> IntStream.rangeClosed(1, sweep.orElseThrow().runs())
                        .mapToObj(sweep.orElseThrow()::config)
                        .toList());
    }

    /** @throws org.gradus.store.StoreException if the folder is of a newer version, or its files are damaged */
    State state() {
        List<Config> configs = configs();
        int ended = 0;
        boolean there = Files.exists(folder.resolve("sweep.json"));
        for (Config config : configs) {
            Path manifest = config.output().resolve("manifest.json");
            if (Files.exists(manifest)) {
                Map<String, Object> found = RunFormat.read(manifest);
                if (!sameConfiguration(found, config)) {
                    return State.OTHER;
                }
                there = true;
                ended += found.get("outcome") instanceof Map<?, ?> outcome && ENDED.contains(outcome.get("status"))
                        ? 1
                        : 0;
            }
        }
        return ended == configs.size() ? State.FINISHED : there ? State.UNFINISHED : State.ABSENT;
    }

    private static boolean sameConfiguration(Map<String, Object> manifest, Config config) {
        return manifest.get("configuration") instanceof Map<?, ?> written
                && withoutOutput(written).equals(withoutOutput(config.source().tree()));
    }

    private static String withoutOutput(Map<?, ?> tree) {
        Map<String, Object> rest = new LinkedHashMap<>();
        tree.forEach((key, value) -> rest.put(String.valueOf(key), value));
        rest.remove("output");
        return JsonFile.text(rest);
    }
}
