package org.gradus.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ShardTest {
    @TempDir
    private Path folder;

    private List<SweepGroup> groups(String over) throws IOException {
        String text = String.join("\n", ConfigFiles.MINIMAL) + "\nsweep: {over: " + over + "}\n";
        return Sweep.read(ConfigFiles.write(folder, text), List.of(), Overrides.none(), false)
                .groups();
    }

    private static List<Integer> numbers(List<SweepGroup> groups) {
        return groups.stream().flatMap(group -> group.numbers().stream()).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x         | --shard x: must be i/n, such as 2/4: the second of four shards",
                "1         | --shard 1: must be i/n, such as 2/4: the second of four shards",
                "1/2/3     | --shard 1/2/3: must be i/n, such as 2/4: the second of four shards",
                "-1/4      | --shard -1/4: must be i/n, such as 2/4: the second of four shards",
                "1.5/4     | --shard 1.5/4: must be i/n, such as 2/4: the second of four shards",
                "0/4       | --shard 0/4: must be i/n, with i from 1 to n",
                "5/4       | --shard 5/4: must be i/n, with i from 1 to n",
                "1/0       | --shard 1/0: must be i/n, with n from 1 to 100000",
                "1/1000000 | --shard 1/1000000: must be i/n, with n from 1 to 100000",
                "9/9999999999 | --shard 9/9999999999: must be i/n, such as 2/4: the second of four shards"
            })
    void whatIsNoShardIsRefusedWithARemedy(String text, String message) {
        assertEquals(
                message,
                assertThrows(ConfigException.class, () -> Shard.parse(text)).getMessage());
    }

    @Test
    void aShardIsNamedByItsNumberAndTheirCount() {
        assertEquals(new Shard(2, 4), Shard.parse("2/4"));
        assertEquals("2-of-4", Shard.parse("2/4").name());
        assertEquals(List.of("1-of-2", "2-of-2"), Shard.parse("1/2").names());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 24, 100})
    void everyRunFallsToExactlyOneShard(int count) throws IOException {
        List<SweepGroup> groups = groups(
                "{factors.depth: [2, 3, 4], descent.steps: [1, 1000], factors.initialization.scale: [0.1, 0.2, 0.3, 0.4]}");
        List<Integer> all = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            all.addAll(numbers(new Shard(i, count).of(groups)));
        }
        assertEquals(numbers(groups), all);
    }

    @Test
    void runsOfEqualWorkAreDealtInPiecesOfEqualLength() throws IOException {
        List<SweepGroup> groups =
                groups("{factors.depth: [2, 3], factors.initialization.scale: {from: 1, to: 2, count: 5}}");
        List<SweepGroup> equal = groups.stream()
                .map(group -> new SweepGroup(group.numbers(), group.compute(), group.problem(), 1, 7.0, 0))
                .toList();
        assertEquals(
                List.of(List.of(1, 2, 3), List.of(4, 5, 6, 7), List.of(8, 9, 10)),
                IntStream.rangeClosed(1, 3)
                        .mapToObj(i -> numbers(new Shard(i, 3).of(equal)))
                        .toList());
        assertEquals(2, new Shard(2, 3).of(equal).size(), "of two groups");
    }

    @Test
    void longRunsCountForMore() throws IOException {
        List<SweepGroup> groups = groups("{descent.steps: [100000000, 100000001, 300000000]}");
        assertEquals(List.of(1, 2), numbers(new Shard(1, 2).of(groups)));
        assertEquals(List.of(3), numbers(new Shard(2, 2).of(groups)));
    }

    @Test
    void deeperAndWiderRunsCountForMore() throws IOException {
        List<SweepGroup> groups = groups("{factors.depth: [2, 5]}");
        assertTrue(groups.get(1).work() > groups.get(0).work());
    }
}
