package org.gradus.experiment;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.gradus.backend.Backend;
import org.gradus.backend.BackendException;
import org.gradus.dynamics.Outcome;
import org.gradus.init.Initialization;
import org.gradus.linalg.OpenBlas;
import org.gradus.store.JsonFile;
import org.gradus.store.RunFormat;

/** How a result came about; docs/formats.md lists the keys. Written when a run starts and again when it ends. */
public final class Manifest {

    /**
     * Where the program itself comes from.
     *
     * @param version of Gradus
     * @param commit of its sources, or "unknown"
     * @param command the command line as given
     */
    public record Origin(String version, String commit, String command) {}

    /** The key of a name that no other run has. */
    private static final String RUN = "run_id";

    private static final String CONFIGURATION = "configuration";

    private static final String NO_ARRAYS = "no_trajectory_h5";

    private final Backend backend;
    private final Map<String, Object> content = new LinkedHashMap<>();
    private final Map<String, Object> resumption;
    private Instant start;
    private double secondsBefore;

    /** @param backendReason why this backend was taken */
    public Manifest(Plan plan, Backend backend, String backendReason, Origin origin) {
        this.backend = backend;
        resumption = Map.of();
        Initialization initialization = plan.start();
        content.put(RunFormat.KEY, RunFormat.VERSION);
        content.put(RUN, UUID.randomUUID().toString());
        content.put(CONFIGURATION, plan.config().source().tree());
        content.put(Inputs.KEY, plan.inputs().tree());
        content.put("seeds", Seeds.of(plan.config()));
        content.put("backend", choice(backend.name(), backendReason));
        content.put("solver", choice(plan.solver().name(), plan.solver().reason()));
        content.put("device", backend.describe());
        putDetails();
        content.put("versions", versions(origin));
        content.put("commit", origin.commit());
        content.put("command", origin.command());
        content.put("initialization", initialization.describe(plan.dimensions()));
        content.put("dimensions", plan.dimensions().sizes());
        content.put("step_size", plan.stepSize().value());
        content.put("step_size_monotone_limit", plan.stepSize().monotoneLimit());
        content.put("step_size_stable_limit", plan.stepSize().stableLimit());
        content.put("memory_bytes", plan.memory().bytes());
        content.put("observations", plan.data().problem().observations());
        content.put("operator_norm_squared", plan.data().gain());
        content.put(plan.isTargetKnown() ? "target_singular_values" : "adjoint_singular_values", plan.targetValues());
    }

    private Manifest(Backend backend, Map<String, Object> earlier, Map<String, Object> resumption) {
        this.backend = backend;
        this.resumption = resumption;
        content.putAll(earlier);
        content.putIfAbsent(RUN, UUID.randomUUID().toString());
    }

    /**
     * Of a run that goes on: the file keeps what it said of the first start, and its list {@code resumed} grows by one.
     *
     * @param earlier what the file holds
     */
    public static Manifest resuming(
            Plan plan, Backend backend, String backendReason, Origin origin, Map<String, Object> earlier) {
        Map<String, Object> now = new LinkedHashMap<>();
        now.put("step", 0);
        now.put("start", null);
        now.put("command", origin.command());
        now.put("version", origin.version());
        now.put("commit", origin.commit());
        now.put("backend", choice(backend.name(), backendReason));
        now.put("device", backend.describe());
        Manifest manifest = new Manifest(backend, earlier, now);
        manifest.content.put(
                CONFIGURATION,
                RunIdentity.changed(
                        configuration(earlier), plan.config().source().tree()));
        manifest.content.put("memory_bytes", plan.memory().bytes());
        List<Object> all = new ArrayList<>(earlier.get("resumed") instanceof List<?> list ? list : List.of());
        all.add(now);
        manifest.content.put("resumed", all);
        manifest.putDetails();
        return manifest;
    }

    private static Map<?, ?> configuration(Map<String, Object> content) {
        return content.get(CONFIGURATION) instanceof Map<?, ?> tree ? tree : Map.of();
    }

    /** By which checkpoints are known to be of this run. */
    RunIdentity identity() {
        return RunIdentity.of(String.valueOf(content.get(RUN)), configuration(content));
    }

    /** That the run has taken so far, all its parts together. */
    double seconds() {
        return secondsBefore + Duration.between(start, Instant.now()).toNanos() / 1e9;
    }

    private void putDetails() {
        Map<String, Object> details = backend.details();
        if (!details.isEmpty()) {
            content.put("device_details", details);
        }
    }

    private static Map<String, Object> choice(String name, String reason) {
        Map<String, Object> choice = new LinkedHashMap<>();
        choice.put("name", name);
        choice.put("reason", reason);
        return choice;
    }

    private static Map<String, Object> versions(Origin origin) {
        Map<String, Object> versions = new LinkedHashMap<>();
        versions.put("gradus", origin.version());
        versions.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        versions.put(
                "os",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        versions.put("openblas", OpenBlas.describe());
        return versions;
    }

    /**
     * @param step that the run goes on from
     * @param seconds that it took to come there
     */
    void started(Path file, long step, double seconds) {
        start = Instant.now();
        secondsBefore = seconds;
        if (resumption.isEmpty()) {
            content.put("start", start.toString());
        } else {
            resumption.put("step", step);
            resumption.put("start", start.toString());
        }
        content.remove(NO_ARRAYS); // of a run that goes on
        content.put("duration_seconds", null);
        content.put("outcome", outcome("running", step, "the run has not ended, or its process was killed"));
        JsonFile.write(file, content);
    }

    /** Notes how the run ended; nothing is written. */
    void ended(Outcome outcome) {
        content.put("duration_seconds", seconds());
        content.put("outcome", outcome(outcome));
        try {
            putDetails(); // what was called meanwhile, such as for singular values
        } catch (BackendException failed) {
            // a device that is lost may tell no more than it did at the start, and the outcome is to be written
        }
    }

    /** Why there is no trajectory.h5. */
    void withoutArrays(String reason) {
        content.put(NO_ARRAYS, reason);
    }

    Map<String, Object> content() {
        return Collections.unmodifiableMap(content);
    }

    void write(Path file) {
        JsonFile.write(file, content);
    }

    static Map<String, Object> outcome(Outcome outcome) {
        return outcome(outcome.status().name().toLowerCase(Locale.ROOT), outcome.step(), outcome.reason());
    }

    private static Map<String, Object> outcome(String status, long step, String reason) {
        Map<String, Object> outcome = new LinkedHashMap<>();
        outcome.put("status", status);
        outcome.put("step", step);
        outcome.put("reason", reason);
        return outcome;
    }
}
