package org.gradus.cli;

import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.gradus.observe.Plateaus;
import org.gradus.page.Curves;
import org.gradus.page.ReportedRun;
import org.gradus.page.ReportedRun.Ending;
import org.gradus.report.Found;
import org.gradus.report.Predicted;
import org.gradus.store.RunFormat;
import org.gradus.store.StoreException;
import org.gradus.store.Trajectory;

/** From a run directory to what a page shows of it; its table is thinned at once, so that many runs fit the memory. */
final class ReportReader {
    private static final Pattern SPECTRUM = Pattern.compile("(sigma|left_angle|right_angle)_([0-9]{1,9})");
    private static final Pattern FACTOR = Pattern.compile("factor_[0-9]{1,9}_sigma_([0-9]{1,9})");

    /** Of which the length is told. */
    private static final int MOST_PLATEAUS = 8;

    private final ReportLimits limits;
    private final ReportPictures pictures;
    private final ReportPredictions predictions;

    ReportReader(ReportLimits limits, ReportPictures pictures, ReportPredictions predictions) {
        this.limits = limits;
        this.pictures = pictures;
        this.predictions = predictions;
    }

    /**
     * A run that cannot be read is one without curves, with the reason.
     *
     * @throws StoreException if it cannot be read and was named by the user
     */
    ReportedRun read(ReportSource source) {
        if (source.named()) {
            return run(source, RunRecord.read(source.directory()));
        }
        Map<String, Object> manifest;
        try {
            manifest = RunFormat.read(source.directory().resolve("manifest.json"));
        } catch (StoreException e) {
            return withoutManifest(source, e);
        }
        try {
            return run(source, RunRecord.read(source.directory()));
        } catch (StoreException e) {
            return withoutTable(source, manifest, Failure.of(e).line());
        }
    }

    private ReportedRun run(ReportSource source, RunRecord record) {
        Trajectory table = record.table();
        double[] steps = table.column("step");
        List<Plateaus.Plateau> plateaus = Plateaus.of(steps, table.column("effective_rank"));
        List<Found> found = plateaus.stream()
                .map(each -> new Found(each.first(), each.last(), each.rank()))
                .toList();
        ReportedRun run = new ReportedRun(
                source.name(),
                ManifestFacts.configuration(record.manifest()),
                ManifestFacts.provenance(record.manifest()),
                ending(record.manifest()),
                outcomes(record.manifest(), table, found),
                Optional.of(curves(table)),
                record.targetValuesIfAny(),
                Predicted.NONE,
                found,
                pictures.of(source.directory(), limits));
        return predictions.predicted(run, record);
    }

    private ReportedRun withoutTable(ReportSource source, Map<String, Object> manifest, String reason) {
        Ending ending = ending(manifest);
        boolean ran = ending.status().equals("done") || ending.status().equals("stopped");
        Ending shown = ran
                ? Ending.unreadable(reason)
                : new Ending(ending.status(), ending.reason() + (ending.reason().isEmpty() ? "" : "; ") + reason);
        return empty(source, ManifestFacts.configuration(manifest), ManifestFacts.provenance(manifest), shown);
    }

    /** What the sweep's table says: of a run that could not be carried out, nothing else is there. */
    private static ReportedRun withoutManifest(ReportSource source, StoreException reason) {
        Map<String, Object> configuration = new LinkedHashMap<>();
        source.row().forEach((key, value) -> {
            if (!key.equals("outcome")) {
                configuration.put(key, value(value));
            }
        });
        boolean never = source.row().containsKey("outcome") && !Files.exists(source.directory());
        Ending ending = never
                ? new Ending(source.row().get("outcome"), "it could not be carried out, and has no directory")
                : Ending.unreadable(Failure.of(reason).line());
        return empty(source, configuration, Map.of(), ending);
    }

    private static ReportedRun empty(
            ReportSource source, Map<String, Object> configuration, Map<String, String> provenance, Ending ending) {
        return new ReportedRun(
                source.name(),
                configuration,
                provenance,
                ending,
                Map.of(),
                Optional.empty(),
                new double[0],
                Predicted.NONE,
                List.of(),
                List.of());
    }

    /** A cell of sweep.csv as the configuration has it. */
    private static Object value(String cell) {
        try {
            double number = Double.parseDouble(cell);
            return number == Math.rint(number) && Math.abs(number) < 1e15 ? (Object) (long) number : (Object) number;
        } catch (NumberFormatException e) {
            return cell;
        }
    }

    private static Ending ending(Map<String, Object> manifest) {
        if (manifest.get("outcome") instanceof Map<?, ?> outcome) {
            Object reason = outcome.get("reason");
            return new Ending(String.valueOf(outcome.get("status")), reason == null ? "" : reason.toString());
        }
        return new Ending("unknown", "the manifest tells no outcome");
    }

    private static Map<String, Double> outcomes(Map<String, Object> manifest, Trajectory table, List<Found> found) {
        Map<String, Double> outcomes = new LinkedHashMap<>();
        int last = table.rows() - 1;
        outcomes.put("steps", table.column("step")[last]);
        for (String column : List.of("loss", "effective_rank", "test_error", "stable_rank", "entropy_rank")) {
            if (table.has(column)) {
                put(outcomes, column.replace('_', ' '), table.column(column)[last]);
            }
        }
        if (table.has("test_error")) {
            double[] errors = table.column("test_error");
            IntStream.range(0, errors.length)
                    .filter(row -> Double.isFinite(errors[row]))
                    .reduce((a, b) -> errors[b] < errors[a] ? b : a)
                    .ifPresent(row -> {
                        outcomes.put("least test error", errors[row]);
                        outcomes.put("step of least test error", table.column("step")[row]);
                    });
        }
        if (manifest.get("duration_seconds") instanceof Number seconds) {
            put(outcomes, "seconds", seconds.doubleValue());
        }
        for (int i = 0; i < Math.min(found.size(), MOST_PLATEAUS); i++) {
            outcomes.put("plateau " + (i + 1), (double)
                    (found.get(i).last() - found.get(i).first()));
        }
        return outcomes;
    }

    private static void put(Map<String, Double> outcomes, String name, double value) {
        if (Double.isFinite(value)) {
            outcomes.put(name, value);
        }
    }

    private Curves curves(Trajectory table) {
        Map<String, double[]> columns = new LinkedHashMap<>();
        for (String name : table.columns()) {
            if (isKept(name)) {
                columns.put(name, table.column(name));
            }
        }
        Curves curves = new Curves(table.column("step"), columns);
        return curves.thinned(limits.rows(columns.size()));
    }

    private boolean isKept(String column) {
        Matcher spectrum = SPECTRUM.matcher(column);
        if (spectrum.matches()) {
            return Integer.parseInt(spectrum.group(2)) <= limits.values();
        }
        Matcher factor = FACTOR.matcher(column);
        if (factor.matches()) {
            return Integer.parseInt(factor.group(1)) <= limits.factorValues();
        }
        return !column.equals("step") && !column.endsWith("_norm");
    }
}
