package org.gradus.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gradus.experiment.Config.ComputeSection;
import org.gradus.experiment.Config.DescentSection;
import org.gradus.experiment.Config.FactorsSection;
import org.gradus.experiment.Config.ProblemSection;
import org.gradus.experiment.Config.RecordSection;
import org.gradus.experiment.YamlNode.Entry;
import org.gradus.experiment.YamlNode.Mapping;
import org.gradus.store.JsonFile;

/** Reads and checks a configuration; the files that it names are not opened. */
public final class ConfigReader {
    private ConfigReader() {}

    /**
     * The configuration in {@code file} with the command line's changes.
     *
     * @param settings the arguments of {@code --set}, {@code path.to.key=value}, applied in this order
     * @param overrides options of the command line, applied last
     * @throws org.gradus.store.StoreException if the file is missing, unreadable, larger than 1 MiB or not YAML
     * @throws ConfigException at the first wrong key or value, with its place and what would be right
     */
    public static Config read(Path file, List<String> settings, Overrides overrides) {
        return single(file, changed(YamlFile.read(file), settings, overrides));
    }

    /** The same of a text. */
    public static Config of(ConfigText text, List<String> settings, Overrides overrides) {
        return single(text.file(), text.changed(settings, overrides));
    }

    /**
     * The same of a configuration in memory, whose places are called {@code configuration:1} and so on.
     *
     * @param text YAML; the inputs that it names are relative to the working directory
     */
    public static Config parse(String text, List<String> settings) {
        Path name = Path.of("configuration");
        return single(name, changed(YamlFile.parse(name, text, 1), settings, Overrides.none()));
    }

    private static Config single(Path file, Mapping root) {
        Entry sweep = root.entries().get("sweep");
        if (sweep != null) {
            throw new ConfigException(
                    sweep.place() + ": sweep: this configuration is a sweep of several runs; 'gradus sweep "
                            + Quote.line(String.valueOf(file.getFileName())) + "' carries it out");
        }
        return read(file, root);
    }

    /**
     * A resolved configuration read again, inputs under absolute paths.
     *
     * @param file that it stands in, which errors name
     * @param tree as {@link ConfigSource#tree} gives it and JSON keeps it
     * @param settings changes, as the arguments of {@code --set}
     * @throws ConfigException at the first wrong key or value
     */
    public static Config reread(Path file, Map<?, ?> tree, List<String> settings, Overrides overrides) {
        return read(file, changed(YamlFile.resolved(file, JsonFile.text(tree)), settings, overrides));
    }

    /** The configuration as it is written, with the command line's changes. */
    static Mapping changed(Mapping written, List<String> settings, Overrides overrides) {
        Mapping root = written;
        List<Setting> changes =
                new ArrayList<>(settings.stream().map(Setting::parse).toList());
        changes.addAll(overrides.settings());
        for (Setting change : changes) {
            root = change.applyTo(root);
        }
        return root;
    }

    /** Without the section sweep. */
    static Config read(Path file, Mapping root) {
        Section top = Section.root(root);
        ProblemSection problem = ProblemReader.read(top.section("problem"), file);
        FactorsSection factors = FactorsReader.read(top.section("factors"), file);
        DescentSection descent = DescentReader.read(top.section("descent"));
        RecordSection record = RecordReader.read(top.section("record"), descent.steps());
        ComputeSection compute = ComputeReader.read(top.section("compute"));
        Path output = top.find("output").map(Value::path).orElseGet(() -> Path.of("runs", stem(file)));

        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("problem", ProblemTree.of(problem));
        tree.put("factors", ConfigTree.factors(factors));
        tree.put("descent", ConfigTree.descent(descent));
        tree.put("record", ConfigTree.record(record));
        tree.put("compute", ConfigTree.compute(compute));
        tree.put("output", output.toString());
        ConfigSource source = new ConfigSource(file, places(root), Collections.unmodifiableMap(tree));
        return new Config(source, problem, factors, descent, record, compute, output);
    }

    /** The name of a configuration: that of its file, without the ending. */
    public static String stem(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static Map<String, String> places(Mapping root) {
        Map<String, String> places = new LinkedHashMap<>();
        addPlaces(root, "", places);
        return Collections.unmodifiableMap(places);
    }

    private static void addPlaces(Mapping mapping, String prefix, Map<String, String> places) {
        mapping.entries().forEach((name, entry) -> {
            places.put(prefix + name, entry.place());
            if (entry.value() instanceof Mapping inner) {
                addPlaces(inner, prefix + name + ".", places);
            }
        });
    }
}
