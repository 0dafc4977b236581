package org.gradus.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.gradus.backend.Backend;
import org.gradus.backend.BackendException;
import org.gradus.dynamics.MemoryPlan;
import org.gradus.select.Backends;
import org.gradus.store.JsonFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gradus devices}: which backends can run here, and for each that cannot, why. */
@Command(
        name = "devices",
        description = "Show which backends can run here, and why others cannot.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class DevicesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "As JSON, for scripts.")
    private boolean json;

    @Override
    public Integer call() {
        List<Map<String, Object>> found =
                Backends.NAMES.stream().map(DevicesCommand::look).toList();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonFile.text(Map.of("backends", found)).stripTrailing());
        } else {
            found.forEach(each -> out.println(line(each)));
        }
        out.flush();
        return ExitCode.DONE;
    }

    /** name, usable, then device and available_bytes, or reason. */
    private static Map<String, Object> look(String name) {
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("name", name);
        try (Backend backend =
                Backends.open(name, Runtime.getRuntime().availableProcessors()).backend()) {
            found.put("usable", true);
            found.put("device", backend.describe());
            found.put("available_bytes", backend.availableBytes());
        } catch (BackendException unusable) {
            found.put("usable", false);
            found.put("reason", unusable.getMessage());
        }
        return found;
    }

    private static String line(Map<String, Object> found) {
        return found.get("usable").equals(true)
                ? String.format(
                        "%-10s usable      %s; %s available",
                        found.get("name"), found.get("device"), MemoryPlan.bytes((long) found.get("available_bytes")))
                : String.format("%-10s not usable  %s", found.get("name"), found.get("reason"));
    }
}
