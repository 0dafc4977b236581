package org.gradus.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gradus.experiment.YamlNode.Mapping;

/**
 * One YAML document that is a configuration, of a run or of a sweep.
 *
 * @param file that messages name, and to whose folder the paths of inputs are relative; it need not be there
 * @param line of the file that the text begins with, from 1
 */
public record ConfigText(Path file, String text, int line) {

    /**
     * The documents of a file, told apart by lines {@code ---}.
     *
     * @throws org.gradus.store.StoreException if the file is missing, unreadable, larger than 1 MiB or not UTF-8
     */
    public static List<ConfigText> read(Path file) {
        return documents(file, YamlFile.text(file));
    }

    /** The text of a file, as {@link #read} reads it. */
    public static String whole(Path file) {
        return YamlFile.text(file);
    }

    /** The same of a text; what stands before the first line {@code ---} is no document where it is blank or remarks only. */
    public static List<ConfigText> documents(Path file, String text) {
        List<ConfigText> documents = new ArrayList<>();
        List<String> lines = text.lines().toList();
        int from = 0;
        for (int i = 0; i <= lines.size(); i++) {
            boolean end = i == lines.size();
            if (end || lines.get(i).matches("---(\\s.*)?")) {
                List<String> own = lines.subList(from, i);
                boolean empty = own.stream().allMatch(line -> line.isBlank() || line.startsWith("#"));
                if (!empty || (end && documents.isEmpty())) {
                    documents.add(new ConfigText(file, String.join("\n", own) + "\n", from + 1));
                }
                from = i + 1;
            }
        }
        return List.copyOf(documents);
    }

    /** Whether it is a sweep, after the command line's changes. */
    public boolean isSweep(List<String> settings, Overrides overrides) {
        return changed(settings, overrides).entries().containsKey("sweep");
    }

    /** The document's mapping with the command line's changes; keys of {@code sweep.over} are nested. */
    Mapping changed(List<String> settings, Overrides overrides) {
        Mapping written = SweepReader.nested(YamlFile.parse(file, text, line));
        return ConfigReader.changed(written, settings, overrides);
    }
}
