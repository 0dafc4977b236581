package org.gradus.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.gradus.backend.Backend;
import org.gradus.backend.Options;
import org.gradus.experiment.Config;
import org.gradus.experiment.ConfigReader;
import org.gradus.experiment.OptionNumber;
import org.gradus.experiment.Overrides;
import org.gradus.experiment.Plan;
import org.gradus.select.Backends;
import org.gradus.store.JsonFile;
import org.gradus.theory.Prediction;
import org.gradus.theory.Predictor;
import org.gradus.theory.Query;
import org.gradus.theory.Tolerance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gradus predict}: when eigenvalues are recovered and ranks rest on plateaus, without running anything. */
@Command(
        name = "predict",
        description = "Predict when each eigenvalue is recovered and where the effective rank rests.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class PredictCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(PredictCommand.class);

    /** Nothing runs, so neither the device nor the precision of the run is wanted. */
    private static final Overrides ON_HOST =
            new Overrides(Optional.of("cpu"), Optional.of("float64"), Optional.empty());

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "CONFIG.yaml", description = "The configuration of a run.")
    private Optional<Path> file;

    @Option(
            names = "--set",
            paramLabel = "path.to.key=value",
            description = "Overrides a value of the configuration; may be repeated.")
    private List<String> settings = new ArrayList<>();

    @Mixin
    private SpectrumOptions spectrum;

    @Option(
            names = "--levels",
            paramLabel = "0.01,0.5,0.9",
            description = "Fractions of an eigenvalue whose crossings are wanted; these by default.")
    private Optional<String> levels;

    @Option(
            names = "--tolerance",
            paramLabel = "FRACTION",
            description = "How far a plateau's effective rank may be from that of the rank; default 0.05 of it.")
    private Optional<String> tolerance;

    @Option(names = "--absolute-tolerance", paramLabel = "RANKS", description = "The same in ranks.")
    private Optional<String> absoluteTolerance;

    @Option(names = "--steps", paramLabel = "COUNT", description = "The last step looked at; default 1e7.")
    private Optional<String> steps;

    @Option(names = "--json", description = "One JSON object for scripts, instead of tables.")
    private boolean json;

    @Override
    public Integer call() {
        refusal().ifPresent(reason -> {
            throw new ParameterException(spec.commandLine(), reason);
        });
        Question question = file.map(path -> ofConfig(path, terms())).orElseGet(() -> spectrum.question(terms()));
        question.warnings().forEach(LOG::warn);
        Prediction prediction = Predictor.predict(question.query());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonFile.text(PredictionJson.of(prediction, question.stepSize())));
        } else {
            new PredictionTable(question, prediction).lines().forEach(out::println);
        }
        out.flush();
        return ExitCode.DONE;
    }

    private Optional<String> refusal() {
        if (tolerance.isPresent() && absoluteTolerance.isPresent()) {
            return Optional.of("--tolerance and --absolute-tolerance exclude each other; give one of them");
        }
        if (file.isEmpty()) {
            return settings.isEmpty() || spectrum.given().isEmpty()
                    ? spectrum.refusal()
                    : Optional.of("--set belongs to CONFIG.yaml, which --spectrum takes the place of");
        }
        return spectrum.given().stream()
                .findFirst()
                .map(option -> option.equals("--spectrum")
                        ? "CONFIG.yaml and --spectrum exclude each other; give one of them"
                        : option + " belongs to --spectrum; with CONFIG.yaml, --set path.to.key=value changes it");
    }

    private Question.Terms terms() {
        List<Double> fractions = levels.map(text -> OptionNumber.items("--levels", text).stream()
                        .map(item -> OptionNumber.inside("--levels: a level", item))
                        .toList())
                .orElse(Query.DEFAULT_LEVELS);
        Tolerance width = absoluteTolerance
                .map(text -> Tolerance.absolute(OptionNumber.positive("--absolute-tolerance", text)))
                .or(() -> tolerance.map(text -> Tolerance.relative(OptionNumber.positive("--tolerance", text))))
                .orElse(Query.DEFAULT_TOLERANCE);
        long horizon = steps.map(text -> OptionNumber.steps("--steps", text)).orElse(Query.DEFAULT_HORIZON);
        return new Question.Terms(fractions, width, horizon);
    }

    private Question ofConfig(Path path, Question.Terms terms) {
        List<String> exact = Stream.concat(settings.stream(), Stream.of("compute.singular-values=exact"))
                .toList();
        Config config = ConfigReader.read(path, exact, ON_HOST);
        int threads = config.compute().threads().orElse(Runtime.getRuntime().availableProcessors());
        try (Backend backend = Backends.open("cpu", Options.threads(threads)).backend()) {
            return Question.of(Plan.of(config, backend), terms);
        }
    }
}
