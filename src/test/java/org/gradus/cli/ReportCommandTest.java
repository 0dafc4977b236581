package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gradus.store.JsonFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gradus report} in this process: what it reads, what it refuses, what the page's data say. */
final class ReportCommandTest {
    private static final String SWEEP = "sweep={over: {factors.depth: [2, 3], descent.step-size: [0.01, 0.02, 50]}}";

    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void writeTheConfiguration() throws IOException {
        cli = new Cli(folder);
    }

    private Path run(String name, String... settings) {
        return carryOut("run", name, settings);
    }

    private Path sweep(String name, String... settings) {
        return carryOut("sweep", name, settings);
    }

    private Path carryOut(String command, String name, String... settings) {
        Path output = folder.resolve(name);
        List<String> arguments =
                new ArrayList<>(List.of(command, cli.config().toString(), "--no-plots", "--output", output.toString()));
        for (String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        assertEquals(0, Cli.execute(arguments.toArray(String[]::new)).status());
        return output;
    }

    private static Cli.Result report(Path... directories) {
        List<String> arguments = new ArrayList<>(List.of("report"));
        for (Path directory : directories) {
            arguments.add(directory.toString());
        }
        return Cli.execute(arguments.toArray(String[]::new));
    }

    private Cli.Result reportTo(Path page, Path... directories) {
        List<String> arguments = new ArrayList<>(List.of("report", "-o", page.toString()));
        for (Path directory : directories) {
            arguments.add(directory.toString());
        }
        return Cli.execute(arguments.toArray(String[]::new));
    }

    private Map<String, Object> data(Path page) throws IOException {
        String text = Files.readString(page);
        String begin = "id=\"gradus-data\">";
        int from = text.indexOf(begin) + begin.length();
        Path file =
                Files.writeString(folder.resolve("data.json"), text.substring(from, text.indexOf("</script>", from)));
        return JsonFile.read(file);
    }

    private static List<Map<?, ?>> runs(Map<String, Object> data) {
        List<Map<?, ?>> runs = new ArrayList<>();
        ((List<?>) data.get("runs")).forEach(run -> runs.add((Map<?, ?>) run));
        return runs;
    }

    private static void rewrite(Path file, String key, Object value) {
        Map<String, Object> content = new LinkedHashMap<>(JsonFile.read(file));
        content.put(key, value);
        JsonFile.write(file, content);
    }

    @Test
    void onePageOfARunStandsInItsDirectoryWithCurvesPicturesAndPrediction() throws IOException {
        Path run = run("<b>one", "record.products=[0, 20]", "record.factors=true", "descent.steps=600");
        assertTrue(report(run).done().err().get(0).contains("report.html written: 1 run"));
        Map<?, ?> shown = runs(data(run.resolve("report.html"))).get(0);
        assertEquals("<b>one", shown.get("name"));
        assertEquals("done", shown.get("status"));
        Map<?, ?> columns = (Map<?, ?>) shown.get("columns");
        assertTrue(columns.keySet().containsAll(List.of("loss", "effective_rank", "sigma_1", "factor_3_sigma_1")));
        assertFalse(columns.containsKey("nuclear_norm"));
        assertEquals(2, ((List<?>) shown.get("pictures")).size());
        assertFalse(((List<?>) shown.get("crossings")).isEmpty());
        assertTrue(Files.readString(run.resolve("report.html")).contains("step_size_monotone_limit"));
    }

    @Test
    void aSweepShowsEveryRunWithItsParametersAndWhatDiverged() throws IOException {
        Path sweep = sweep("sweep", SWEEP);
        report(sweep).done();
        Map<String, Object> data = data(sweep.resolve("report.html"));
        assertEquals(List.of("factors.depth", "descent.step-size"), data.get("parameters"));
        assertEquals(List.of("0001", "0002", "0003", "0004", "0005", "0006"), names(data));
        assertEquals("diverged", runs(data).get(2).get("status"));
        assertEquals(
                Map.of("factors.depth", 3, "descent.step-size", 0.02),
                runs(data).get(4).get("parameters"));
    }

    private static List<?> names(Map<String, Object> data) {
        return runs(data).stream().map(run -> run.get("name")).toList();
    }

    @Test
    void ofManyRunsAnUnreadableOneIsShownWithItsReason() throws IOException {
        Path sweep = sweep("sweep", SWEEP);
        Files.writeString(sweep.resolve("runs/0002/trajectory.csv"), "step,loss,effective_rank\n0,riddle,1\n");
        Files.writeString(sweep.resolve("runs/0004/manifest.json"), "{");
        rewrite(sweep.resolve("runs/0005/manifest.json"), "format", 99);
        Cli.Result result = report(sweep);
        assertEquals(0, result.status());
        assertTrue(result.err().toString().contains("3 of 6 runs cannot be read"), result.err()::toString);
        List<Map<?, ?>> runs = runs(data(sweep.resolve("report.html")));
        for (int i : new int[] {1, 3, 4}) {
            assertEquals("unreadable", runs.get(i).get("status"));
            assertFalse(runs.get(i).containsKey("steps"));
        }
        assertTrue(runs.get(1).get("reason").toString().contains("'riddle' is not a number"));
        assertTrue(runs.get(4).get("reason").toString().contains("newer Gradus"));
        assertTrue(runs.get(0).containsKey("steps"));
    }

    @Test
    void aRunThatCouldNotBeCarriedOutIsTakenFromTheTableOfItsSweep() throws IOException {
        Path sweep = sweep("sweep", SWEEP);
        Path table = sweep.resolve("sweep.csv");
        Files.writeString(
                table,
                Files.readString(table) + "0007,3,0.5,failed" + ",".repeat(headerCells(table) - 4) + "\n"
                        + "../../secret,3,0.7,failed" + ",".repeat(headerCells(table) - 4) + "\n");
        report(sweep).done();
        Map<String, Object> data = data(sweep.resolve("report.html"));
        Map<?, ?> failed = runs(data).stream()
                .filter(run -> run.get("name").equals("0007"))
                .findFirst()
                .orElseThrow();
        assertEquals("failed", failed.get("status"));
        assertEquals(Map.of("factors.depth", 3, "descent.step-size", 0.5), failed.get("parameters"));
        assertEquals(8, runs(data).size());
    }

    private static int headerCells(Path table) throws IOException {
        return Files.readAllLines(table).get(0).split(",", -1).length;
    }

    @Test
    void aFolderAndAMixtureShowAllRunsBelowThemByDifferentNames() throws IOException {
        run("all/one/same");
        run("all/two/same", "factors.depth=2");
        sweep("all/sweep", "sweep={over: {factors.depth: [2, 3]}}");
        Path extra = run("extra/same");
        report(folder.resolve("all")).done();
        assertEquals(
                List.of("one/same", "sweep/0001", "sweep/0002", "two/same"),
                names(data(folder.resolve("all/report.html"))));
        Path page = folder.resolve("mixed.html");
        reportTo(page, folder.resolve("all/sweep"), extra, folder.resolve("all/one/same"))
                .done();
        assertEquals(
                List.of(
                        "sweep/0001",
                        "sweep/0002",
                        extra.toString(),
                        folder.resolve("all/one/same").toString()),
                names(data(page)));
    }

    @Test
    void whatCannotBeShownIsRefusedInOneLine() throws IOException {
        Path run = run("run");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertTrue(report(empty).refused(ExitCode.FILES).contains("empty: holds no run"));
        assertTrue(report(folder.resolve("absent")).refused(ExitCode.FILES).contains("absent: no such directory"));
        assertTrue(report(cli.config()).refused(ExitCode.FILES).contains("no such directory"));
        assertTrue(reportTo(folder.resolve("page.pdf"), run)
                .refused(ExitCode.USAGE)
                .contains(".html"));
        Files.createDirectories(run.resolve("report.html"));
        assertTrue(report(run).refused(ExitCode.FILES).contains("not a regular file"));
        Path page = folder.resolve("page.html");
        rewrite(run.resolve("manifest.json"), "format", 2);
        assertTrue(reportTo(page, run).refused(ExitCode.FILES).contains("newer Gradus"));
        rewrite(run.resolve("manifest.json"), "format", 1);
        Files.writeString(run.resolve("trajectory.csv"), "step,loss,effective_rank\n");
        assertTrue(reportTo(page, run).refused(ExitCode.FILES).contains("has no rows"));
        assertFalse(Files.exists(page));
        assertTrue(Cli.execute("report").refused(ExitCode.USAGE).contains("DIR"));
    }

    @Test
    void aSweepOfWhichNothingIsReadableOrOfANewerFormatIsRefused() throws IOException {
        Path sweep = sweep("sweep", "sweep={over: {factors.depth: [2, 3]}}");
        Files.delete(sweep.resolve("runs/0001/trajectory.csv"));
        Files.delete(sweep.resolve("runs/0002/trajectory.csv"));
        assertTrue(report(sweep).refused(ExitCode.FILES).contains("none of the 2 runs can be read; the first"));
        rewrite(sweep.resolve("sweep.json"), "format", 7);
        assertTrue(report(sweep).refused(ExitCode.FILES).contains("newer Gradus"));
    }

    @Test
    void aPictureThatIsDamagedIsLeftOutAndSaid() throws IOException {
        Path run = run("run", "record.products=[0, 10, 20]");
        Files.writeString(run.resolve("products/step_000000010.png"), "no picture");
        Cli.Result result = report(run);
        assertEquals(0, result.status());
        assertTrue(result.err().toString().contains("A picture is left out"), result.err()::toString);
        assertEquals(2, ((List<?>) runs(data(run.resolve("report.html"))).get(0).get("pictures")).size());
    }
}
