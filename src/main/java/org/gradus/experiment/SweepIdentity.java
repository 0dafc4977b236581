package org.gradus.experiment;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.gradus.store.JsonFile;

/**
 * What tells a sweep from another: mode, keys and values as they are written, and the resolved configuration of the first run, input
 * files relative to the configuration's folder. Left out is what changes no result: {@code output}, {@code record.checkpoint},
 * {@code compute.threads}, {@code compute.device}.
 *
 * @param resolved maps, lists, strings, numbers and booleans
 * @param hash SHA-256 of {@code resolved} as JSON, in hexadecimal
 */
record SweepIdentity(Map<String, Object> resolved, String hash) {
    /** Longer lists of values are told by their ends and their hash. */
    private static final int MOST_LISTED = 1_000;

    /** Of a value in a message. */
    private static final int LONGEST_SHOWN = 60;

    static SweepIdentity of(Sweep sweep, Config first) {
        Map<String, Object> over = new LinkedHashMap<>();
        sweep.values().forEach((key, values) -> over.put(key, listed(values)));
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("mode", sweep.mode());
        section.put("over", over);
        Map<String, Object> resolved = new LinkedHashMap<>();
        resolved.put("sweep", section);
        first.source().tree().forEach((name, value) -> resolved.put(name, plain(value, folder(first))));
        resolved.remove("output");
        ((Map<?, ?>) resolved.get("record")).remove("checkpoint");
        ((Map<?, ?>) resolved.get("compute")).remove("threads");
        ((Map<?, ?>) resolved.get("compute")).remove("device");
        return new SweepIdentity(resolved, sha256(JsonFile.text(resolved)));
    }

    private static Object listed(List<String> values) {
        if (values.size() <= MOST_LISTED) {
            return values;
        }
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("count", values.size());
        summary.put("first", values.get(0));
        summary.put("last", values.get(values.size() - 1));
        summary.put("sha256", sha256(String.join("\n", values)));
        return summary;
    }

    private static Path folder(Config config) {
        return config.source().file().toAbsolutePath().normalize().getParent();
    }

    private static Object plain(Object value, Path folder) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((name, inner) -> copy.put((String) name, plain(inner, folder)));
            return copy;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(item -> plain(item, folder)).toList();
        }
        return value instanceof String text && text.startsWith("/")
                ? folder.relativize(Path.of(text).normalize()).toString()
                : value;
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * The first key whose value is another one in {@code other}, for people: {@code descent.steps is 200 there and 300 here}.
     *
     * @param other {@code resolved} as it was read from JSON
     */
    Optional<String> difference(Map<?, ?> other) {
        Map<String, Object> here = new LinkedHashMap<>();
        Map<String, Object> there = new LinkedHashMap<>();
        flatten(resolved, "", here);
        flatten(other, "", there);
        Set<String> keys = new LinkedHashSet<>();
        Stream.concat(here.keySet().stream(), there.keySet().stream())
                .sorted(Comparator.comparing(key -> !key.startsWith("sweep.")))
                .forEach(keys::add);
        return keys.stream()
                .filter(key -> !String.valueOf(here.get(key)).equals(String.valueOf(there.get(key))))
                .findFirst()
                .map(key -> difference(key, there.get(key), here.get(key)));
    }

    private static void flatten(Map<?, ?> map, String prefix, Map<String, Object> flat) {
        map.forEach((name, value) -> {
            if (value instanceof Map<?, ?> inner && !inner.isEmpty()) {
                flatten(inner, prefix + name + ".", flat);
            } else {
                flat.put(prefix + name, value);
            }
        });
    }

    private static String difference(String key, Object there, Object here) {
        if (there instanceof List<?> before && here instanceof List<?> now && before.size() != now.size()) {
            return key + " has " + before.size() + " values there and " + now.size() + " here";
        }
        if (there == null || here == null) {
            return key + " is " + shown(there == null ? here : there) + (there == null ? " here" : " there")
                    + " and not given " + (there == null ? "there" : "here");
        }
        return key + " is " + shown(there) + " there and " + shown(here) + " here";
    }

    private static String shown(Object value) {
        String text = Quote.line(String.valueOf(value));
        return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
    }
}
