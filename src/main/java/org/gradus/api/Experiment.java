package org.gradus.api;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.gradus.dynamics.Outcome;
import org.gradus.experiment.Config;
import org.gradus.experiment.ConfigReader;
import org.gradus.experiment.Overrides;

/**
 * A configuration to be carried out, from a file or a text, with changes; immutable. Calls read it anew, so that it may be run as
 * often as wanted, and by several threads at the same time.
 */
public final class Experiment {
    private final Source source;
    private final List<String> settings;

    /** Where the configuration comes from. */
    private interface Source {
        Config read(List<String> settings);
    }

    private Experiment(Source source, List<String> settings) {
        this.source = source;
        this.settings = settings;
    }

    /** A configuration in a file; the inputs that it names are relative to it. */
    public static Experiment of(Path file) {
        return new Experiment(settings -> ConfigReader.read(file, settings, Overrides.none()), List.of());
    }

    /** A configuration as YAML; the inputs that it names are relative to the working directory. */
    public static Experiment ofYaml(String text) {
        return new Experiment(settings -> ConfigReader.parse(text, settings), List.of());
    }

    /** With values changed or added, each as {@code "descent.steps=1000"}: what the command line's {@code --set} takes. */
    public Experiment with(String... changes) {
        return new Experiment(
                source, Stream.concat(settings.stream(), Stream.of(changes)).toList());
    }

    /**
     * The configuration, checked key by key; nothing is loaded.
     *
     * @throws org.gradus.experiment.ConfigException at the first wrong key or value
     * @throws org.gradus.store.StoreException if the file cannot be read
     */
    public Config config() {
        return source.read(settings);
    }

    /**
     * The configuration on the backend that it asks for, ready to run.
     *
     * @throws org.gradus.experiment.ConfigException for what is wrong with it
     * @throws org.gradus.store.StoreException for files
     * @throws org.gradus.backend.BackendException if the backend cannot be had, or is too small
     */
    public Session open() {
        return Session.open(config());
    }

    /**
     * Carries it out in memory; no file is written.
     *
     * @throws RuntimeException as {@link #open} and {@link Session#run} do
     */
    public Result run(Watch watch) {
        try (Session session = open()) {
            return session.run(watch);
        }
    }

    /** The same, with nobody watching. */
    public Result run() {
        return run(Watch.NOBODY);
    }

    /**
     * Carries it out into a run directory, whose files are those of {@code gradus run --no-plots}.
     *
     * @throws RuntimeException as {@link #open} and {@link Session#runInto} do
     */
    public Outcome runInto(Path directory, Watch watch) {
        try (Session session = open()) {
            return session.runInto(directory, false, watch);
        }
    }
}
