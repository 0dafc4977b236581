package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.gradus.store.JsonFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BenchCommandTest {
    @TempDir
    private Path folder;

    private static Cli.Result bench(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "bench";
        all[1] = "--rounds=1";
        all[2] = "--slot=0.002";
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return Cli.execute(all);
    }

    @Test
    void aLineForEachCellAndAResultThatCanBeCompared() {
        Path file = folder.resolve("result.json");
        Cli.Result result = bench("--sizes=6,9", "--depths=2", "--batches=1,2", "--output=" + file)
                .done();
        List<String> lines = result.out().lines().toList();
        assertTrue(lines.get(1).matches("4 cells, done within \\d+:\\d\\d"), lines.get(1));
        assertEquals(4, lines.stream().filter(line -> line.startsWith("dense ")).count());
        assertTrue(lines.get(7).startsWith("done in 0:0"), lines::toString);
        Map<String, Object> tree = JsonFile.read(file);
        assertEquals(4, ((List<?>) tree.get("cells")).size());
        assertEquals(false, ((Map<?, ?>) tree.get("machine")).get("pinned"));
        Cli.Result ratios = Cli.execute("bench", "--compare", file.toString(), file.toString())
                .done();
        assertEquals(
                4,
                ratios.out()
                        .lines()
                        .filter(line -> line.startsWith("step 1.000~  record 1.000  dense"))
                        .count());
    }

    @Test
    void withJsonNothingElseIsPrinted() throws IOException {
        Cli.Result result = bench("--sizes=6", "--json", "--backends=reference").done();
        Path file = Files.writeString(folder.resolve("printed.json"), result.out());
        assertEquals(1, ((List<?>) JsonFile.read(file).get("cells")).size());
    }

    @Test
    void eachWorkerIsBoundToACoreOnDemand() {
        Cli.Result result = bench("--sizes=6", "--json", "--pin").done();
        assertTrue(result.out().contains("\"pinned\" : true"), result.out());
        assertEquals(Pinning.cores().size(), Pinning.cores().stream().distinct().count());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--sizes=0           | --sizes 0: a whole number from 1 to 65536",
                "--sizes=8,70000     | --sizes 70000: a whole number from 1 to 65536",
                "--sizes=x           | 'x' is not an int",
                "--depths=-1         | --depths -1: a whole number from 1 to 1000",
                "--batches=0         | --batches 0: a whole number from 1 to 1048576",
                "--threads=0         | --threads 0: a whole number from 1 to 1024",
                "--rounds=0          | --rounds 0: a whole number from 1 to 10000",
                "--slot=0            | --slot 0.0: a number of seconds above 0",
                "--slot=NaN          | --slot NaN: a number of seconds above 0",
                "--limit=-3          | --limit -3.0: a number of seconds above 0",
                "--backends=gpu      | --backends gpu: one of cpu, cuda, reference",
                "--precisions=half   | expected one of",
                "--precisions=tf32   | --precisions tf32 is an arithmetic of CUDA devices",
                "--solvers=subspace --sizes=8 | no solver of the list fits these sizes",
            })
    void wrongUsageIsToldInOneLine(String arguments, String words) {
        String[] all = ("bench " + arguments).split(" ", -1);
        String line = Cli.execute(all).refused(ExitCode.USAGE);
        assertTrue(line.contains(words), line);
    }

    @Test
    void whatIsNoResultCannotBeCompared() throws IOException {
        Path other = Files.writeString(folder.resolve("other.json"), "{}");
        String line = Cli.execute("bench", "--compare", other.toString(), other.toString())
                .refused(ExitCode.FILES);
        assertTrue(line.contains("has no list cells; gradus bench --output FILE writes one"), line);
        Cli.execute("bench", "--compare", "absent.json", other.toString()).refused(ExitCode.FILES);
    }
}
