package org.gradus.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.gradus.backend.Backend;
import org.gradus.backend.Options;
import org.gradus.denoise.DeepDescent;
import org.gradus.denoise.Denoised;
import org.gradus.denoise.Denoised.Estimate;
import org.gradus.denoise.DenseRun;
import org.gradus.denoise.NoStopException;
import org.gradus.denoise.NoisyMatrix;
import org.gradus.denoise.StoppingRule;
import org.gradus.experiment.ConfigException;
import org.gradus.experiment.OptionNumber;
import org.gradus.linalg.Matrix;
import org.gradus.report.Plots;
import org.gradus.select.Backends;
import org.gradus.store.JsonFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code gradus denoise INPUT -o OUTPUT}: an early-stopped estimate of a noisy matrix or picture. */
@Command(
        name = "denoise",
        description = {
            "Estimate a noisy matrix or picture by gradient descent on a deep factorization, stopped early.",
            "The descent starts balanced in the singular vectors of INPUT, so every singular value runs on its own. Colours are"
                    + " denoised channel by channel. Beside the estimate stand truncated and soft-thresholded SVD of the"
                    + " same rank."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class DenoiseCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(DenoiseCommand.class);
    private static final int NARROWEST = 300;
    private static final int WIDEST = 10_000;
    private static final int DEFAULT_WIDTH = 1200;

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Main main;

    @Parameters(paramLabel = "INPUT", description = "A matrix or picture: .npy .csv .tsv .mtx .png .jpg.")
    private Path file;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "OUTPUT",
            description =
                    "The estimate: .png of a picture, clipped to [0, 1]; .npy or .csv of one matrix, as it is. Replaced"
                            + " if it exists.")
    private Path output;

    @Mixin
    private StopOptions stop;

    @Mixin
    private DescentOptions descent;

    @Option(names = "--clean", paramLabel = "FILE", description = "The truth, to tell errors against.")
    private Optional<Path> clean;

    @Option(
            names = "--add-noise",
            paramLabel = "SIGMA",
            description = "Take INPUT for the truth, and add normal noise of this standard deviation first.")
    private Optional<String> addNoise;

    @Option(names = "--seed", paramLabel = "SEED", description = "Of that noise; default 0.")
    private Optional<String> seed;

    @Option(
            names = "--sheet",
            paramLabel = "FILE.png",
            description = "A contact sheet: the descent at successive plateaus, the estimate and the others.")
    private Optional<Path> sheet;

    @Option(names = "--sheet-width", paramLabel = "PIXELS", description = "Of the sheet; default 1200.")
    private Optional<String> sheetWidth;

    @Option(names = "--json", description = "One JSON object for scripts, instead of the table.")
    private boolean json;

    @Override
    public Integer call() {
        StoppingRule rule = stop.rule();
        DeepDescent.Terms terms = descent.terms();
        Optional<String> backend = descent.denseBackend();
        int width = sheetWidth
                .map(text -> OptionNumber.count("--sheet-width", text, NARROWEST, WIDEST))
                .orElse(DEFAULT_WIDTH);
        requireNames();
        TerminalLine line = new TerminalLine(System.err, main.logging().quiet() ? 0 : Provenance.columns());
        DenoiseResult result;
        try (DenoiseProgress progress = new DenoiseProgress(line)) {
            DenoiseInput input = input();
            DenoiseOutput.requireHolds(output, input);
            result = denoised(input, rule, terms, backend, progress);
            DenoiseOutput.write(output, result.estimate());
            progress.begins("contact sheet");
            sheet.filter(path -> Plots.unavailable().isEmpty())
                    .ifPresent(path -> new DenoiseSheet(result).write(path, width));
        } catch (NoStopException e) {
            throw new ConfigException(e.getMessage());
        }
        tell(result);
        return ExitCode.DONE;
    }

    private void requireNames() {
        DenoiseOutput.requireName(output, file);
        if (clean.isPresent() && addNoise.isPresent()) {
            throw new ConfigException(
                    "--clean and --add-noise exclude each other: with --add-noise, INPUT is the truth");
        }
        if (seed.isPresent() && addNoise.isEmpty()) {
            throw new ConfigException("--seed belongs to --add-noise");
        }
        if (sheetWidth.isPresent() && sheet.isEmpty()) {
            throw new ConfigException("--sheet-width belongs to --sheet");
        }
        clean.ifPresent(path -> DenoiseOutput.requireOther("-o", output, path));
        sheet.ifPresent(path -> {
            if (!DenoiseOutput.ending(path).equals("png")) {
                throw new ConfigException("--sheet " + path + ": the name must end in .png");
            }
            DenoiseOutput.requireOther("--sheet", path, file);
            DenoiseOutput.requireOther("--sheet", path, output);
            clean.ifPresent(truth -> DenoiseOutput.requireOther("--sheet", path, truth));
        });
    }

    private DenoiseInput input() {
        Optional<Double> noise = addNoise.map(text -> OptionNumber.positive("--add-noise", text));
        long noiseSeed = seed.map(text -> OptionNumber.seed("--seed", text)).orElse(0L);
        DenoiseInput read = DenoiseInput.read(file);
        DenoiseInput compared = clean.map(read::against).orElse(read);
        return noise.map(sigma -> compared.withNoise(sigma, noiseSeed)).orElse(compared);
    }

    private static DenoiseResult denoised(
            DenoiseInput input,
            StoppingRule rule,
            DeepDescent.Terms terms,
            Optional<String> backend,
            DenoiseProgress progress) {
        List<Denoised> channels = new ArrayList<>();
        for (int i = 0; i < input.channels().size(); i++) {
            Matrix matrix = input.channels().get(i);
            progress.decomposes(input.name(i), matrix.rows(), matrix.cols());
            NoisyMatrix noisy = NoisyMatrix.of(input.name(i), matrix);
            progress.searches(input.name(i), terms.horizon());
            channels.add(Denoised.of(noisy, terms, rule, progress::reached));
        }
        List<Matrix> estimates = channels.stream()
                .map(channel -> channel.matrix(Estimate.DESCENT))
                .toList();
        if (backend.isEmpty()) {
            return DenoiseResult.of(input, rule, terms, channels, estimates, OptionalDouble.empty());
        }
        List<Matrix> dense = dense(backend.get(), channels, estimates, progress);
        double difference = 0;
        for (int i = 0; i < dense.size(); i++) {
            difference = Math.max(difference, DenseRun.difference(dense.get(i), estimates.get(i)));
        }
        return DenoiseResult.of(input, rule, terms, channels, dense, OptionalDouble.of(difference));
    }

    private static List<Matrix> dense(
            String name, List<Denoised> channels, List<Matrix> estimates, DenoiseProgress progress) {
        List<Matrix> products = new ArrayList<>();
        int threads = Runtime.getRuntime().availableProcessors();
        try (Backend backend = Backends.open(name, Options.threads(threads)).backend()) {
            for (int i = 0; i < channels.size(); i++) {
                Denoised channel = channels.get(i);
                if (channel.descent().isEmpty()) {
                    products.add(estimates.get(i));
                    continue;
                }
                long steps = channel.stop().step();
                progress.descends("dense " + channel.noisy().name(), steps);
                products.add(DenseRun.product(
                        backend, channel.noisy(), channel.descent().get(), steps, progress::reached));
            }
        }
        return products;
    }

    private void tell(DenoiseResult result) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonFile.text(DenoiseJson.of(result, output)));
        } else {
            new DenoiseTable(result).lines().forEach(out::println);
        }
        out.flush();
        for (Denoised channel : result.channels()) {
            if (channel.stop().rank() == 0) {
                LOG.warn(
                        "nothing is recovered of the {}: {}",
                        channel.noisy().name(),
                        channel.stop().reason());
            }
        }
        Optional<String> unavailable = sheet.flatMap(path -> Plots.unavailable());
        unavailable.ifPresent(reason -> LOG.warn("no contact sheet: {}", reason.replaceFirst("^no plots: ", "")));
        LOG.info("{} written", output);
        sheet.filter(path -> unavailable.isEmpty()).ifPresent(path -> LOG.info("{} written", path));
    }
}
