package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gradus.store.JsonFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code gradus reproduce} in this process, with the shortest experiment. */
final class ReproduceCommandTest {
    private static final String NAME = "negative-eigenvalues";
    private static final String SHORT = "record.steps.geometric=1.1";

    @TempDir
    private Path folder;

    private Cli.Result reproduce(String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("reproduce", "--output", folder.resolve("out").toString()));
        arguments.addAll(List.of(more));
        return Cli.execute(arguments.toArray(String[]::new));
    }

    private Path out(String name) {
        return folder.resolve("out").resolve(name);
    }

    private Map<?, ?> verdict() {
        List<?> all = (List<?>) JsonFile.read(out("verdicts.json")).get("verdicts");
        assertEquals(1, all.size());
        return (Map<?, ?>) all.get(0);
    }

    @Test
    void theListHasNamesDurationsAndClaims() {
        String list = Cli.execute("reproduce", "--list").done().out();
        assertTrue(list.contains("spectrum-recovery"), list);
        assertTrue(
                list.lines().allMatch(line -> line.matches("[a-z0-9-]+ +[0-9.]+ (s|min|h)( \\*)? +[A-Z].*\\.|\\* .*")),
                list);
    }

    @Test
    void aNamedListIsTheConfigurationThatCanBeEditedAndGivenBack() throws IOException {
        String yaml = Cli.execute("reproduce", "--list", NAME).done().out();
        Path own = Files.writeString(folder.resolve("own.yaml"), yaml.replace("geometric: 1.01", "geometric: 1.1"));
        reproduce(NAME, "--config", own.toString()).done();
        assertEquals("configuration " + own, verdict().get("changes"));
        assertEquals(true, verdict().get("holds"));
        assertEquals(Files.readString(own), Files.readString(out(NAME + "/configuration.yaml")));
    }

    @Test
    void resultsLieInAFolderOfTheExperimentAndOnePage() throws IOException {
        Cli.Result result = reproduce(NAME, "--set", SHORT).done();
        assertTrue(result.err().get(0).startsWith(NAME + ", about 1 s"), result.err()::toString);
        assertTrue(result.err().get(1).matches(NAME + " \\([0-9.]+ s\\) holds: .*"), result.err()::toString);
        assertEquals("--set " + SHORT, verdict().get("changes"));
        for (String name : List.of(
                "configuration.yaml",
                "verdict.json",
                "figure.svg",
                "perturbed/product.npy",
                "identical/sweep.csv",
                "identical/runs/0002/manifest.json")) {
            assertTrue(Files.exists(out(NAME).resolve(name)), name);
        }
        String page = Files.readString(out("report.html"));
        assertTrue(page.contains((String) verdict().get("claim")));
        assertTrue(page.contains("not as published: --set " + SHORT));
        assertTrue(page.contains("src=\"data:image/svg+xml;base64,"));
        assertFalse(page.contains("http"), "the page needs the network");
    }

    @Test
    void whatIsThereIsJudgedAnewOnly() throws IOException {
        reproduce(NAME, "--set", SHORT).done();
        Path table = out(NAME + "/perturbed/trajectory.csv");
        FileTime written = Files.getLastModifiedTime(table);
        Object seconds = verdict().get("duration_seconds");
        Cli.Result again = reproduce(NAME, "--set", SHORT).done();
        assertTrue(again.err().get(1).startsWith(NAME + " (judged anew) holds: "), again.err()::toString);
        assertEquals(written, Files.getLastModifiedTime(table));
        assertEquals(seconds, verdict().get("duration_seconds"));
    }

    @Test
    void anInterruptedPartIsCarriedOutAgainAndTheOthersStay() throws IOException {
        reproduce(NAME, "--set", SHORT).done();
        Path perturbed = out(NAME + "/perturbed/manifest.json");
        Files.writeString(perturbed, Files.readString(perturbed).replace("\"done\"", "\"interrupted\""));
        FileTime other = Files.getLastModifiedTime(out(NAME + "/identical/runs/0001/trajectory.csv"));
        Cli.Result again = reproduce(NAME, "--set", SHORT).done();
        assertFalse(again.err().get(1).contains("judged anew"), again.err()::toString);
        assertTrue(Files.readString(perturbed).contains("\"done\""));
        assertEquals(other, Files.getLastModifiedTime(out(NAME + "/identical/runs/0001/trajectory.csv")));
    }

    @Test
    void resultsOfAnotherConfigurationStayWithoutOverwrite() {
        reproduce(NAME, "--set", SHORT).done();
        String line = reproduce(NAME, "--set", "record.steps.geometric=1.2").refused(ExitCode.FILES);
        assertTrue(line.endsWith("identical: holds results of another configuration; --overwrite replaces them"), line);
        reproduce(NAME, "--set", "record.steps.geometric=1.2", "--overwrite").done();
        assertEquals("--set record.steps.geometric=1.2", verdict().get("changes"));
    }

    @Test
    void aVerdictThatDoesNotHoldIsSaidAndNoFailure() {
        Cli.Result result = reproduce(NAME, "--set", SHORT, "--set", "descent.steps=300");
        assertEquals(0, result.status());
        assertTrue(result.err().get(1).contains("does not hold: "), result.err()::toString);
        assertEquals(false, verdict().get("holds"));
    }

    @Test
    void aSettingOfOnePartLeavesTheOthers() {
        reproduce(NAME, "--set", SHORT, "--set", "perturbed:factors.initialization.perturbation=0.1")
                .done();
        assertEquals(
                "--set " + SHORT + ", --set perturbed:factors.initialization.perturbation=0.1",
                verdict().get("changes"));
    }

    @Test
    void whatStandsOnTheCommandLineIsNoMarkup() throws IOException {
        String target =
                "problem.target.synthetic={rows: 16, spectrum: [4, 2, 1, -3, -1.5], symmetric: true} # <script>";
        reproduce(NAME, "--set", SHORT, "--set", target).done();
        String page = Files.readString(out("report.html"));
        assertFalse(page.contains("<script"), page);
        assertTrue(page.contains("&lt;script&gt;"), page);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "negative-eigenvaleus | 2 | no experiment 'negative-eigenvaleus'; did you mean 'negative-eigenvalues'?",
                "nonsense             | 2 | no experiment 'nonsense'; known: spectrum-recovery, ",
                "--config x.yaml      | 2 | --config is the configuration of one experiment; name one before it",
                "negative-eigenvalues --config missing.yaml | 5 | missing.yaml: does not exist",
                "negative-eigenvalues --set descent.stesp=3 | 2 | --set descent.stesp=3: descent.stesp: unknown key",
                "negative-eigenvalues --set steps           | 2 | --set steps: has no '='",
                "negative-eigenvalues --set other:descent.steps=3 | 2 | other:descent"
            })
    void badUsageIsOneLineAndWritesNothing(String arguments, int status, String expected) {
        String line = reproduce(arguments.trim().split(" +")).refused(status);
        assertTrue(line.contains(expected), line);
        assertFalse(Files.exists(out("")), line);
    }

    @Test
    void anEditedConfigurationIsCheckedBeforeAnythingIsWritten() throws IOException {
        String yaml = Cli.execute("reproduce", "--list", NAME).done().out();
        Path wrong = Files.writeString(folder.resolve("wrong.yaml"), yaml.replace("perturbation", "pertubation"));
        String line = reproduce(NAME, "--config", wrong.toString()).refused(ExitCode.USAGE);
        long at = yaml.lines().takeWhile(one -> !one.contains("perturbation:")).count() + 1;
        assertTrue(line.contains(wrong + ":" + at + ": factors.initialization.pertubation: "), line);
        Path half = Files.writeString(folder.resolve("half.yaml"), yaml.substring(0, yaml.indexOf("---")));
        line = reproduce(NAME, "--config", half.toString()).refused(ExitCode.USAGE);
        assertTrue(line.contains("has 1 documents; negative-eigenvalues has 2: identical, perturbed"), line);
        assertFalse(Files.exists(out("")));
    }

    @Test
    void anOutputThatIsAFileIsRefused() throws IOException {
        Files.writeString(folder.resolve("out"), "");
        String line = reproduce(NAME).refused(ExitCode.FILES);
        assertTrue(line.endsWith("out: is a file; results need a directory"), line);
    }

    @Test
    void aDamagedVerdictIsSaid() throws IOException {
        reproduce(NAME, "--set", SHORT).done();
        Files.createDirectories(out("spectrum-recovery"));
        Files.writeString(out("spectrum-recovery/verdict.json"), "{\"measures\": 3}");
        Cli.Result result = reproduce(NAME, "--set", SHORT);
        assertEquals(ExitCode.FILES, result.status());
        String last = result.err().get(result.err().size() - 1);
        assertTrue(last.contains("verdict.json: is no verdict as reproduce writes it"), last);
    }
}
