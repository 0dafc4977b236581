package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** NVIDIA's own compiler, where it is installed, takes the kernels without a warning and without spilling registers. */
final class NvccTest {
    private static final List<Integer> ARCHITECTURES = List.of(75, 80, 90);

    @TempDir
    static Path folder;

    private static final ExecutorService TWO_AT_ONCE = Executors.newFixedThreadPool(2);
    private static final Map<String, Future<String>> OUTCOMES = new ConcurrentHashMap<>();

    static Stream<Arguments> compilations() {
        return Stream.of(KernelSource.values())
                .flatMap(source -> Stream.of("double", "float").map(real -> Arguments.of(source, real)));
    }

    @BeforeAll
    static void begin() {
        Optional<Path> nvcc = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(each -> Path.of(each, "nvcc"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(nvcc.isPresent(), "nvcc is not on the PATH");
        compilations().map(Arguments::get).forEach(each -> {
            String name = each[0] + "-" + each[1];
            OUTCOMES.put(
                    name,
                    TWO_AT_ONCE.submit(
                            () -> compile(nvcc.orElseThrow(), (KernelSource) each[0], each[1].toString(), name)));
        });
    }

    @AfterAll
    static void end() {
        TWO_AT_ONCE.shutdownNow();
    }

    @ParameterizedTest
    @MethodSource("compilations")
    void nvccCompilesWithoutAWarningForEveryArchitecture(KernelSource source, String real) throws Exception {
        assertEquals("status 0\n", OUTCOMES.get(source + "-" + real).get());
    }

    /** The status, and what was printed. */
    private static String compile(Path nvcc, KernelSource source, String real, String name)
            throws IOException, InterruptedException {
        Path own = Files.createDirectory(folder.resolve(name));
        Path text = Files.writeString(own.resolve(source.fileName()), source.text());
        Path log = own.resolve("log");
        List<String> command = new ArrayList<>(List.of(
                nvcc.toString(),
                "--std=c++17",
                "--fatbin",
                "-DREAL=" + real,
                "--Werror=all-warnings",
                "--ptxas-options=--warn-on-spills",
                "--output-file=" + own.resolve("out.fatbin"),
                text.toString()));
        ARCHITECTURES.forEach(each -> command.add("--generate-code=arch=compute_" + each + ",code=sm_" + each));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertTrue(process.waitFor(5, TimeUnit.MINUTES), "nvcc goes on and on");
            return "status " + process.exitValue() + "\n" + Files.readString(log);
        } finally {
            process.destroy();
        }
    }
}
