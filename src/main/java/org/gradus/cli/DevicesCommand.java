package org.gradus.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.gradus.backend.Backend;
import org.gradus.backend.BackendException;
import org.gradus.dynamics.MemoryPlan;
import org.gradus.select.Backends;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
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

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        for (String name : Backends.NAMES) {
            try (Backend backend = Backends.open(name, Runtime.getRuntime().availableProcessors())
                    .backend()) {
                out.printf(
                        "%-10s usable      %s; %s available%n",
                        name, backend.describe(), MemoryPlan.bytes(backend.availableBytes()));
            } catch (BackendException unusable) {
                out.printf("%-10s not usable  %s%n", name, unusable.getMessage());
            }
        }
        out.flush();
        return ExitCode.DONE;
    }
}
