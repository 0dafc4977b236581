package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gradus.backend.cuda.RealDriver;
import org.gradus.linalg.Matrix;
import org.gradus.store.NpyWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each refusal: its status, one line that begins with "gradus: " and says what is wrong, and nothing left behind. */
class RefusedRunTest {
    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void writeTheConfiguration() throws IOException {
        cli = new Cli(folder);
    }

    private void assertNothingIsLeft(List<Path> before) throws IOException {
        assertEquals(before, content());
    }

    private List<Path> content() throws IOException {
        try (var paths = Files.walk(folder)) {
            return paths.sorted().toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--backend=cuda", "compute={backend: cuda, precision: tf32, singular-values: gram}"})
    void cudaWithoutADriverIsRefusedAndNeverReplaced(String setting) throws IOException {
        RealDriver.assumeAbsent();
        List<Path> before = content();
        String line = cli.run(setting).refused(ExitCode.DEVICE);
        assertTrue(line.startsWith("gradus: cuda: no NVIDIA driver was found (libcuda.so.1); "), line);
        assertNothingIsLeft(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "2 | descent.stpes=3                              | --set descent.stpes=3: descent.stpes: unknown key; did you mean 'steps'?",
                "2 | descent.steps=many                           | must be an integer",
                "2 | factors.depth=-3                             | factors.depth: must be an integer from 1 to 1000, not '-3'",
                "2 | factors.depth=0                              | factors.depth",
                "2 | factors.widths=[6]                           | must have depth − 1 = 2 entries",
                "2 | factors.widths=[5, 5]                        | all sizes must be equal, not [6, 5, 5, 6]; use kind: balanced",
                "2 | problem.target.synthetic={rows: 6, columns: 5, spectrum: [1]} | small.yaml:6: factors.initialization.kind: identical factors",
                "2 | factors.initialization={kind: perturbed, scale: 0.1, perturbation: 0.2} | at most the scale 0.1",
                "2 | descent.step-size=0                          | must be auto or a number greater than 0, not '0'",
                "2 | descent.step-size=-1                         | descent.step-size",
                "2 | descent.step-size=.nan                       | descent.step-size",
                "2 | descent={steps: 5, step-size: auto, momentum: 1} | descent.momentum: unknown key",
                "2 | problem.target.noise={standard-deviation: 1e308} | target overflows",
                "2 | problem.kind=sensing                         | problem.operators: is missing",
                "2 | record.steps={every: 0}                      | record.steps.every",
                "2 | record.products=[21]                         | record.products.0: must be an integer from 0 to 20",
                "2 | output=                                      | --set output=",
                "2 | steps                                        | has no '='",
                "2 | =3                                           | --set =3",
                "2 | descent..steps=3                             | --set descent..steps=3",
                "2 | descent.steps.0=3                            | descent.steps",
                "2 | descent.steps={a: [                          | --set descent.steps={a: [",
                "2 | --backend=gpu                                | did you mean 'cpu'?",
                "2 | --precision=half                             | must be one of float64, float32, tf32, not 'half'",
                "2 | compute={backend: cpu, precision: tf32}      | compute.precision: tf32 is an arithmetic of CUDA devices",
                "2 | compute={backend: reference, singular-values: gram} | compute.singular-values: gram saves time on CUDA",
                "2 | compute.device=-1                            | compute.device: must be an integer from 0 to 1023",
                "2 | --bakend=cpu                                 | unknown option '--bakend=cpu'",
                "2 | --set                                        | Missing required parameter",
                "5 | problem.target={file: absent.npy}            | absent.npy: no such file",
                "5 | problem.target={file: .}                     | is a directory, not a file",
                "5 | problem.target={file: small.yaml}            | unknown kind of file; the name must end in .npy",
                "5 | factors.initialization={kind: given, files: [a.npy, b.npy, c.npy]} | a.npy: no such file",
                "5 | --log-file=absent/log.txt                    | --log-file absent/log.txt: cannot be written",
            })
    void aWrongSettingIsRefusedInOneLine(int status, String setting, String words) throws IOException {
        List<Path> before = content();
        String line = cli.run(setting).refused(status);
        assertTrue(line.contains(words), line);
        assertNothingIsLeft(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "bad.npy | `\u0093NUMPY`      | bad.npy: ",
                "bad.png | `no picture`       | bad.png: ",
                "bad.csv | `1,2⏎3`            | bad.csv, line 2: ",
                "bad.csv | `1,x`              | bad.csv, line 1, column 2: ",
                "nan.csv | `1,nan`            | nan.csv",
                "inf.csv | `1,2⏎inf,3`        | inf.csv, line 2",
                "no.mtx  | `%%MatrixMarket`   | no.mtx",
                "no.tsv  | ``                 | no.tsv",
            })
    void aMalformedTargetIsRefusedWithItsNameAndPlace(String name, String text, String words) throws IOException {
        Files.write(folder.resolve(name), text.replace("⏎", "\n").getBytes(StandardCharsets.ISO_8859_1));
        List<Path> before = content();
        String line = cli.run("problem.target={file: " + name + "}").refused(ExitCode.FILES);
        assertTrue(line.contains(folder + "/" + words), line);
        assertNothingIsLeft(before);
    }

    @Test
    void aTargetThatIsNotFiniteIsRefused() throws IOException {
        NpyWriter.write(folder.resolve("t.npy"), new Matrix(1, 2, new double[] {1, Double.POSITIVE_INFINITY}));
        List<Path> before = content();
        String line = cli.run("problem.target={file: t.npy}").refused(ExitCode.FILES);
        assertTrue(line.contains("t.npy"), line);
        assertNothingIsLeft(before);
    }

    @Test
    void givenFactorsOfTheWrongShapeAreRefused() throws IOException {
        NpyWriter.write(folder.resolve("W.npy"), Matrix.zeros(6, 6));
        NpyWriter.write(folder.resolve("V.npy"), Matrix.zeros(6, 5));
        List<Path> before = content();
        String line = cli.run("factors.initialization={kind: given, files: [W.npy, V.npy, W.npy]}")
                .refused(ExitCode.USAGE);
        assertTrue(line.contains("the file of W_2 holds a 6×5 matrix"), line);
        assertNothingIsLeft(before);
    }

    @Test
    void anAutomaticStepSizeHasNothingToGoByForAZeroTarget() throws IOException {
        NpyWriter.write(folder.resolve("zero.npy"), Matrix.zeros(6, 6));
        NpyWriter.write(folder.resolve("tiny.npy"), Matrix.scaledIdentity(6, 1e-300));
        List<Path> before = content();
        String zero = "problem.target={file: zero.npy}";
        String nil = "factors.initialization={kind: given, files: [zero.npy, zero.npy, zero.npy]}";
        String line = cli.run(zero, nil, "descent={steps: 3}").refused(ExitCode.USAGE);
        assertTrue(line.contains("descent.step-size: auto has nothing to go by, since the target is zero"), line);
        assertNothingIsLeft(before);
        cli.run(zero, nil, "descent={steps: 3, step-size: 0.1}").done();
    }

    @Test
    void anAutomaticStepSizeThatUnderflowsIsRefused() throws IOException {
        List<Path> before = content();
        String line = cli.run("problem.target.synthetic.spectrum=[1e250]", "descent={steps: 3}")
                .refused(ExitCode.USAGE);
        assertTrue(line.contains("descent.step-size: auto finds none above 0"), line);
        assertNothingIsLeft(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rows: 40000, columns: 40000 | 5 | GiB: 11 matrices and 11.9 GiB of data, but ",
                "rows: 8, columns: 8         | 3, widths: [1048576, 1048576] | 8192.4 GiB",
                "rows: 2000000, columns: 1   | 2 | rows",
            })
    void aRunBeyondTheMemoryIsRefusedBeforeItsTargetIsMade(String shape, String depth, String words)
            throws IOException {
        List<Path> before = content();
        long start = System.nanoTime();
        Cli.Result result = cli.run(
                "problem.target={synthetic: {" + shape + ", spectrum: [1]}}",
                "factors={depth: " + depth + ", initialization: {kind: gaussian, scale: 0.1}}");
        String line = result.refused(words.equals("rows") ? ExitCode.USAGE : ExitCode.DEVICE);
        assertTrue(line.matches(".*(" + words + ").*"), line);
        assertTrue(System.nanoTime() - start < 2e9, "the target was made first");
        assertNothingIsLeft(before);
    }

    @Test
    void dataBeyondTheHeapIsRefusedWithTheOptionThatRaisesIt() {
        long heap = Runtime.getRuntime().maxMemory();
        int side = (int) Math.sqrt(heap / 8.0 / 3); // four such matrices are wanted
        String line = cli.run(
                        "problem.target={synthetic: {rows: " + side + ", columns: " + side + ", spectrum: [1]}}",
                        "factors={depth: 1, initialization: {kind: identical, scale: 0.1}}",
                        "--precision=float32")
                .refused(ExitCode.DEVICE);
        assertTrue(line.contains("of Java's heap") && line.contains("GRADUS_JAVA_OPTS=-Xmx"), line);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a: [                | 5 | config.yaml:1:",
                "a: *b               | 5 | config.yaml:1:",
                "``                  | 2 | config.yaml: is empty",
                "problm: {}          | 2 | config.yaml:1: problm: unknown key; did you mean 'problem'?",
            })
    void aBadConfigurationFileIsRefusedWithItsLine(String text, int status, String words) throws IOException {
        Path file = Files.writeString(folder.resolve("config.yaml"), text);
        String line = Cli.execute("run", file.toString()).refused(status);
        assertTrue(line.contains(words), line);
    }

    @Test
    void aMissingConfigurationAndAFolderAreRefused() {
        Path absent = folder.resolve("absent.yaml");
        assertEquals(
                "gradus: " + absent + ": does not exist; `gradus init` writes a configuration to start from",
                Cli.execute("run", absent.toString()).refused(ExitCode.FILES));
        assertEquals(
                "gradus: " + folder + ": is a folder; a configuration is a YAML file",
                Cli.execute("run", folder.toString()).refused(ExitCode.FILES));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''              | no command is given; known: baseline, bench, bundle, compare, denoise, devices, gpu-check, init, predict, report, reproduce, resume, run, sweep; see gradus --help",
                "rum             | unknown command 'rum'",
                "run             | Missing required parameter: 'CONFIG.yaml'; see gradus run --help",
                "run a b         | unexpected argument 'b'; see gradus run --help",
                "run a --overwri | unknown option '--overwri'; did you mean '--overwrite'?",
                "devices --x     | unknown option '--x'",
                "--nope          | unknown option '--nope'",
                "run @a          | @a: does not exist",
            })
    void aWrongCommandLineIsRefused(String line, String words) {
        Cli.Result result = Cli.execute(line.isEmpty() ? new String[0] : line.split(" "));
        String said = result.refused(line.contains("@") ? ExitCode.FILES : ExitCode.USAGE);
        assertTrue(said.startsWith("gradus: " + words), said);
    }

    @Test
    void anOutputThatIsAFileOrCannotBeMadeIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        List<Path> before = content();
        assertEquals("gradus: " + file + ": is a file; a run needs a directory", outputRefused(file.toString()));
        String line = outputRefused(file + "/below");
        assertTrue(line.startsWith("gradus: " + file + "/below: cannot be written"), line);
        line = outputRefused("/proc/gradus");
        assertTrue(line.startsWith("gradus: /proc/gradus: cannot be written"), line);
        assertNothingIsLeft(before);
    }

    private String outputRefused(String output) {
        return Cli.execute("run", cli.config().toString(), "--output", output).refused(ExitCode.FILES);
    }

    @Test
    void aLineBreakOrAnEscapeInANameStaysOnOneLine() {
        String line = Cli.execute("run", "a\nb\u001b[31m.yaml").refused(ExitCode.FILES);
        assertTrue(line.startsWith("gradus: a b?[31m.yaml: does not exist"), line);
    }
}
