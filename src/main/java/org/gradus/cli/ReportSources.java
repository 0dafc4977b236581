package org.gradus.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.gradus.store.RunFormat;
import org.gradus.store.StoreException;
import org.gradus.store.SweepTableFile;

/**
 * The runs below the directories that a report was asked for: run directories, directories of sweeps, and folders of either.
 *
 * @param swept keys of the sweeps among them
 * @param remarks what was not taken, and why
 */
record ReportSources(List<ReportSource> runs, List<String> swept, List<String> remarks) {
    /** Folders that are looked through below the one named. */
    private static final int DEPTH = 3;

    private static final String MANIFEST = "manifest.json";
    private static final String SWEEP = "sweep.json";
    private static final String SWEEP_TABLE = "sweep.csv";

    /**
     * @param directories distinct, at least one
     * @throws StoreException if one is no directory, holds no run, or is of a newer format
     */
    static ReportSources of(List<Path> directories) {
        Search search = new Search();
        for (Path directory : directories) {
            if (!Files.isDirectory(directory)) {
                throw new StoreException(
                        directory + ": no such directory; name a run's, a sweep's, or a folder of these");
            }
            List<ReportSource> found = search.in(directory, DEPTH, true);
            if (found.isEmpty()) {
                throw new StoreException(directory + ": holds no run: neither here nor in the folders below is a "
                        + MANIFEST + " or " + SWEEP);
            }
            String group = RunRecord.name(directory);
            found.forEach(run -> search.runs.add(run.named() || directories.size() == 1 ? run : run.within(group)));
        }
        return new ReportSources(distinct(search.runs), List.copyOf(search.swept), search.remarks);
    }

    /** Runs of one name are told apart by their paths. */
    private static List<ReportSource> distinct(List<ReportSource> runs) {
        Map<String, Long> counts =
                runs.stream().collect(Collectors.groupingBy(ReportSource::name, Collectors.counting()));
        return runs.stream()
                .map(run -> counts.get(run.name()) == 1
                        ? run
                        : run.named(run.directory().toString()))
                .toList();
    }

    /** What has been found so far. */
    private static final class Search {
        private final List<ReportSource> runs = new ArrayList<>();
        private final Set<String> swept = new LinkedHashSet<>();
        private final List<String> remarks = new ArrayList<>();

        /** @param named whether the user named this very folder: then a damaged sweep is an error, else a remark */
        private List<ReportSource> in(Path folder, int depth, boolean named) {
            if (Files.exists(folder.resolve(MANIFEST))) {
                return List.of(new ReportSource(RunRecord.name(folder), folder, named));
            }
            if (Files.exists(folder.resolve(SWEEP)) || Files.exists(folder.resolve(SWEEP_TABLE))) {
                try {
                    return sweep(folder);
                } catch (StoreException e) {
                    if (named) {
                        throw e;
                    }
                    remarks.add("Left out: " + Failure.of(e).line());
                    return List.of();
                }
            }
            List<ReportSource> found = new ArrayList<>();
            if (depth > 0) {
                for (Path child : folders(folder)) {
                    List<ReportSource> below = in(child, depth - 1, false);
                    boolean run = below.size() == 1 && below.get(0).directory().equals(child);
                    below.forEach(each -> found.add(run ? each : each.within(RunRecord.name(child))));
                }
            }
            return found;
        }

        /** The runs that have a folder or a row in the table, by number. */
        private List<ReportSource> sweep(Path folder) {
            Map<String, Object> description =
                    Files.exists(folder.resolve(SWEEP)) ? RunFormat.read(folder.resolve(SWEEP)) : Map.of();
            if (description.get("keys") instanceof List<?> keys) {
                keys.forEach(key -> swept.add(String.valueOf(key)));
            }
            Map<String, ReportSource> found = new TreeMap<>();
            Path below = folder.resolve("runs");
            if (Files.isDirectory(below)) {
                for (Path run : folders(below)) {
                    found.put(RunRecord.name(run), new ReportSource(RunRecord.name(run), run, false));
                }
            }
            if (Files.exists(folder.resolve(SWEEP_TABLE))) {
                for (Map<String, String> row : SweepTableFile.read(folder.resolve(SWEEP_TABLE))) {
                    String name = row.get("run");
                    Map<String, String> cells = parameters(description, row);
                    found.put(name, new ReportSource(name, below.resolve(plain(name)), false, cells));
                }
            }
            if (description.get("runs") instanceof Number all && all.longValue() > found.size()) {
                remarks.add(RunRecord.name(folder) + ": " + found.size() + " of " + all + " runs have been begun.");
            }
            if (found.isEmpty()) {
                throw new StoreException(folder + ": a sweep of which no run has been begun; there is nothing to show");
            }
            return List.copyOf(found.values());
        }

        /** A name from a table, which need not be one of a folder; nothing outside is read. */
        private static String plain(String name) {
            return name.matches("[0-9]{1,18}") ? name : "unknown";
        }

        private static Map<String, String> parameters(Map<String, Object> description, Map<String, String> row) {
            Map<String, String> kept = new LinkedHashMap<>();
            kept.put("outcome", row.get("outcome"));
            if (description.get("keys") instanceof List<?> keys) {
                row.forEach((key, value) -> {
                    if (keys.contains(key)) {
                        kept.put(key, value);
                    }
                });
            }
            return kept;
        }
    }

    private static List<Path> folders(Path folder) {
        try (DirectoryStream<Path> content = Files.newDirectoryStream(folder, Files::isDirectory)) {
            List<Path> folders = new ArrayList<>();
            content.forEach(folders::add);
            folders.sort(null);
            return folders;
        } catch (IOException e) {
            throw new StoreException(folder + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
