package org.gradus.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.gradus.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HostileYamlTest {
    @TempDir
    Path folder;

    static Stream<Arguments> hostileTexts() {
        String bomb = "a: &a [" + "x,".repeat(30) + "]\n" + "b: &b [" + "*a,".repeat(30) + "]\n" + "c: &c ["
                + "*b,".repeat(30) + "]\n" + "d: [" + "*c,".repeat(30) + "]\n";
        StringBuilder doubling = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i <= 50; i++) {
            doubling.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        return Stream.of(
                Arguments.of(bomb, ": holds more than 400000 values"),
                Arguments.of(doubling.toString(), "holds more than 400000 values"),
                Arguments.of("a: &a 1\nb: [" + "*a,".repeat(101) + "]", ":2:305: has more than 100 aliases"),
                Arguments.of("a: &a [*a]", ":1:8: the alias '*a' names nothing that is complete before it"),
                Arguments.of("&a problem: {b: *c}", ":1:17: the alias '*c' names nothing that is complete before it"),
                Arguments.of("[".repeat(1 << 19), ":1:33: is nested deeper than 32 levels"),
                Arguments.of("{".repeat(1 << 19), ":1:33: is nested deeper than 32 levels"),
                Arguments.of("- ".repeat(1 << 18), ":1:65: is nested deeper than 32 levels"),
                Arguments.of(
                        "a: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL [x]]]]",
                        ":1:4: the tag 'tag:yaml.org,2002:javax.script.ScriptEngineManager' is refused; a"
                                + " configuration needs no tags"),
                Arguments.of("a: !" + "x".repeat(1 << 19) + " 1", ":1:4: the tag '!xxx"),
                Arguments.of(
                        "{\"" + ("k".repeat(1000) + "\": {\"").repeat(30) + "k\": [" + "x,".repeat(400_000) + "]"
                                + "}".repeat(31),
                        ": holds more than 400000 values"),
                Arguments.of("a: !local 1", ":1:4: the tag '!local' is refused; a configuration needs no tags"),
                Arguments.of(
                        "a: !!set {x}",
                        ":1:4: the tag 'tag:yaml.org,2002:set' is refused; a configuration needs no tags"),
                Arguments.of(
                        "a: !!binary aGk=",
                        ":1:4: the tag 'tag:yaml.org,2002:binary' is refused; a configuration needs no tags"),
                Arguments.of("a: 1\n---\nb: 2\n", ":2:1: holds several documents; a configuration is one"),
                Arguments.of("? [a, b]\n: 1", ":1:3: a key must be a word, not a list or a mapping"),
                Arguments.of("a: " + "x".repeat(4097), ":1:4: a value has more than 4096 characters"),
                Arguments.of("a: b: c", ":1:5: is not YAML: mapping values are not allowed here"),
                Arguments.of("a: [1, 2", ":1:9: is not YAML: "),
                Arguments.of("a:\n\t- 1", ":2:1: is not YAML: "),
                Arguments.of("a: 'open", "is not YAML: "),
                Arguments.of("%YAML 3.0\n---\na: 1", "is not YAML: "),
                Arguments.of("ab: \u0000", ":1:5: is not YAML: the character U+0000 is not allowed"),
                Arguments.of("x: 1\nyy: a\u0007b", ":2:6: is not YAML: the character U+0007 is not allowed"));
    }

    @ParameterizedTest
    @MethodSource("hostileTexts")
    void yamlBeyondTheBoundsIsRefusedWithLineAndColumn(String text, String words) throws IOException {
        Path file = ConfigFiles.write(folder, text);
        String message = assertTimeout(Duration.ofSeconds(5), () -> refusal(file));
        assertTrue(message.startsWith(file + ":"), message);
        assertTrue(message.contains(words), message);
        assertEquals(1, message.lines().count());
        assertTrue(message.length() < file.toString().length() + 400, message);
    }

    @Test
    void aFileOfTenMegabytesIsRefusedUnread() throws IOException {
        Path file = folder.resolve("big.yaml");
        try (RandomAccessFile big = new RandomAccessFile(file.toFile(), "rw")) {
            big.setLength(10_000_000);
        }
        assertEquals(file + ": is larger than 1 MiB; that is no configuration", refusal(file));
    }

    @Test
    void aMissingFileIsRefusedWithTheRemedy() {
        Path file = folder.resolve("none.yaml");
        assertEquals(file + ": does not exist; `gradus init` writes a configuration to start from", refusal(file));
    }

    @Test
    void aFolderIsRefused() {
        assertEquals(folder + ": is a folder; a configuration is a YAML file", refusal(folder));
    }

    @Test
    void bytesThatAreNotUtf8AreRefusedWithTheirPosition() throws IOException {
        Path file = Files.write(folder.resolve("latin.yaml"), "a: é".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(file + ": is not UTF-8 at byte 3; a configuration is UTF-8 text", refusal(file));
    }

    @Test
    void aByteOrderMarkIsPassedOver() throws IOException {
        Path file = ConfigFiles.write(folder, "\uFEFF" + String.join("\n", ConfigFiles.MINIMAL));
        assertEquals(100, ConfigFiles.read(file).descent().steps());
    }

    @Test
    void aliasesAndCoreTagsWithinTheBoundsAreRead() throws IOException {
        Path file = ConfigFiles.minimalWith(
                folder, 9, "record: {steps: &rows [0, !!int 10, 20], products: *rows, factors: !!bool 'true'}");
        Config config = ConfigFiles.read(file);
        assertEquals(List.of(0L, 10L, 20L), config.record().products());
        assertTrue(config.record().factors());
    }

    /** Whatever the bytes: a configuration, or a refusal of one line. */
    @Test
    void damagedConfigurationsNeverEndOtherwiseThanInARefusalOfOneLine() throws IOException {
        long seed = 20_240_607;
        Random random = new Random(seed);
        byte[] template = ConfigTemplate.text().getBytes(StandardCharsets.UTF_8);
        byte[] marks = "{}[]:,-?&*!|>'\"%@`#\n\t \\~.0e_é\0".getBytes(StandardCharsets.UTF_8);
        Path file = folder.resolve("damaged.yaml");
        int refused = 0;
        for (int round = 0; round < 1500; round++) {
            byte[] damaged = template.clone();
            for (int i = 0; i <= round % 4; i++) {
                damaged[random.nextInt(damaged.length)] = marks[random.nextInt(marks.length)];
            }
            Files.write(file, damaged);
            try {
                ConfigFiles.read(file);
            } catch (ConfigException | StoreException e) {
                refused++;
                assertEquals(1, e.getMessage().lines().count(), "seed " + seed + ", round " + round);
            }
        }
        assertTrue(refused > 100, refused + " of the damaged configurations were refused");
    }

    private static String refusal(Path file) {
        return assertThrows(StoreException.class, () -> ConfigFiles.read(file)).getMessage();
    }
}
