package org.gradus.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gradus.baseline.Certificate;
import org.gradus.experiment.Config;
import org.gradus.experiment.Data;
import org.gradus.linalg.OpenBlas;
import org.gradus.store.AtomicFile;
import org.gradus.store.JsonFile;
import org.gradus.store.LabelsFile;
import org.gradus.store.NpyWriter;
import org.gradus.store.RunDirectory;
import org.gradus.store.Scientific;

/** A baseline as a directory of files and as one JSON object; see docs/formats.md. */
final class BaselineOutput {
    private BaselineOutput() {}

    /** result.json comes last, so that where it is, all is. */
    static void write(Path path, boolean overwrite, BaselineResult result, Data data, Map<String, Object> json) {
        Interrupts.watch();
        try (RunDirectory directory = RunDirectory.open(path, overwrite)) {
            NpyWriter.write(directory.product(), result.matrix());
            data.labels().ifPresent(labels -> {
                LabelsFile.write(directory.rowLabels(), labels.rows());
                LabelsFile.write(directory.columnLabels(), labels.columns());
            });
            if (result.isPath()) {
                byte[] table = table(result).getBytes(StandardCharsets.US_ASCII);
                AtomicFile.write(directory.estimates(), out -> out.write(table));
            }
            JsonFile.write(directory.result(), json);
        }
    }

    static Map<String, Object> json(Config config, Data data, BaselineResult result, double seconds, String command) {
        BaselineEntry entry = result.entry();
        BaselineOptions.Terms terms = result.terms();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("method", terms.method());
        object.put("rows", result.matrix().rows());
        object.put("columns", result.matrix().cols());
        object.put("observations", data.problem().observations());
        object.put(
                "penalty",
                entry.certificate() == null ? null : entry.certificate().penalty());
        object.put("rank", entry.rank());
        object.put("effective_rank", entry.effectiveRank());
        object.put("nuclear_norm", entry.nuclearNorm());
        object.put("loss", entry.loss());
        object.put("test_error", testError(entry));
        object.put("certificate", entry.certificate() == null ? null : certificate(entry.certificate(), terms));
        object.put("singular_values", entry.values());
        if (result.isPath()) {
            object.put("chosen_by", result.choosesByTestError() ? "test_error" : "smallest_penalty");
            List<Map<String, Object>> path = new ArrayList<>();
            result.entries().forEach(each -> path.add(row(each)));
            object.put("path", path);
        }
        object.put("configuration", config.source().tree());
        object.put("duration_seconds", seconds);
        object.put("versions", Map.of("gradus", Provenance.version(), "openblas", OpenBlas.describe()));
        object.put("commit", Provenance.commit());
        object.put("command", command);
        return object;
    }

    private static Map<String, Object> certificate(Certificate certificate, BaselineOptions.Terms terms) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("primal", certificate.primal());
        object.put("dual", certificate.dual());
        object.put("gap", certificate.gap());
        object.put("feasibility", certificate.feasibility());
        object.put("tangent", certificate.tangent());
        object.put("tolerance", terms.accuracy().tolerance());
        object.put("iterations", certificate.iterations());
        object.put("reached", certificate.reached());
        return object;
    }

    /** Of a path. */
    private static Map<String, Object> row(BaselineEntry entry) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("penalty", entry.certificate().penalty());
        object.put("rank", entry.rank());
        object.put("effective_rank", entry.effectiveRank());
        object.put("nuclear_norm", entry.nuclearNorm());
        object.put("loss", entry.loss());
        object.put("test_error", testError(entry));
        object.put("gap", entry.certificate().gap());
        object.put("iterations", entry.certificate().iterations());
        object.put("reached", entry.reached());
        return object;
    }

    private static Double testError(BaselineEntry entry) {
        return entry.testError().isPresent() ? (Double) entry.testError().getAsDouble() : null;
    }

    /** Numbers as in a run's table. */
    private static String table(BaselineResult result) {
        boolean tested = result.choosesByTestError();
        StringBuilder text = new StringBuilder("penalty,rank,effective_rank,nuclear_norm,loss")
                .append(tested ? ",test_error" : "")
                .append(",gap,iterations\n");
        for (BaselineEntry entry : result.entries()) {
            Certificate certificate = entry.certificate();
            text.append(Scientific.format(certificate.penalty())).append(',').append(entry.rank());
            for (double number : new double[] {entry.effectiveRank(), entry.nuclearNorm(), entry.loss()}) {
                text.append(',').append(Scientific.format(number));
            }
            entry.testError().ifPresent(error -> text.append(',').append(Scientific.format(error)));
            text.append(',').append(Scientific.format(certificate.gap()));
            text.append(',').append(certificate.iterations()).append('\n');
        }
        return text.toString();
    }
}
