package org.gradus.experiment;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where the values of a configuration stand.
 *
 * @param file the configuration file as the user named it
 * @param places dotted key to place, such as {@code "staircase.yaml:12"} or {@code "--set descent.steps=10"}
 * @param tree every key with its resolved value, defaults included, in the order of the documentation: maps, lists,
 *     strings, numbers and booleans only, ready for JSON
 */
public record ConfigSource(Path file, Map<String, String> places, Map<String, Object> tree) {

    /** An error at {@code key} or at its nearest enclosing key that is written in the file. */
    public ConfigException error(String key, String message) {
        String at = key;
        while (!places.containsKey(at) && at.contains(".")) {
            at = at.substring(0, at.lastIndexOf('.'));
        }
        return new ConfigException(places.getOrDefault(at, file.toString()) + ": " + key + ": " + message);
    }
}
