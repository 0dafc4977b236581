package org.gradus.cli;

import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code gradus COMMAND …}. An error is one line on standard error; a stack trace only with --verbose. */
@Command(
        name = "gradus",
        description = "Gradient descent on deep matrix factorizations.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            RunCommand.class,
            ResumeCommand.class,
            SweepCommand.class,
            ReproduceCommand.class,
            BenchCommand.class,
            PredictCommand.class,
            CompareCommand.class,
            ReportCommand.class,
            BaselineCommand.class,
            DenoiseCommand.class,
            DevicesCommand.class,
            GpuCheckCommand.class,
            InitCommand.class,
            BundleCommand.class
        },
        footer = {
            "",
            "Exit status: 0 done; 2 wrong usage or configuration; 3 diverged;",
            "4 device or native library; 5 files; 130 interrupted."
        })
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private LoggingOptions logging;

    /** Starts the program; see {@link #execute} for tests. */
    public static void main(String[] arguments) {
        System.setProperty("java.awt.headless", "true");
        Interrupts.install();
        int status;
        try {
            status = execute(arguments);
        } finally {
            Interrupts.finished();
        }
        System.exit(status);
    }

    /** Runs one command line and returns its exit status. */
    public static int execute(String... arguments) {
        Main main = new Main();
        CommandLine line = new CommandLine(main)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false)
                .setUsageHelpAutoWidth(true)
                .setExecutionStrategy(main::carryOut)
                .setParameterExceptionHandler((thrown, given) -> wrongUsage(thrown))
                .setExecutionExceptionHandler((thrown, command, parsed) -> failed(thrown));
        try {
            return line.execute(arguments);
        } catch (Error thrown) { // of memory, of native libraries: picocli hands on exceptions only
            return failed(thrown);
        }
    }

    private int carryOut(ParseResult parsed) {
        Integer help = CommandLine.executeHelpRequest(parsed);
        if (help != null) {
            return help;
        }
        try {
            logging.apply();
        } catch (RuntimeException thrown) {
            throw new ExecutionException(spec.commandLine(), String.valueOf(thrown.getMessage()), thrown);
        }
        return new RunLast().execute(parsed);
    }

    LoggingOptions logging() {
        return logging;
    }

    @Override
    public void run() {
        String known = spec.subcommands().keySet().stream().sorted().collect(Collectors.joining(", "));
        throw new ParameterException(spec.commandLine(), "no command is given; known: " + known);
    }

    private static int wrongUsage(ParameterException thrown) {
        CommandSpec command = thrown.getCommandLine().getCommandSpec();
        System.err.println(
                "gradus: " + Failure.oneLine(describe(thrown)) + "; see " + command.qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    private static String describe(ParameterException thrown) {
        if (!(thrown instanceof UnmatchedArgumentException unmatched)) {
            return thrown.getMessage();
        }
        String first = unmatched.getUnmatched().get(0);
        String kind = first.startsWith("-")
                ? "unknown option"
                : thrown.getCommandLine().getParent() == null ? "unknown command" : "unexpected argument";
        String nearest = unmatched.getSuggestions().stream()
                .findFirst()
                .map(name -> "; did you mean '" + name + "'?")
                .orElse("");
        return kind + " '" + first + "'" + nearest;
    }

    private static int failed(Throwable thrown) {
        Failure failure = Failure.of(thrown);
        LoggerFactory.getLogger(Main.class).error(failure.line(), thrown);
        return failure.status();
    }

    /** {@code gradus 0.1.0 (commit)}. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"gradus " + Provenance.version() + " (" + Provenance.commit() + ")"};
        }
    }
}
