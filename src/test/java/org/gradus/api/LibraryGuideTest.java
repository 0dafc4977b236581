package org.gradus.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.gradus.store.RunDirectory;
import org.gradus.store.Trajectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of docs/library.md, each compiled and run as one of its own, with no log chosen. */
final class LibraryGuideTest {
    private static final Path GUIDE = Path.of("docs/library.md");
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    private record Program(String imports, String body) {}

    /** What a program says on standard output, line by line. */
    private record Said(List<String> lines) {
        String last() {
            return lines.get(lines.size() - 1);
        }
    }

    @BeforeEach
    void copyTheExample() throws IOException {
        Files.createDirectories(folder.resolve("examples"));
        Files.copy(Path.of("examples/staircase.yaml"), folder.resolve("examples/staircase.yaml"));
    }

    private static List<Program> programs() throws IOException {
        List<Program> programs = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(GUIDE));
        while (block.find()) {
            int body = block.group(1).indexOf("\n\n");
            programs.add(new Program(
                    block.group(1).substring(0, body),
                    block.group(1).substring(body).strip()));
        }
        return programs;
    }

    /** Without the tests, their libraries and logback, which nobody who depends on Gradus gets. */
    private static String classPath() {
        return String.join(
                File.pathSeparator,
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> !entry.contains("logback") && !entry.endsWith("test-classes"))
                        .toList());
    }

    private Said run(int number) throws IOException, InterruptedException {
        Program program = programs().get(number);
        Path source = Files.writeString(
                folder.resolve("Program.java"),
                program.imports()
                        + "\nclass Program {\n    public static void main(String[] arguments) throws Exception {\n"
                        + program.body() + "\n    }\n}\n");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter told = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            told,
                            files,
                            null,
                            List.of(
                                    "-Xlint:all,-classfile,-path,-processing",
                                    "-Werror",
                                    "-proc:none",
                                    "-cp",
                                    classPath(),
                                    "-d",
                                    folder.toString()),
                            null,
                            files.getJavaFileObjects(source))
                    .call();
            assertTrue(compiled, told::toString);
        }
        return launch();
    }

    private Said launch() throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dorg.bytedeco.javacpp.maxBytes=0",
                        "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                        "-cp",
                        folder + File.pathSeparator + classPath(),
                        "Program")
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), "not done after two minutes");
        assertEquals(0, process.exitValue(), Files.readString(err));
        assertEquals(
                List.of(),
                Files.readAllLines(err).stream()
                        .filter(line -> !line.startsWith("SLF4J")) // that no log was chosen
                        .toList());
        return new Said(Files.readAllLines(out));
    }

    @Test
    void theGuideHasFourPrograms() throws IOException {
        assertEquals(4, programs().size());
        long ten = programs().get(0).body().lines().count()
                + programs().get(0).imports().lines().count();
        assertTrue(ten <= 10, ten + " lines");
    }

    @Test
    void aRunInMemoryTellsItsRowsAndWritesNoFile() throws IOException, InterruptedException {
        Said said = run(0);
        assertTrue(said.lines().get(0).startsWith("0 100.0"), said.lines().get(0));
        String outcome = said.lines().get(said.lines().size() - 2);
        assertTrue(outcome.startsWith("Outcome[status=DONE, step=2000"), outcome);
        assertEquals(10, Double.parseDouble(outcome.substring(outcome.lastIndexOf(' ') + 1)), 1e-9);
        assertTrue(!Files.exists(folder.resolve("runs")));
    }

    @Test
    void predictionsAreToldBeforehand() throws IOException, InterruptedException {
        Said said = run(1);
        assertTrue(said.lines().stream().anyMatch(line -> line.matches("rank 2: steps \\d+ to \\d+")), said::toString);
        assertTrue(said.lines().stream().anyMatch(line -> line.matches("10\\.\\d* \\d+")), said::toString);
    }

    @Test
    void aRunIsStoppedByAnotherThreadAndHasItsFiles() throws IOException, InterruptedException {
        assertEquals("INTERRUPTED", run(2).last());
        try (RunDirectory run = RunDirectory.reopen(folder.resolve("runs/library"))) {
            assertTrue(Trajectory.read(run.trajectory()).rows() > 100);
            assertTrue(Files.exists(run.arrays()) && Files.exists(run.product()) && Files.exists(run.manifest()));
        }
    }

    @Test
    void fourSeedsAreFourResults() throws IOException, InterruptedException {
        assertEquals(4, run(3).lines().stream().distinct().count());
    }
}
