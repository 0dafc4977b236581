package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against directories as runs and sweeps leave them, written by hand but for their pictures. */
class ReportFiguresTest {
    private static final String TABLE = """
            run,descent.step-size,factors.depth,outcome,steps,loss,effective_rank,plateau_1
            0001,0.1,2,done,100,1e-3,1.5,20
            0002,0.1,3,done,100,2e-3,1.6,30
            0003,1,2,diverged,4,,,
            0004,1,3,done,100,3e-5,1.7,
            """;

    @TempDir
    Path folder;

    private Path sweep;

    @BeforeEach
    void writeSweep() throws IOException {
        sweep = Files.createDirectory(folder.resolve("study"));
        Files.writeString(
                sweep.resolve("sweep.json"),
                "{\"format\": 1, \"keys\": [\"descent.step-size\", \"factors.depth\"], \"runs\": 4}");
        Files.writeString(sweep.resolve("sweep.csv"), TABLE);
    }

    private Path run(String name) throws IOException {
        Path run = Files.createDirectories(folder.resolve(name));
        Files.writeString(
                run.resolve("manifest.json"),
                "{\"format\": 1, \"target_singular_values\": [2, 1], \"outcome\": {\"status\": \"done\", \"step\": 2}}");
        Files.writeString(
                run.resolve("trajectory.csv"),
                "step,loss,effective_rank,sigma_1,sigma_2\n0,2.5,2,0.1,0.1\n1,1,1.1,1,0.1\n2,0.1,1.5,2,1\n");
        return run;
    }

    private Cli.Result report(Path directory, String... options) {
        List<String> words = new ArrayList<>(List.of("report", directory.toString(), "-o", folder + "/page.html"));
        words.addAll(List.of(options));
        return Cli.execute(words.toArray(String[]::new));
    }

    private List<String> figures() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("figures"))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.resolve("figures").relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private String[] into(String... more) {
        return Stream.concat(Stream.of("--figures", folder + "/figures"), Stream.of(more))
                .toArray(String[]::new);
    }

    @Test
    void aRunsCurvesAreWrittenInBothFormats() throws Exception {
        assertEquals(ExitCode.DONE, report(run("one"), into()).status());
        assertEquals(
                List.of(
                        "effective-rank.pdf",
                        "effective-rank.svg",
                        "loss.pdf",
                        "loss.svg",
                        "singular-values.pdf",
                        "singular-values.svg"),
                figures());
    }

    @Test
    void aSweepHasHeatMapsAndLines() throws Exception {
        report(sweep, into("--format", "pdf", "--width", "180")).done();
        assertEquals(
                List.of(
                        "heat-map-effective-rank.pdf",
                        "heat-map-loss.pdf",
                        "heat-map-plateau-1.pdf",
                        "lines-effective-rank.pdf",
                        "lines-loss.pdf",
                        "lines-plateau-1.pdf"),
                figures());
    }

    @Test
    void runsThatHaveTablesAreDrawnTogether() throws Exception {
        run("study/runs/0001");
        run("study/runs/0004");
        report(sweep, into("--format", "svg", "--measure", "loss"));
        assertEquals(List.of("ensemble.svg", "heat-map-loss.svg", "lines-loss.svg"), figures());
        String svg = Files.readString(folder.resolve("figures/ensemble.svg"));
        assertTrue(svg.contains(">step size 0.1, depth 2<") && svg.contains(">step size 1, depth 3<"));
    }

    @Test
    void measureAndKeysAreChosen() throws Exception {
        report(sweep, into("--format", "svg", "--measure", "steps", "--keys", "depth,step-size"))
                .done();
        assertEquals(List.of("heat-map-steps.svg", "lines-steps.svg"), figures());
        String svg = Files.readString(folder.resolve("figures/heat-map-steps.svg"));
        assertTrue(svg.contains("steps over depth and step size"), svg.substring(0, 600));
    }

    @Test
    void directoriesOfOneNameHaveFoldersOfTheirOwn() throws Exception {
        Path one = run("a/run");
        Path other = run("b/run");
        Cli.Result result = Cli.execute(
                "report",
                one.toString(),
                other.toString(),
                "-o",
                folder + "/page.html",
                "--figures",
                folder + "/figures",
                "--format",
                "svg");
        assertEquals(ExitCode.DONE, result.status());
        assertTrue(figures().containsAll(List.of("run/loss.svg", "run-2/loss.svg")));
    }

    @Test
    void withoutTheOptionNothingIsDrawn() throws Exception {
        assertEquals(ExitCode.DONE, report(run("one")).status());
        assertFalse(Files.exists(folder.resolve("figures")));
    }

    @ParameterizedTest
    @CsvSource({
        "--format, png, figures are svg or pdf",
        "--width, 85, 90 mm wide",
        "--measure, test_error, 'they have effective_rank, loss, plateau_1, steps'",
        "--keys, seed, was not swept",
        "--keys, 'depth,depth', the same key twice",
        "--keys, 'a,b,c', one key or two"
    })
    void whatThereIsNotIsRefusedInOneLine(String option, String value, String words) {
        String line = report(sweep, into(option, value)).refused(ExitCode.USAGE);
        assertTrue(line.contains(option + " " + value.split(",", 2)[0]) || line.contains(option + ":"), line);
        assertTrue(line.contains(words), line);
    }

    @Test
    void aDamagedTableIsRefused() throws Exception {
        Files.writeString(sweep.resolve("sweep.csv"), TABLE.replace("1.6", "many"));
        assertTrue(report(sweep, into()).refused(ExitCode.FILES).contains("column effective_rank: 'many'"));
    }

    @Test
    void aFolderThatIsAFileIsRefused() throws Exception {
        Files.writeString(folder.resolve("figures"), "");
        assertTrue(report(sweep, into()).refused(ExitCode.FILES).contains("figures"));
    }
}
