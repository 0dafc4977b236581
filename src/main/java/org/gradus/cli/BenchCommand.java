package org.gradus.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.gradus.backend.Backend;
import org.gradus.backend.Options;
import org.gradus.bench.Arithmetic;
import org.gradus.bench.Benchmark;
import org.gradus.bench.Cell;
import org.gradus.bench.Grid;
import org.gradus.bench.Settings;
import org.gradus.bench.SolverKind;
import org.gradus.select.Backends;
import org.gradus.store.AtomicFile;
import org.gradus.store.JsonFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code gradus bench}: seconds of steps and records over a grid, or the ratios of two results. */
@Command(
        name = "bench",
        description = {
            "Measure steps and records of a grid of sizes, depths, batches, precisions, solvers and backends,",
            "each beside plain products of the same process; or compare two results."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class BenchCommand implements Callable<Integer> {
    private static final int LARGEST = 65_536;
    private static final int MOST_RUNS = 1 << 20;
    private static final int DEEPEST = 1_000;

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Option(names = "--sizes", paramLabel = "n,…", split = ",", defaultValue = "64,256,1024", description = DEFAULT)
    private int[] sizes;

    @Option(names = "--depths", paramLabel = "N,…", split = ",", defaultValue = "3", description = DEFAULT)
    private int[] depths;

    @Option(names = "--batches", paramLabel = "RUNS,…", split = ",", defaultValue = "1", description = DEFAULT)
    private int[] batches;

    @Option(names = "--precisions", paramLabel = "P,…", split = ",", defaultValue = "float64", description = DEFAULT)
    private Arithmetic[] arithmetics;

    @Option(names = "--solvers", paramLabel = "S,…", split = ",", defaultValue = "dense", description = DEFAULT)
    private SolverKind[] solvers;

    @Option(names = "--backends", paramLabel = "B,…", split = ",", defaultValue = "cpu", description = DEFAULT)
    private String[] backends;

    @Option(names = "--threads", paramLabel = "T", description = "Workers of the CPU; default: all cores.")
    private Optional<Integer> threads;

    @Option(names = "--rounds", paramLabel = "R", defaultValue = "9", description = "Rounds that count. " + DEFAULT)
    private int rounds;

    @Option(
            names = "--slot",
            paramLabel = "SECONDS",
            defaultValue = "0.2",
            description = "Of each piece in a round. " + DEFAULT)
    private double slot;

    @Option(names = "--limit", paramLabel = "SECONDS", description = "Begin nothing that would end later.")
    private Optional<Double> limit;

    @Option(names = "--pin", description = "Bind each worker to a core of its own, by taskset.")
    private boolean pin;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write the result as JSON too.")
    private Optional<Path> output;

    @Option(
            names = "--compare",
            arity = "2",
            paramLabel = "FILE.json",
            description = "Print the ratios of the second result to the first; nothing is measured.")
    private List<Path> compare;

    private static final String DEFAULT = "Default: ${DEFAULT-VALUE}.";

    @Override
    public Integer call() {
        if (compare != null) {
            BenchTable.compare(spec.commandLine().getOut(), compare.get(0), compare.get(1));
            return ExitCode.DONE;
        }
        check();
        output.ifPresent(AtomicFile::requireWritable);
        int workers = threads.orElseGet(() -> Runtime.getRuntime().availableProcessors());
        Settings settings = new Settings(workers, rounds, slot, limit.orElse(Double.POSITIVE_INFINITY));
        List<Cell> cells = grid().cells();
        if (cells.isEmpty()) {
            throw refused("no solver of the list fits these sizes: subspace wants one run and n above 8, modes the cpu"
                    + " backend and float64");
        }
        int columns = main.logging().quiet() ? 0 : Provenance.columns();
        BenchReport report = new BenchReport(spec.commandLine().getOut(), json, new TerminalLine(System.err, columns));
        Interrupts.watch();
        new Benchmark(cells, settings, this::open, report).run();
        report.ends(settings, pin, Provenance.origin(spec));
        output.ifPresent(file -> JsonFile.write(file, report.tree()));
        return Interrupts.requested() ? ExitCode.INTERRUPTED : ExitCode.DONE;
    }

    private Backend open(String name, Arithmetic arithmetic, int workers) {
        Options options = new Options(workers, 0, arithmetic == Arithmetic.TF32, false);
        Backend backend = Backends.open(name, options).backend();
        if (pin) {
            Pinning.pin();
        }
        return backend;
    }

    private Grid grid() {
        return new Grid(
                List.of(backends), List.of(arithmetics), List.of(solvers), list(depths), list(sizes), list(batches));
    }

    private static List<Integer> list(int[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private void check() {
        within("--sizes", sizes, LARGEST);
        within("--depths", depths, DEEPEST);
        within("--batches", batches, MOST_RUNS);
        threads.ifPresent(count -> within("--threads", new int[] {count}, 1024));
        within("--rounds", new int[] {rounds}, 10_000);
        positive("--slot", slot);
        limit.ifPresent(seconds -> positive("--limit", seconds));
        for (String backend : backends) {
            if (!Backends.NAMES.contains(backend)) {
                throw refused("--backends " + backend + ": one of " + String.join(", ", Backends.NAMES));
            }
        }
        boolean tf32 = Arrays.asList(arithmetics).contains(Arithmetic.TF32);
        if (tf32 && !Arrays.stream(backends).allMatch("cuda"::equals)) {
            throw refused("--precisions tf32 is an arithmetic of CUDA devices; give it with --backends cuda alone");
        }
    }

    private void within(String option, int[] values, int largest) {
        for (int value : values) {
            if (value < 1 || value > largest) {
                throw refused(option + " " + value + ": a whole number from 1 to " + largest);
            }
        }
    }

    private void positive(String option, double seconds) {
        if (!(seconds > 0) || seconds > 86_400) {
            throw refused(option + " " + seconds + ": a number of seconds above 0, at most 86,400");
        }
    }

    private ParameterException refused(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
