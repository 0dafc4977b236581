package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each refusal: status 2 and one line that says what is wrong and what would be right. */
class RefusedPredictionTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--spectrum= --depth=2 --scale=1            | --spectrum is empty",
                "--spectrum=[] --depth=2 --scale=1          | --spectrum is empty",
                "--spectrum=1,nan --depth=2 --scale=1       | an eigenvalue must be a finite number, not 'nan'",
                "--spectrum=1,.inf --depth=2 --scale=1      | not '.inf', which is not finite",
                "--spectrum=1,1e400 --depth=2 --scale=1     | not '1e400', which is beyond the largest double",
                "--spectrum=1,,2 --depth=2 --scale=1        | an eigenvalue must be a finite number, not ''",
                "--spectrum=1 --depth=2 --scale=1 --levels=1        | a level must be a number between 0 and 1",
                "--spectrum=1 --depth=2 --scale=1 --levels=0.5,0    | a level must be a number between 0 and 1",
                "--spectrum=1 --depth=2 --scale=1 --levels=         | --levels is empty",
                "--spectrum=1 --depth=2 --scale=1 --step-size=-0.1  | --step-size must be auto or a number greater",
                "--spectrum=1 --depth=2 --scale=1 --step-size -0.1  | --step-size must be auto or a number greater",
                "--spectrum=1 --depth=2 --scale=1 --step-size=.nan  | --step-size must be auto or a number greater",
                "--spectrum=1e250 --depth=3 --scale=1               | --step-size auto finds no number",
                "--spectrum=1 --depth=2 --scale=0.1 --perturbation=0.2 | greater than 0 and at most the scale 0.1, not",
                "--spectrum=1 --depth=2 --scale=0.1 --perturbation=0   | greater than 0 and at most the scale 0.1, not",
                "--spectrum=1 --depth=2 --scale=1 --tolerance=0     | --tolerance must be a number greater than 0",
                "--spectrum=1 --depth=2 --scale=1 --tolerance=1 --absolute-tolerance=1 | exclude each other",
                "--spectrum=1 --depth=2 --scale=1 --steps=-1        | --steps must be an integer from 0 to",
                "--spectrum=1 --depth=2 --scale=1 --steps=1.5       | --steps must be an integer from 0 to",
                "--spectrum=1 --depth=2 --scale=1 --zeros=1e9       | --zeros must be an integer from 0 to 1048576",
                "--spectrum=1 --depth=1e9 --scale=1         | --depth must be an integer from 1 to 1000",
                "--spectrum=1 --depth=0 --scale=1           | --depth must be an integer from 1 to 1000, not '0'",
                "--spectrum=1 --depth=2 --scale=0           | --scale must be a number greater than 0",
                "--spectrum=1 --scale=1                     | --spectrum wants --depth",
                "--spectrum=1 --depth=2                     | exactly one of --scale and --product-scale",
                "--spectrum=1 --depth=2 --scale=1 --product-scale=1 | exactly one of --scale and --product-scale",
                "--spectrum=1 --depth=2 --scale=1 --set=descent.steps=3 | --set belongs to CONFIG.yaml",
                "--depth=2 --scale=1                        | --spectrum with --depth and --scale",
                "--json                                     | a prediction wants CONFIG.yaml, or --spectrum",
                "--spectrum=1 --dept=2                      | unknown option '--dept=2'",
                "a.yaml b.yaml                              | unexpected argument 'b.yaml'",
                "a.yaml --spectrum=1                        | CONFIG.yaml and --spectrum exclude each other",
                "a.yaml --step-size=1                       | --step-size belongs to --spectrum; with CONFIG.yaml",
            })
    void wrongUsageIsRefusedInOneLine(String arguments, String words) {
        String line = Cli.execute(Stream.concat(Stream.of("predict"), Arrays.stream(arguments.split(" ")))
                        .toArray(String[]::new))
                .refused(ExitCode.USAGE);
        assertTrue(line.contains(words), line);
    }

    @ParameterizedTest
    @CsvSource({"gaussian", "orthogonal", "uniform"})
    void aStartWithoutTheoryIsRefusedWithItsKeyAndTheReason(String kind) throws IOException {
        Cli cli = new Cli(folder);
        String line = Cli.execute(
                        "predict",
                        cli.config().toString(),
                        "--set=factors.initialization={kind: " + kind + ", scale: 0.3}")
                .refused(ExitCode.USAGE);
        assertTrue(
                line.contains("factors.initialization.kind: nothing can be predicted: modes want an identical,"), line);
    }

    @Test
    void aMissingConfigurationIsAMatterOfFiles() {
        Cli.execute("predict", folder.resolve("absent.yaml").toString()).refused(ExitCode.FILES);
    }
}
