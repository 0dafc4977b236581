package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gradus.backend.BackendException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The messages that docs/gpu.md explains are those that the program says. */
final class GpuGuideTest {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern STATUS =
            Pattern.compile("(?:\\w+: )?((CUDA_ERROR|CUBLAS_STATUS|CUSOLVER_STATUS|NVRTC_ERROR)_\\w+) \\((\\d+)\\)");

    /** Shorter ones, such as a bracket, occur anywhere. */
    private static final int SHORTEST = 4;

    /** All code in the first column of the table of messages. */
    private static List<String> messages() throws IOException {
        List<String> messages = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(Path.of("docs/gpu.md"))) {
            inside = line.startsWith("## ") ? line.equals("## Troubleshooting") : inside;
            if (inside && line.startsWith("| ")) {
                Matcher code = CODE.matcher(line.substring(2, line.indexOf(" |", 2)));
                while (code.find()) {
                    messages.add(code.group(1));
                }
            }
        }
        return messages;
    }

    static List<String> sentences() throws IOException {
        return messages().stream()
                .filter(message -> !STATUS.matcher(message).matches())
                .toList();
    }

    static List<String> statuses() throws IOException {
        return messages().stream()
                .filter(message -> STATUS.matcher(message).matches())
                .toList();
    }

    /** Texts that go on over several lines are joined. */
    private static String program() throws IOException {
        StringBuilder text = new StringBuilder(Files.readString(Path.of("bundle/gradus")));
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path source : files.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(source)).append('\n');
            }
        }
        return text.toString().replaceAll("\"\\s*\\+\\s*\"", "");
    }

    @ParameterizedTest
    @MethodSource("sentences")
    void everySentenceIsSaidSomewhere(String message) throws IOException {
        String program = program();
        List<String> unknown = Stream.of(message.split("…", -1))
                .map(String::strip)
                .filter(part -> part.length() >= SHORTEST && !program.contains(part))
                .filter(part -> !part.matches("GRADUS_(CUDA|PYTHON_ENV)="))
                .toList();
        assertEquals(List.of(), unknown);
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void everyStatusHasItsNameNumberAndAHint(String message) {
        Matcher status = STATUS.matcher(message);
        assertTrue(status.matches());
        int number = Integer.parseInt(status.group(3));
        String said = assertThrows(BackendException.class, () -> {
                    switch (status.group(2)) {
                        case "CUDA_ERROR" -> Status.driver("call", number);
                        case "CUBLAS_STATUS" -> Status.blas("call", number);
                        case "CUSOLVER_STATUS" -> Status.solver("call", number);
                        default -> Status.nvrtc("call", number);
                    }
                })
                .getMessage();
        assertTrue(said.startsWith("cuda: call: " + status.group(1) + " (" + number + "); "), said);
    }

    /** Each is explained in one place. */
    @Test
    void noMessageIsThereTwice() throws IOException {
        List<String> all = messages();
        assertFalse(all.isEmpty());
        String twice = all.stream()
                .filter(message -> all.indexOf(message) != all.lastIndexOf(message))
                .collect(Collectors.joining("\n"));
        assertEquals("", twice);
    }
}
