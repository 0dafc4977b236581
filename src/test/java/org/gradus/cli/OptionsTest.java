package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gradus.backend.cuda.RealDriver;
import org.gradus.experiment.ConfigReader;
import org.gradus.experiment.Overrides;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void writeTheConfiguration() throws IOException {
        cli = new Cli(folder);
    }

    @Test
    void aRunTellsWhatItDoesOnStandardErrorAndNothingOnStandardOutput() {
        Cli.Result result = cli.run().done();
        assertEquals("", result.out());
        List<String> said = result.err();
        assertEquals(8, said.size(), said::toString);
        assertTrue(said.get(0).startsWith("target   6×6 synthetic symmetric"), said::toString);
        assertTrue(said.get(2).startsWith("solver   modes: "), said::toString);
        assertTrue(said.get(3).contains("0.01"), said::toString);
        assertEquals("results  " + cli.file(""), said.get(6));
        assertEquals("done: all 20 steps were carried out", said.get(7));
    }

    @Test
    void quietSaysNothingWhereNothingIsWrong() {
        assertEquals(List.of(), cli.run("--quiet").done().err());
    }

    @Test
    void loggingOptionsMayStandBeforeTheCommand() {
        Cli.Result result =
                Cli.execute("--quiet", "run", cli.config().toString(), "--no-plots", "--output=" + cli.file(""));
        assertEquals(List.of(), result.done().err());
    }

    @Test
    void verboseAddsTheStackTraceToTheOneLine() {
        List<String> said = cli.run("--verbose", "descent.steps=-1").err();
        assertTrue(said.get(0).startsWith("gradus: --set descent.steps=-1: "), said::toString);
        assertTrue(said.get(1).startsWith("org.gradus.experiment.ConfigException: "), said::toString);
        assertTrue(said.get(2).startsWith("\tat org.gradus."), said::toString);
    }

    @Test
    void theLogFileHasEveryMessageWithItsTimeAndErrorsToo() throws IOException {
        Path log = folder.resolve("log.txt");
        cli.run("--log-file=" + log, "--quiet").done();
        cli.run("--log-file=" + log).refused(ExitCode.FILES);
        List<String> lines = Files.readAllLines(log);
        String time = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3} ";
        assertTrue(lines.get(0).matches(time + "INFO .*target   6×6 .*"), lines::toString);
        assertTrue(lines.get(7).matches(time + "INFO .*done: all 20 steps.*"), lines::toString);
        assertTrue(lines.get(8).matches(time + "ERROR .*already holds a run.*"), lines::toString);
    }

    @Test
    void aDryRunPrintsAConfigurationThatReadsBackAndRunsNothing() throws IOException {
        Cli.Result result = cli.run("--dry-run", "descent.steps=7").done();
        assertFalse(Files.exists(cli.file("")));
        assertTrue(result.out().contains("# memory   "), result.out());
        assertTrue(result.out().contains("# backend  cpu"), result.out());
        assertTrue(result.out().contains("# solver   modes"), result.out());
        Path again = Files.writeString(folder.resolve("again.yaml"), result.out());
        assertEquals(
                7,
                ConfigReader.read(again, List.of(), Overrides.none()).descent().steps());
        Cli.Result second = Cli.execute("run", again.toString(), "--dry-run");
        String free = "; .* available"; // which changes while other programs run
        assertEquals(result.out().replaceAll(free, ""), second.out().replaceAll(free, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "run ", "predict ", "devices ", "init "})
    void everyCommandHasHelpAndVersion(String command) {
        Cli.Result help = Cli.execute((command + "--help").split(" ")).done();
        assertTrue(help.out().startsWith("Usage: gradus " + command.strip()), help.out());
        for (String option : List.of("--help", "--version", "--quiet", "--verbose", "--log-file")) {
            assertTrue(help.out().contains(option), help.out());
        }
        Cli.Result version = Cli.execute((command + "--version").split(" ")).done();
        assertTrue(version.out().matches("gradus \\S+ \\(\\S+\\)\\R"), version.out());
    }

    @Test
    void helpWinsOverABadLogFileAndWritesNone() {
        Path log = folder.resolve("log.txt");
        Cli.execute("run", "--help", "--log-file", log.toString()).done();
        assertFalse(Files.exists(log));
    }

    @Test
    void initWritesAConfigurationThatRuns() {
        Path file = folder.resolve("new.yaml");
        Cli.execute("init", file.toString()).done();
        String line = Cli.execute("init", file.toString()).refused(ExitCode.FILES);
        assertTrue(line.contains("exists already; name another file, or add --overwrite"), line);
        Cli.execute("init", file.toString(), "--overwrite").done();
        Cli.execute("run", file.toString(), "--set=descent.steps=3", "--no-plots", "--output=" + cli.file(""))
                .done();
        assertEquals(3, ((Number) cli.outcome().get("step")).intValue());
    }

    @Test
    void devicesAsJsonNameEveryBackendAndTheReasonOfTheUnusable() {
        String out = Cli.execute("devices", "--json").done().out();
        assertTrue(out.contains("\"name\" : \"cpu\"") && out.contains("\"available_bytes\""), out);
        assertTrue(out.contains("\"name\" : \"cuda\""), out);
    }

    @Test
    void withoutADriverDevicesNeitherFailsNorNamesADevice() {
        RealDriver.assumeAbsent();
        String out = Cli.execute("devices", "--json").done().out();
        assertTrue(out.contains("\"reason\" : \"cuda: no NVIDIA driver was found (libcuda.so.1); "), out);
        assertFalse(out.contains("\"devices\""), out);
    }

    @Test
    void devicesSaysOfEachBackendWhetherItCanRunHere() {
        String out = Cli.execute("devices").done().out();
        assertTrue(out.matches("(?s)cpu +usable .*\\Rcuda +(not )?usable +.*\\Rreference +usable .*\\R"), out);
    }

    @Test
    void theCommandIsKeptAsAShellReadsItBack() {
        assertEquals(
                "gradus run 'my file.yaml' --set 'a={b: 1}' 'it'\\''s' '' --x=1",
                CommandText.of(List.of("run", "my file.yaml", "--set", "a={b: 1}", "it's", "", "--x=1")));
    }
}
