package org.gradus.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import org.gradus.backend.BackendException;
import org.gradus.experiment.ConfigException;
import org.gradus.store.StoreException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code gradus COMMAND …}. An error is one line on standard error; a stack trace only with --verbose. */
@Command(
        name = "gradus",
        description = "Gradient descent on deep matrix factorizations.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {RunCommand.class, DevicesCommand.class, InitCommand.class},
        footer = {
            "",
            "Exit status: 0 done; 2 wrong usage or configuration; 3 diverged; 4 device or native library;",
            "5 files; 130 interrupted."
        })
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Starts the program; see {@link #execute} for tests. */
    public static void main(String[] arguments) {
        System.setProperty("java.awt.headless", "true");
        int status = execute(arguments);
        Interrupts.finished();
        System.exit(status);
    }

    /** Runs one command line and returns its exit status. */
    public static int execute(String... arguments) {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(Main::wrongUsage)
                .setExecutionExceptionHandler((thrown, commandLine, parsed) -> failed(thrown, commandLine))
                .execute(arguments);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static int wrongUsage(ParameterException thrown, String[] arguments) {
        CommandLine command = thrown.getCommandLine();
        StringBuilder line = new StringBuilder("gradus: " + oneLine(thrown.getMessage()));
        if (thrown instanceof UnmatchedArgumentException unmatched) {
            unmatched.getSuggestions().stream()
                    .findFirst()
                    .ifPresent(nearest ->
                            line.append("; did you mean '").append(nearest).append("'?"));
        }
        line.append("; see ").append(command.getCommandSpec().qualifiedName()).append(" --help");
        print(command, line.toString());
        return ExitCode.USAGE;
    }

    private static int failed(Exception thrown, CommandLine command) {
        boolean verbose = command.getCommand() instanceof Logged logged
                && logged.logging().verbose();
        if (verbose) {
            thrown.printStackTrace(command.getErr());
        }
        print(command, "gradus: " + oneLine(String.valueOf(thrown.getMessage())));
        if (thrown instanceof ConfigException) {
            return ExitCode.USAGE;
        }
        if (thrown instanceof BackendException) {
            return ExitCode.DEVICE;
        }
        if (thrown instanceof StoreException || thrown instanceof UncheckedIOException) {
            return ExitCode.FILES;
        }
        print(
                command,
                "gradus: this is a defect of Gradus (" + thrown.getClass().getName() + "); --verbose shows where");
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static void print(CommandLine command, String line) {
        PrintWriter err = command.getErr();
        err.println(line);
        err.flush();
    }

    private static String oneLine(String message) {
        return message.replaceAll("\\s*\\R\\s*", " ");
    }

    /** {@code gradus 0.1.0 (commit)}. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"gradus " + Provenance.version() + " (" + Provenance.commit() + ")"};
        }
    }
}
