package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.gradus.linalg.Matrix;
import org.gradus.store.JsonFile;
import org.gradus.store.NpyWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompareCommandTest {
    private static final String SMALL = "factors.initialization={kind: identical, scale: 0.1}";
    private static final String LONG = "descent.steps=3000";

    @TempDir
    Path folder;

    private Cli cli;
    private Path picture;

    @BeforeEach
    void writeTheConfiguration() throws IOException {
        cli = new Cli(folder);
        picture = folder.resolve("compared.svg");
    }

    private String run(String name, String... settings) {
        String output = folder.resolve(name).toString();
        List<String> arguments =
                new ArrayList<>(List.of("run", cli.config().toString(), "--no-plots", "--output", output));
        for (String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        Cli.execute(arguments.toArray(String[]::new)).done();
        return output;
    }

    private Cli.Result compare(String... directories) {
        List<String> arguments = new ArrayList<>(List.of("compare"));
        arguments.addAll(List.of(directories));
        arguments.addAll(List.of("-o", picture.toString()));
        return Cli.execute(arguments.toArray(String[]::new));
    }

    private String drawn() throws IOException {
        return Files.readString(picture);
    }

    private void assertDrawnWithoutPrediction(Cli.Result result, String reason) throws IOException {
        assertEquals(ExitCode.DONE, result.status());
        String warning = result.err().get(0);
        assertTrue(warning.contains("drawn without prediction: ") && warning.contains(reason), warning);
        assertFalse(drawn().contains("predicted"));
    }

    @Test
    void aDenseRunSharesThePanelOfItsPartnerInAnyOrder() throws IOException {
        String two = run("d2", SMALL, LONG, "factors.depth=2");
        String dense = run("d2-dense", SMALL, LONG, "factors.depth=2", "descent.solver=dense");
        String three = run("d3", SMALL, LONG);
        compare(dense, three + "/", two).done();
        String svg = drawn();
        assertTrue(svg.contains(">d2<") && svg.contains(">d3<") && !svg.contains(">d2-dense<"));
        assertTrue(svg.contains(">dense<") && svg.contains(">modes<") && svg.contains(">predicted plateau<"));
        assertTrue(svg.indexOf(">d3<") < svg.indexOf(">d2<"), "in the order given");
    }

    @Test
    void aDenseRunWithoutItsPartnerHasAPanelWithPrediction() throws IOException {
        compare(run("a-dense", SMALL, LONG, "descent.solver=dense")).done();
        assertTrue(drawn().contains(">a-dense<") && drawn().contains(">predicted plateau<"));
    }

    @Test
    void aStartWithoutTheoryIsDrawnWithoutBands() throws IOException {
        compare(run("orthogonal", "factors.initialization={kind: orthogonal, scale: 0.3}"))
                .done();
        assertTrue(drawn().contains(">orthogonal<") && !drawn().contains("predicted"));
    }

    @Test
    void aTargetFileIsReadAgainAndItsLossIsAWarning() throws IOException {
        NpyWriter.write(folder.resolve("target.npy"), new Matrix(2, 2, new double[] {3, 0, 0, 1}));
        String run = run("file", SMALL, LONG, "problem.target={file: target.npy}");
        compare(run).done();
        assertTrue(drawn().contains(">predicted plateau<"));
        Files.delete(folder.resolve("target.npy"));
        assertDrawnWithoutPrediction(compare(run), "target.npy: no such file");
    }

    @Test
    void aConfigurationThatCannotBeReadAgainIsAWarning() throws IOException {
        String run = run("odd", SMALL, LONG);
        Path manifest = Path.of(run, "manifest.json");
        Map<String, Object> content = JsonFile.read(manifest);
        content.put("configuration", "none");
        JsonFile.write(manifest, content);
        assertDrawnWithoutPrediction(compare(run), "holds no configuration");
        content.put("configuration", Map.of("problem", Map.of("kind", "riddle")));
        JsonFile.write(manifest, content);
        assertDrawnWithoutPrediction(compare(run), "riddle");
    }

    @Test
    void directoriesThatHoldNoRunAreRefused() throws IOException {
        String absent = folder.resolve("absent").toString();
        String empty = Files.createDirectory(folder.resolve("empty")).toString();
        assertTrue(compare(absent).refused(ExitCode.FILES).contains("absent: no such run directory"));
        assertTrue(compare(empty).refused(ExitCode.FILES).contains("manifest.json: no such file"));
        assertTrue(compare(cli.config().toString()).refused(ExitCode.FILES).contains("no such run directory"));
        assertFalse(Files.exists(picture));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "manifest.json  | {\"a\":                                  | not a JSON object",
                "manifest.json  | {}                                       | target_singular_values must be a list of numbers",
                "manifest.json  | {\"target_singular_values\": [1, \"b\"]} | target_singular_values must be a list of numbers",
                "manifest.json  | {\"target_singular_values\": [1, 2]}     | descending order",
                "trajectory.csv | step,loss                                | has no column effective_rank",
                "trajectory.csv | step,loss,effective_rank                 | has no rows",
                "trajectory.csv | step,loss,effective_rank⏎1,1,1⏎0,1,1     | line 3: steps do not increase",
                "trajectory.csv | step,loss,effective_rank⏎1,x,1           | line 2",
            })
    void aDamagedRunIsRefusedInOneLine(String name, String text, String words) throws IOException {
        String run = run("damaged", SMALL);
        Files.writeString(Path.of(run, name), text.replace("⏎", "\n") + "\n");
        String line = compare(run).refused(ExitCode.FILES);
        assertTrue(line.contains(words) && line.contains("damaged"), line);
        assertFalse(Files.exists(picture));
    }

    @Test
    void wrongUsageIsRefused() {
        String run = run("a", SMALL);
        assertTrue(Cli.execute("compare", run).refused(ExitCode.USAGE).contains("--output"));
        assertTrue(Cli.execute("compare", "-o", "a.svg").refused(ExitCode.USAGE).contains("DIR"));
        String[] nine = IntStream.range(0, 9).mapToObj(i -> "run" + i).toArray(String[]::new);
        assertTrue(compare(nine).refused(ExitCode.USAGE).contains("9 panels; a picture holds 8"));
        picture = folder.resolve("compared.png");
        assertTrue(compare(run).refused(ExitCode.USAGE).contains("its name must end in .svg or .pdf"));
        picture = folder.resolve("compared.pdf");
        assertTrue(compare("--width", "85", run).refused(ExitCode.USAGE).contains("90 mm wide"));
    }

    @Test
    void aPictureMayBeAPdfOverTwoColumns() throws Exception {
        picture = folder.resolve("compared.pdf");
        assertEquals(ExitCode.DONE, compare("--width", "180", run("a", SMALL)).status());
        assertTrue(Files.readString(picture, StandardCharsets.ISO_8859_1).contains("/BBox [0.0 0.0 510.2"));
    }

    @Test
    void aPictureThatCannotBeWrittenIsRefused() {
        picture = cli.config().resolve("compared.svg");
        assertTrue(compare(run("a", SMALL)).refused(ExitCode.FILES).contains("compared.svg"));
    }
}
