package org.gradus.experiment;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.gradus.experiment.Config.FileTarget;
import org.gradus.experiment.Config.OperatorsFile;
import org.gradus.experiment.Config.RankOneFiles;
import org.gradus.store.Digest;
import org.gradus.store.StoreException;

/** The files that a configuration names, by which a run that goes on knows them again. */
public final class Inputs {
    /** Of the manifest. */
    static final String KEY = "inputs";

    private final Map<String, Path> files;
    private final Function<Path, Digest> digests;

    private Inputs(Map<String, Path> files, Function<Path, Digest> digests) {
        this.files = files;
        this.digests = digests;
    }

    static Inputs of(Config config, SharedData shared) {
        return new Inputs(files(config), shared::digest);
    }

    private static Map<String, Path> files(Config config) {
        Map<String, Path> files = new LinkedHashMap<>();
        if (config.problem().target().orElse(null) instanceof FileTarget target) {
            files.put("problem.target.file", target.file());
        }
        config.problem().operators().ifPresent(operators -> {
            if (operators.way() instanceof OperatorsFile file) {
                files.put("problem.operators.file", file.file());
            } else if (operators.way() instanceof RankOneFiles both) {
                files.put("problem.operators.rank-one.files.0", both.left());
                files.put("problem.operators.rank-one.files.1", both.right());
            }
        });
        config.problem().observations().file().ifPresent(file -> files.put("problem.observations.file", file));
        config.problem().mask().flatMap(mask -> mask.file()).ifPresent(file -> files.put("problem.mask.file", file));
        List<Path> factors = config.factors().start().files();
        for (int i = 0; i < factors.size(); i++) {
            files.put("factors.initialization.files." + i, factors.get(i));
        }
        return files;
    }

    /**
     * For the manifest: key, absolute path, sha256 and bytes of each file; they are read through when this is first asked for.
     *
     * @throws StoreException if one can no longer be read
     */
    public List<Map<String, Object>> tree() {
        List<Map<String, Object>> tree = new ArrayList<>();
        files.forEach((key, path) -> {
            Digest digest = digests.apply(path);
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("key", key);
            entry.put("path", ConfigTree.absolute(path));
            entry.put("sha256", digest.sha256());
            entry.put("bytes", digest.bytes());
            tree.add(entry);
        });
        return tree;
    }

    /**
     * Whether the inputs are those that the run began with; before anything else is made of them.
     *
     * @param manifest that {@code content} is from
     * @throws StoreException naming the first that has changed or is missing
     */
    public static void requireUnchanged(Path manifest, Map<String, Object> content, Loading loading) {
        if (!(content.getOrDefault(KEY, List.of()) instanceof List<?> inputs)) {
            throw new StoreException(manifest + ": " + KEY + " must be a list");
        }
        for (Object each : inputs) {
            if (!(each instanceof Map<?, ?> input
                    && input.get("path") instanceof String path
                    && input.get("sha256") instanceof String sha256)) {
                throw new StoreException(manifest + ": each of " + KEY + " must have a path and a sha256");
            }
            requireUnchanged(named(manifest, path), String.valueOf(input.get("key")), sha256, loading);
        }
    }

    private static Path named(Path manifest, String path) {
        try {
            return Path.of(path);
        } catch (InvalidPathException e) {
            throw new StoreException(manifest + ": " + KEY + ": " + Quote.of(path) + " is no path", e);
        }
    }

    private static void requireUnchanged(Path path, String key, String sha256, Loading loading) {
        Digest now = Digest.of(path, share -> loading.at("checking " + path.getFileName(), share));
        if (!now.sha256().equals(sha256)) {
            throw new StoreException(path + ": has changed since the run began (" + Quote.line(key)
                    + "): its SHA-256 is " + now.sha256() + ", not " + Quote.line(sha256)
                    + "; the run can go on only with the same data");
        }
    }
}
