package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradus.linalg.Matrix;
import org.gradus.problem.Targets;
import org.gradus.store.DelimitedWriter;
import org.gradus.store.JsonFile;
import org.gradus.store.MatrixFile;
import org.gradus.store.NpyWriter;
import org.gradus.store.PictureWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DenoiseCommandTest {
    private static final int ROWS = 30;
    private static final int COLS = 24;

    @TempDir
    Path folder;

    private Matrix clean;

    @BeforeEach
    void writeAMatrixAndPictures() throws IOException {
        clean = Targets.synthetic(ROWS, COLS, new double[] {20, 12, 8}, false, 5);
        NpyWriter.write(folder.resolve("clean.npy"), clean);
        NpyWriter.write(folder.resolve("noisy.npy"), Targets.withNoise(clean, 0.2, 6, false));
        List<Matrix> colours = new ArrayList<>();
        for (int channel = 0; channel < 3; channel++) {
            colours.add(sample(Targets.synthetic(ROWS, COLS, new double[] {3, 2}, false, channel)));
        }
        PictureWriter.write(folder.resolve("colour.png"), colours, 0, 1);
        PictureWriter.write(folder.resolve("grey.png"), colours.get(1), 0, 1);
        Files.writeString(folder.resolve("nan.csv"), "1,2\n3,nan\n");
        Files.writeString(folder.resolve("text.txt"), "1 2\n");
    }

    private static Matrix sample(Matrix matrix) {
        Matrix sample = matrix.copy();
        for (int i = 0; i < sample.data().length; i++) {
            sample.data()[i] = 0.5 + 0.5 * Math.tanh(sample.data()[i]);
        }
        return sample;
    }

    /** Words that begin with @ are names in the folder. */
    private Cli.Result denoise(String words) {
        List<String> arguments = new ArrayList<>(List.of("denoise"));
        for (String word : words.split(" ", -1)) {
            arguments.add(word.replace("@", folder + "/"));
        }
        return Cli.execute(arguments.toArray(String[]::new));
    }

    private Map<String, Object> json(String words) throws IOException {
        Path file = Files.writeString(
                folder.resolve("answer.json"), denoise(words + " --json").done().out());
        return JsonFile.read(file);
    }

    private static Map<?, ?> entry(Map<String, Object> object, String list, int index) {
        return (Map<?, ?>) ((List<?>) object.get(list)).get(index);
    }

    private static double number(Map<?, ?> object, String key) {
        return ((Number) object.get(key)).doubleValue();
    }

    private Matrix read(String name) {
        return MatrixFile.read(folder.resolve(name));
    }

    @Test
    void theJsonTellsTheStopAndWhatItIsComparedWith() throws IOException {
        Map<String, Object> answer = json("@noisy.npy -o @out.npy --rank 3 --clean @clean.npy");
        assertEquals(
                List.of(
                        "input",
                        "output",
                        "kind",
                        "rows",
                        "columns",
                        "added_noise",
                        "rule",
                        "depth",
                        "solver",
                        "dense_difference",
                        "channels",
                        "estimates"),
                List.copyOf(answer.keySet()));
        assertEquals(
                List.of("matrix", ROWS, COLS, "rank", 3, "modes"),
                values(answer, "kind", "rows", "columns", "rule", "depth", "solver"));
        Map<?, ?> channel = entry(answer, "channels", 0);
        double step = number(channel, "step");
        assertEquals(3, channel.get("rank"));
        assertTrue(number(channel, "plateau_first") < step && step < number(channel, "plateau_last"));
        assertEquals(number(channel, "monotone_limit") / 2, number(channel, "step_size"), 1e-15);
        assertNull(channel.get("noise_level"));
        List<String> names = List.of("noisy", "descent", "truncated_svd", "soft_svd");
        for (int i = 0; i < names.size(); i++) {
            Map<?, ?> estimate = entry(answer, "estimates", i);
            assertEquals(names.get(i), estimate.get("name"));
            assertEquals(List.of(i == 0 ? COLS : 3), estimate.get("ranks"));
        }
        assertTrue(number(entry(answer, "estimates", 1), "psnr") > number(entry(answer, "estimates", 0), "psnr") + 3);
        assertEquals(relativeError(read("out.npy")), number(entry(answer, "estimates", 1), "relative_error"), 1e-12);
    }

    private static List<Object> values(Map<String, Object> object, String... keys) {
        return List.of(keys).stream().map(object::get).toList();
    }

    private double relativeError(Matrix estimate) {
        double error = 0;
        double truth = 0;
        for (int i = 0; i < clean.data().length; i++) {
            error += Math.pow(estimate.data()[i] - clean.data()[i], 2);
            truth += Math.pow(clean.data()[i], 2);
        }
        return Math.sqrt(error / truth);
    }

    @Test
    void theTableTellsTheSame() {
        Cli.Result result = denoise("@noisy.npy -o @out.csv --noise-level 0.2 --clean @clean.npy")
                .done();
        String out = result.out();
        for (String words : List.of(
                "30×24 matrix",
                "depth 3",
                "stopped    step ",
                "σ = 0.2000",
                "truncated SVD",
                "soft-thresholded SVD",
                "PSNR")) {
            assertTrue(out.contains(words), out);
        }
        assertTrue(relativeError(read("out.csv")) < 0.2);
        assertTrue(result.err().contains(folder.resolve("out.csv") + " written"));
    }

    @Test
    void withoutARuleTheNoiseIsEstimatedAndTheDiscrepancyStops() throws IOException {
        Map<String, Object> answer = json("@noisy.npy -o @out.npy");
        assertEquals("discrepancy", answer.get("rule"));
        double sigma = number(entry(answer, "channels", 0), "noise_level");
        assertEquals(0.2, sigma, 0.04); // the signal, 3 of 24 values, moves the median up
        double residual = number(entry(answer, "estimates", 1), "residual");
        assertTrue(residual <= sigma && residual > 0.9 * sigma, residual + " of " + sigma);
        assertNull(entry(answer, "estimates", 1).get("psnr"));
    }

    @Test
    void coloursAreDenoisedChannelByChannel() throws IOException {
        json("@colour.png -o @out.png --rank 2");
        List<Matrix> channels = MatrixFile.readChannels(folder.resolve("colour.png"));
        List<Matrix> out = MatrixFile.readChannels(folder.resolve("out.png"));
        for (int channel = 0; channel < 3; channel++) {
            NpyWriter.write(folder.resolve("channel.npy"), channels.get(channel));
            json("@channel.npy -o @alone.npy --rank 2");
            Matrix alone = read("alone.npy");
            for (int i = 0; i < alone.data().length; i++) {
                double clipped = Math.max(0, Math.min(1, alone.data()[i]));
                assertEquals(clipped, out.get(channel).data()[i], 0.5 / 255 + 1e-12);
            }
        }
    }

    @Test
    void aGreyPictureStaysGreyAndMayGoToAMatrixUnclipped() throws IOException {
        Map<String, Object> answer = json("@grey.png -o @out.png --add-noise 0.1 --seed 4 --rank 2");
        assertEquals(1, MatrixFile.readChannels(folder.resolve("out.png")).size());
        assertEquals(20, number(entry(answer, "estimates", 0), "psnr"), 0.3);
        assertEquals(4, ((Map<?, ?>) answer.get("added_noise")).get("seed"));
        json("@grey.png -o @out.npy --add-noise 0.1 --seed 4 --rank 2");
        Matrix whole = read("out.npy");
        Matrix clipped = read("out.png");
        for (int i = 0; i < whole.data().length; i++) {
            assertEquals(Math.max(0, Math.min(1, whole.data()[i])), clipped.data()[i], 0.5 / 255 + 1e-12);
        }
    }

    @Test
    void addedNoiseIsThatOfARunWithTheSameSeed() throws IOException {
        NpyWriter.write(folder.resolve("same.npy"), Targets.withNoise(clean, 0.2, 9, false));
        json("@clean.npy -o @a.npy --add-noise 0.2 --seed 9 --rank 3");
        json("@same.npy -o @b.npy --rank 3");
        assertEquals(read("b.npy"), read("a.npy"));
    }

    @Test
    void theDenseDescentGivesTheSame() throws IOException {
        Map<String, Object> answer = json("@noisy.npy -o @dense.npy --rank 2 --solver dense --backend cpu");
        assertTrue(((Number) answer.get("dense_difference")).doubleValue() < 1e-10);
        json("@noisy.npy -o @modes.npy --rank 2");
        for (int i = 0; i < clean.data().length; i++) {
            assertEquals(read("modes.npy").data()[i], read("dense.npy").data()[i], 1e-9);
        }
    }

    @ParameterizedTest
    @CsvSource({"colour.png, png", "grey.png, png", "noisy.npy, npy"})
    void theSheetIsDrawnBesideTheEstimate(String input, String ending) {
        denoise("@" + input + " -o @out." + ending + " --rank 2 --sheet @sheet.png --sheet-width 640")
                .done();
        Matrix sheet = read("sheet.png");
        assertEquals(640, sheet.cols());
        assertTrue(Files.exists(folder.resolve("out." + ending)));
    }

    @Test
    void aZeroPictureHasASheetToo() throws IOException {
        PictureWriter.write(folder.resolve("black.png"), List.of(Matrix.zeros(ROWS, COLS)), 0, 1);
        Cli.Result result = denoise("@black.png --rank 1 -o @estimate.png --sheet @sheet.png");
        assertEquals(ExitCode.DONE, result.status(), result.err()::toString);
        assertTrue(Files.exists(folder.resolve("sheet.png")));
    }

    @Test
    void anInputWithinItsNoiseIsAWarning() {
        Cli.Result result = denoise("@noisy.npy -o @out.npy --noise-level 100");
        assertEquals(ExitCode.DONE, result.status());
        assertTrue(result.err().get(0).contains("warning: nothing is recovered of the matrix"), result.err()::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | @noisy.npy                                                      | '--output=OUTPUT'",
                "2 | -o @out.npy                                                     | 'INPUT'",
                "5 | @absent.npy -o @out.npy                                         | absent.npy: no such file",
                "5 | @nan.csv -o @out.npy                                            | nan.csv, line 2",
                "5 | @text.txt -o @out.npy                                           | unknown kind of file",
                "2 | @noisy.npy -o @out.mtx                                          | must end in .png, .npy or .csv",
                "2 | @noisy.npy -o @noisy.npy                                        | would replace",
                "2 | @noisy.npy -o @clean.npy --clean @clean.npy                     | would replace",
                "2 | @noisy.npy -o @out.png                                          | a matrix has no greys",
                "2 | @colour.png -o @out.npy                                         | a colour picture is three matrices",
                "2 | @noisy.npy -o @out.npy --rank 0                                 | --rank must be an integer from 1",
                "2 | @noisy.npy -o @out.npy --rank 25                                | the 30×24 matrix has rank 24: give 1 to 24",
                "2 | @noisy.npy -o @out.npy --rank 2 --noise-level 1                 | --rank excludes --noise-level",
                "2 | @noisy.npy -o @out.npy --rank 2 --rule plateau                  | --rank excludes --rule",
                "2 | @noisy.npy -o @out.npy --noise-level 1 --rule plateau           | --rule plateau takes none",
                "2 | @noisy.npy -o @out.npy --noise-level -1                         | --noise-level must be a number greater",
                "2 | @noisy.npy -o @out.npy --rule best                              | discrepancy, threshold or plateau, not",
                "2 | @noisy.npy -o @out.npy --depth 1                                | give 2 or more",
                "2 | @noisy.npy -o @out.npy --scale 1 --product-scale 1              | exclude each other",
                "2 | @noisy.npy -o @out.npy --scale 9                                | below 2.1",
                "2 | @noisy.npy -o @out.npy --step-size 1                            | at most 0.00",
                "2 | @noisy.npy -o @out.npy --step-size fast                         | auto or a number greater than 0",
                "2 | @noisy.npy -o @out.npy --rank 3 --steps 10                      | within 10 steps",
                "2 | @noisy.npy -o @out.npy --solver magic                           | --solver must be modes or dense",
                "2 | @noisy.npy -o @out.npy --backend cpu                            | belongs to --solver dense",
                "2 | @noisy.npy -o @out.npy --solver dense --backend tpu             | must be auto, cpu, cuda or reference",
                "2 | @noisy.npy -o @out.npy --clean @grey.png --rank 2 --seed 1      | --seed belongs to --add-noise",
                "2 | @noisy.npy -o @out.npy --clean @clean.npy --add-noise 1         | exclude each other",
                "2 | @grey.png -o @out.png --clean @colour.png                       | colour.png is 30×24 in colour",
                "5 | @noisy.npy -o @out.npy --clean @absent.npy                      | absent.npy: no such file",
                "2 | @noisy.npy -o @out.npy --sheet @sheet.svg                       | must end in .png",
                "2 | @grey.png -o @out.png --sheet @out.png                          | would replace",
                "2 | @noisy.npy -o @out.npy --sheet-width 600                        | belongs to --sheet",
                "2 | @noisy.npy -o @out.npy --sheet @a.png --sheet-width 10          | an integer from 300",
                "5 | @noisy.npy -o @no/such/out.npy                                  | no folder",
            })
    void whatCannotBeIsRefusedInOneLine(int status, String words, String said) throws IOException {
        String line = denoise(words).refused(status);
        assertTrue(line.contains(said), line);
        assertFalse(Files.exists(folder.resolve("out.npy")));
        assertEquals(clean, read("clean.npy"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "7,7", "0", "0,0\n0,0", "1,2,3", "3\n4"})
    void tinyAndZeroMatricesHaveAnAnswerOrARefusal(String text) throws IOException {
        Files.writeString(folder.resolve("tiny.csv"), text + "\n");
        for (String rule : List.of("--rank 1", "--noise-level 0.1", "--rule threshold", "--rule plateau")) {
            Cli.Result result = denoise("@tiny.csv -o @tiny-out.csv --clean @tiny.csv " + rule);
            assertTrue(result.status() == ExitCode.DONE || result.status() == ExitCode.USAGE, result.err()::toString);
            assertEquals(
                    Optional.empty(),
                    result.err().stream()
                            .filter(line -> line.contains("defect"))
                            .findFirst());
        }
    }

    @Test
    void theProgressTellsWhatIsDoneAndWhatIsLeft() {
        assertEquals(
                "matrix: descent, step 1000/5000, 0:02, 0:08 left",
                DenoiseProgress.text("matrix: descent", 2, 0, 1000, 5000));
        assertEquals(
                "picture: singular values and vectors, 0:07 of about 0:30",
                DenoiseProgress.text("picture: singular values and vectors", 7, 30, 0, 0));
        assertEquals(
                "picture: singular values and vectors, 0:31",
                DenoiseProgress.text("picture: singular values and vectors", 31, 30, 0, 0));
        assertEquals(
                "matrix: descent, step 1000 of at most 5000, 0:02",
                DenoiseProgress.searching("matrix: descent", 2, 1000, 5000));
    }

    @Test
    void aMatrixOfManyValuesReadsBackFromCsv() {
        DelimitedWriter.write(folder.resolve("n.csv"), read("noisy.npy"));
        denoise("@n.csv -o @out.csv --rank 2").done();
        denoise("@noisy.npy -o @out.npy --rank 2").done();
        assertEquals(read("out.npy"), read("out.csv"));
    }
}
