package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several processes in one directory. */
final class SweepShardTest {
    private static final String[] SMALL = {
        "factors.initialization={kind: gaussian, scale: 0.3}",
        "compute={backend: cpu, threads: 1}",
        "sweep={over: {factors.depth: [2, 3], factors.initialization.seed: [5, 6, 7]}}"
    };

    private static final String[] LONG = {
        "compute={backend: cpu, threads: 1}",
        "record.steps={every: 100000}",
        "sweep={mode: zip, over: {descent.steps: [20, 1000000000]}}"
    };

    @TempDir
    private Path folder;

    private Cli cli;
    private SweepFiles sweep;
    private SweepFiles whole;

    @BeforeEach
    void writeTheConfiguration() throws IOException {
        cli = new Cli(folder);
        sweep = new SweepFiles(cli, folder.resolve("sweep"), SMALL);
        whole = new SweepFiles(cli, folder.resolve("whole"), SMALL);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 6, 9})
    void theLastShardPutsTogetherWhatOneProcessWouldHaveWritten(int count) throws IOException {
        whole.sweep().done();
        List<Integer> order = new ArrayList<>(List.of(count));
        for (int i = 1; i < count; i++) {
            order.add(i);
        }
        for (int i : order) {
            assertFalse(Files.exists(sweep.file("sweep.csv")));
            sweep.sweep("--shard=" + i + "/" + count).done();
        }
        if (count > 6) {
            sweep.sweep().done(); // shards without runs write no table, so none knows that it is the last
        }
        sweep.assertSameAs(whole);
        List<String> said = sweep.sweep().done().err();
        assertTrue(said.contains("all 6 runs are there already"), said::toString);
    }

    @Test
    void aShardHasATableOfItsOwnAndTellsWhatFellToIt() throws IOException {
        List<String> said = sweep.sweep("--shard=2/3").done().err();
        assertTrue(said.contains("shard    2/3: 2 runs"), said::toString);
        List<String> rows = Files.readAllLines(sweep.file("sweep-2-of-3.csv"));
        assertEquals(3, rows.size());
        assertTrue(rows.get(1).startsWith("0003,2,7,done,20,"), rows.get(1));
        assertTrue(rows.get(2).startsWith("0004,3,5,done,20,"), rows.get(2));
        assertFalse(Files.exists(sweep.run(1)));
        assertTrue(sweep.sweep("--shard=2/3").done().err().contains("all 2 runs are there already"));
    }

    @Test
    void withoutTheOptionTheRestIsCarriedOut() throws IOException {
        sweep.sweep("--shard=1/3").done();
        List<String> said = sweep.sweep().done().err();
        assertTrue(said.contains("2 of 6 runs are there already"), said::toString);
        whole.sweep().done();
        sweep.assertSameAs(whole);
    }

    @Test
    void aShardWithoutARunSaysSo() {
        SweepFiles two = new SweepFiles(cli, folder.resolve("two"), "sweep={over: {descent.steps: [1, 2]}}");
        List<String> said = two.sweep("--shard=1/9").done().err();
        assertEquals(List.of("no run falls to shard 1/9: the sweep has 2"), said);
        assertFalse(Files.exists(two.file("")));
    }

    @Test
    void aShardOfAnotherSweepIsRefused() {
        sweep.sweep("--shard=1/3").done();
        String line = sweep.sweep("--shard=2/3", "descent.steps=30").refused(ExitCode.FILES);
        assertTrue(line.contains("holds another sweep: descent.steps is 20 there and 30 here"), line);
    }

    @Test
    void aShardDoesNotOverwriteAndIsWrittenAsItMustBe() {
        String line = sweep.sweep("--shard=1/3", "--overwrite").refused(ExitCode.USAGE);
        assertTrue(line.startsWith("gradus: --overwrite: each shard would remove what the others wrote"), line);
        assertEquals(
                "gradus: --shard 5/4: must be i/n, with i from 1 to n",
                sweep.sweep("--shard=5/4").refused(ExitCode.USAGE));
        assertFalse(Files.exists(sweep.file("")));
    }

    @Test
    void aDryRunTellsTheShard() {
        String out = sweep.sweep("--shard=1/3", "--dry-run").done().out();
        assertTrue(out.contains("# shard    1/3: 2 runs\n") && out.contains("# batch    of the first 2 runs\n"), out);
        assertFalse(Files.exists(sweep.file("")));
    }

    @Test
    void overwritingRemovesTheTablesOfShards() {
        sweep.sweep("--shard=1/3").done();
        sweep.sweep("--overwrite").done();
        assertFalse(Files.exists(sweep.file("sweep-1-of-3.csv")));
    }

    /** Run 1 is shard 1, run 2, which does not end, is shard 2. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void whileAShardRunsOthersOfItsKindMayAndNothingElse() throws Exception {
        SweepFiles shared = new SweepFiles(cli, folder.resolve("shared"), LONG);
        try (Fork fork = Fork.start(folder, "", List.of(), shared.arguments("--shard=2/2"))) {
            fork.await(() -> Files.exists(shared.run(2).resolve("trajectory.csv")));
            shared.sweep("--shard=1/2").done();
            assertFalse(Files.exists(shared.file("sweep.csv")));
            String busy = " is carrying out shard 2/2 of the sweep there";
            for (String[] other : new String[][] {{}, {"--overwrite"}, {"--shard=2/2"}, {"--shard=1/3"}}) {
                String line = shared.sweep(other).refused(ExitCode.FILES);
                assertTrue(line.matches(".*: another process \\(pid \\d+\\)" + busy), line);
            }
            fork.signal("TERM");
            assertEquals(143, fork.exit(10));
        }
        assertEquals("interrupted", shared.status(2));
        assertFalse(Files.exists(shared.file("sweep.csv")));
        assertTrue(Files.readString(shared.file("sweep-2-of-2.csv")).contains("0002,1000000000,interrupted,"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void shardsThatRunAtTheSameTimeLeaveOneWholeSweep() throws Exception {
        int count = 3;
        List<Fork> forks = new ArrayList<>();
        try {
            for (int i = 1; i <= count; i++) {
                forks.add(Fork.start(folder, "", List.of(), sweep.arguments("--shard=" + i + "/" + count)));
            }
            for (Fork fork : forks) {
                assertEquals(0, fork.exit(120), () -> "" + forks);
            }
        } finally {
            forks.forEach(Fork::close);
        }
        whole.sweep().done();
        sweep.assertSameAs(whole);
    }
}
