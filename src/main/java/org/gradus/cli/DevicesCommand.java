package org.gradus.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.gradus.backend.Backend;
import org.gradus.backend.BackendException;
import org.gradus.backend.Options;
import org.gradus.dynamics.MemoryPlan;
import org.gradus.select.Backends;
import org.gradus.select.Inventory;
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
        PrintWriter out = spec.commandLine().getOut();
        List<Map<String, Object>> found =
                Backends.NAMES.stream().map(DevicesCommand::look).toList();
        Inventory inventory = Inventory.ofCuda(); // after the backend has loaded what it can
        if (json) {
            found.stream().filter(DevicesCommand::isCuda).forEach(cuda -> InventoryText.addTo(cuda, inventory));
            out.println(JsonFile.text(Map.of("backends", found)).stripTrailing());
        } else {
            for (Map<String, Object> each : found) {
                out.println(line(each));
                if (isCuda(each)) {
                    InventoryText.lines(inventory).forEach(line -> out.println(" ".repeat(11) + line));
                }
            }
        }
        out.flush();
        return ExitCode.DONE;
    }

    private static boolean isCuda(Map<String, Object> found) {
        return found.get("name").equals("cuda");
    }

    /** name, usable, then device and available_bytes, or reason. */
    private static Map<String, Object> look(String name) {
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("name", name);
        Options options = Options.threads(Runtime.getRuntime().availableProcessors());
        try (Backend backend = Backends.open(name, options).backend()) {
            found.put("usable", true);
            found.put("device", backend.describe());
            found.put("available_bytes", backend.availableBytes());
        } catch (BackendException unusable) {
            found.put("usable", false);
            found.put("reason", unusable.getMessage());
            found.keySet().removeAll(List.of("device", "available_bytes"));
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
