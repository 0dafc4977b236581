package org.gradus.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.gradus.baseline.BaselineException;
import org.gradus.experiment.Config;
import org.gradus.experiment.ConfigException;
import org.gradus.experiment.ConfigReader;
import org.gradus.experiment.Data;
import org.gradus.experiment.Overrides;
import org.gradus.problem.LinearObservations;
import org.gradus.problem.Problem;
import org.gradus.store.JsonFile;
import org.gradus.store.RunDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code gradus baseline CONFIG.yaml --method METHOD}: an estimate without descent, to compare a run with. */
@Command(
        name = "baseline",
        description = {
            "Estimate the problem of a configuration without descent, to compare runs with.",
            "Nuclear-norm programs are solved to a stated duality gap. Where the tolerance is not reached the result is"
                    + " written all the same, with a warning, and the exit status is 0."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class BaselineCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(BaselineCommand.class);
    private static final double SECOND = 1e9;

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Main main;

    @Parameters(paramLabel = "CONFIG.yaml", description = "The configuration of a run; of it the problem is taken.")
    private Path file;

    @Mixin
    private BaselineOptions options;

    @Option(
            names = "--set",
            paramLabel = "path.to.key=value",
            description = "Overrides a value of the configuration; may be repeated.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Where product.npy and result.json go; default runs/<configuration>-<method>.")
    private Optional<Path> output;

    @Option(names = "--overwrite", description = "Replace the run or result that the directory holds.")
    private boolean overwrite;

    @Option(names = "--json", description = "Print result.json instead of the table.")
    private boolean json;

    @Override
    public Integer call() {
        BaselineOptions.Terms terms = options.terms();
        Config config = ConfigReader.read(file, settings, Overrides.none());
        Path directory = output.orElseGet(() -> Path.of("runs", ConfigReader.stem(file) + "-" + terms.method()));
        RunDirectory.requireFree(directory, overwrite);
        long began = System.nanoTime();
        Data data;
        try (LoadingProgress progress = new LoadingProgress(line(), System::nanoTime)) {
            data = Data.of(config, progress);
        }
        BaselineResult result;
        try (BaselineProgress progress = new BaselineProgress(line(), System::nanoTime)) {
            result = solve(terms, data.problem(), progress);
        } catch (CancellationException interrupted) {
            LOG.info("interrupted; nothing was written");
            return ExitCode.INTERRUPTED;
        } catch (BaselineException refused) {
            throw new ConfigException(file + ": " + refused.getMessage());
        }
        String command =
                CommandText.of(spec.root().commandLine().getParseResult().originalArgs());
        double seconds = (System.nanoTime() - began) / SECOND;
        Map<String, Object> object = BaselineOutput.json(config, data, result, seconds, command);
        BaselineOutput.write(directory, overwrite, result, data, object);
        tell(data, result, object, directory);
        return ExitCode.DONE;
    }

    private TerminalLine line() {
        return new TerminalLine(System.err, main.logging().quiet() ? 0 : Provenance.columns());
    }

    private static BaselineResult solve(BaselineOptions.Terms terms, Problem problem, BaselineProgress progress) {
        int most = Math.min(problem.rows(), problem.cols());
        if (terms.rank() > most) {
            throw new ConfigException("--rank " + terms.rank() + ": a " + problem.rows() + "×" + problem.cols()
                    + " matrix has ranks from 1 to " + most);
        }
        LinearObservations observations = LinearObservations.of(problem);
        double[] penalties = terms.iterates() ? penalties(terms, observations) : new double[0];
        progress.begins(terms.method() + " of " + problem.rows() + "×" + problem.cols() + " from "
                + problem.observations() + " observations");
        progress.solves(terms.accuracy(), penalties);
        return BaselineResult.of(terms, observations, penalties, progress);
    }

    /** Those that will be solved for; the constraint counts as 0. */
    private static double[] penalties(BaselineOptions.Terms terms, LinearObservations observations) {
        boolean penalized = terms.penalty().isPresent() || terms.path() > 0;
        return penalized ? BaselineResult.penalties(terms, observations) : new double[1];
    }

    private void tell(Data data, BaselineResult result, Map<String, Object> object, Path directory) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonFile.text(object));
        } else {
            BaselineTable.lines(data, result).forEach(out::println);
        }
        out.flush();
        data.warnings().forEach(LOG::warn);
        if (result.unreached() > 0) {
            double tolerance = result.terms().accuracy().tolerance();
            String which = result.isPath() ? " for " + result.unreached() + " penalties" : "";
            LOG.warn(
                    "the tolerance {} was not reached{} in {} iterations; --max-iterations allows more",
                    NumberText.near(tolerance),
                    which,
                    result.terms().accuracy().iterations());
        }
        LOG.info("results  {}", directory);
    }
}
