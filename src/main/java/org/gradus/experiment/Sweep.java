package org.gradus.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.gradus.experiment.SweepReader.Mode;
import org.gradus.experiment.YamlNode.Entry;
import org.gradus.experiment.YamlNode.Kind;
import org.gradus.experiment.YamlNode.Mapping;
import org.gradus.experiment.YamlNode.Scalar;

/** The runs that the section {@code sweep} of a configuration spans, numbered from 1; each is a configuration of its own. */
public final class Sweep {
    /** Beyond so many runs nobody gets by a slip of the pen. */
    public static final int MOST_UNASKED = 100_000;

    static final int MOST_RUNS = 10_000_000;

    private final Path file;
    private final Mapping base;
    private final Mode mode;
    private final List<SweepKey> keys;
    private final int runs;
    private final Path output;
    private final Map<String, Object> tree;
    private final List<SweepGroup> groups;

    /**
     * Reads and checks every configuration; the files that they name are not opened.
     *
     * @param many whether more than {@value #MOST_UNASKED} runs are wanted
     * @throws org.gradus.store.StoreException if the file is missing, unreadable, larger than 1 MiB or not YAML
     * @throws ConfigException at the first wrong key or value, with its place and what would be right
     */
    public static Sweep read(Path file, List<String> settings, Overrides overrides, boolean many) {
        return read(file, settings, overrides, many, (checked, of) -> {});
    }

    /** The same of a text. */
    public static Sweep of(ConfigText text, List<String> settings, Overrides overrides, boolean many) {
        return new Sweep(text.file(), text.changed(settings, overrides), many, (checked, of) -> {});
    }

    /** Told how many of the configurations have been checked. */
    public interface Checking {
        void checked(int runs, int of);
    }

    /** The same, telling how far it has come: it takes some 50 µs a run. */
    public static Sweep read(Path file, List<String> settings, Overrides overrides, boolean many, Checking checking) {
        Mapping written = SweepReader.nested(YamlFile.read(file));
        return new Sweep(file, ConfigReader.changed(written, settings, overrides), many, checking);
    }

    private Sweep(Path file, Mapping root, boolean many, Checking checking) {
        this.file = file;
        Section top = Section.root(root);
        top.require("sweep", "{over: {KEY: [values]}}; `gradus run` carries out a single configuration");
        Section section = top.section("sweep");
        mode = SweepReader.mode(section);
        keys = SweepReader.keys(section);
        runs = count(section, many);
        output = top.find("output").map(Value::path).orElseGet(() -> Path.of("runs", ConfigReader.stem(file)));
        tree = PlainTree.of(root);
        Map<String, Entry> entries = new LinkedHashMap<>(root.entries());
        entries.remove("sweep");
        base = new Mapping(root.place(), entries);
        groups = SweepGroup.of(this, checked -> checking.checked(checked, runs));
    }

    private int count(Section section, boolean many) {
        int first = keys.get(0).values().size();
        double product = 1;
        for (SweepKey key : keys) {
            product *= key.values().size();
            if (mode == Mode.ZIP && key.values().size() != first) {
                throw section.missing(
                        "over",
                        "mode zip needs equally many values for every key, but "
                                + keys.get(0).name() + " has " + first + " and " + key.name() + " has "
                                + key.values().size());
            }
        }
        double count = mode == Mode.ZIP ? first : product;
        String spans = String.format(Locale.ROOT, "spans %,.0f runs; ", count);
        if (count > MOST_RUNS) {
            throw section.missing("over", spans + String.format(Locale.ROOT, "%,d are the most", MOST_RUNS));
        }
        if (count > MOST_UNASKED && !many) {
            throw section.missing("over", spans + String.format(Locale.ROOT, "more than %,d need --yes", MOST_UNASKED));
        }
        return (int) count;
    }

    /** How many runs there are. */
    public int runs() {
        return runs;
    }

    /** Steps of all runs together, if none ends early. */
    public double steps() {
        return SweepGroup.steps(groups);
    }

    /** The folder of the whole sweep. */
    public Path output() {
        return output;
    }

    /** The dotted names of the keys that vary, as they are written in order. */
    public List<String> keys() {
        return keys.stream().map(SweepKey::name).toList();
    }

    /** product or zip. */
    String mode() {
        return Value.word(mode);
    }

    /** The values of each key, as they are written. */
    Map<String, List<String>> values() {
        Map<String, List<String>> values = new LinkedHashMap<>();
        keys.forEach(key ->
                values.put(key.name(), key.values().stream().map(Scalar::text).toList()));
        return values;
    }

    /** The configuration with its section {@code sweep} as it is written: maps, lists, strings, numbers and booleans. */
    public Map<String, Object> tree() {
        return tree;
    }

    /** The values of the keys in the run of this number, as text. */
    public List<String> values(int number) {
        int[] index = index(number);
        return IntStream.range(0, keys.size())
                .mapToObj(i -> keys.get(i).values().get(index[i]).text())
                .toList();
    }

    /** The configuration of the run of this number. */
    public Config config(int number) {
        int[] index = index(number);
        Mapping root = base;
        for (int i = 0; i < index.length; i++) {
            root = keys.get(i).setting(index[i]).applyTo(root);
        }
        String folder = output.resolve(folder(number)).toString();
        Entry own = new Entry(root.place(), new Scalar(root.place(), Kind.STRING, folder));
        return ConfigReader.read(file, root.with("output", own));
    }

    /** The run's folder in the sweep's, such as {@code runs/0001}. */
    private String folder(int number) {
        return "runs/" + name(number);
    }

    /** The number with at least four digits, as many for every run. */
    public String name(int number) {
        int digits = Math.max(4, Integer.toString(runs).length());
        return String.format(Locale.ROOT, "%0" + digits + "d", number);
    }

    /** Which runs can share data, device and steps; all of them in all. */
    List<SweepGroup> groups() {
        return groups;
    }

    private int[] index(int number) {
        int[] index = new int[keys.size()];
        int rest = number - 1;
        for (int i = index.length - 1; i >= 0; i--) {
            int size = keys.get(i).values().size();
            index[i] = mode == Mode.ZIP ? rest : rest % size;
            rest = mode == Mode.ZIP ? rest : rest / size;
        }
        return index;
    }

    /** One line for people: {@code 96 runs: descent.step-size (3) × factors.initialization.seed (32)}. */
    public String describe() {
        List<String> parts = new ArrayList<>();
        keys.forEach(key -> parts.add(key.name() + " (" + key.values().size() + ")"));
        return String.format(Locale.ROOT, "%,d runs: ", runs) + String.join(mode == Mode.ZIP ? " with " : " × ", parts);
    }
}
