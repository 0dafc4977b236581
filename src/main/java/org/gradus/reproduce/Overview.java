package org.gradus.reproduce;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradus.store.AtomicFile;
import org.gradus.store.JsonFile;
import org.gradus.store.RunFormat;

/** What all experiments in a folder have come to: verdicts.json and report.html. */
public final class Overview {
    public static final String VERDICTS = "verdicts.json";
    public static final String PAGE = "report.html";

    private Overview() {}

    /** @throws org.gradus.store.StoreException if the folder cannot be made or written */
    public static void requireWritable(Path folder) {
        ResultFolder.create(folder);
        AtomicFile.requireWritable(folder.resolve(VERDICTS));
    }

    /** Of the known experiments that have a verdict in the folder, in their order. */
    static List<Result> results(Path folder) {
        return Experiments.all().stream()
                .map(experiment -> Result.read(folder.resolve(experiment.card().name())))
                .flatMap(Optional::stream)
                .toList();
    }

    /** @throws org.gradus.store.StoreException if a file cannot be written, or a verdict is damaged */
    public static void write(Path folder) {
        List<Result> results = results(folder);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(RunFormat.KEY, RunFormat.VERSION);
        tree.put("verdicts", results.stream().map(Result::tree).toList());
        JsonFile.write(folder.resolve(VERDICTS), tree);
        byte[] page = OverviewPage.of(results, folder).getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(folder.resolve(PAGE), out -> out.write(page));
    }

    static boolean hasFigure(Path folder) {
        return Files.isRegularFile(folder.resolve(Result.FIGURE));
    }
}
