package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** NVIDIA's own compiler, where it is installed, takes the kernels without a warning and without spilling registers. */
final class NvccTest {
    @TempDir
    Path folder;

    static Stream<Arguments> compilations() {
        return Stream.of(KernelSource.values())
                .flatMap(source -> Stream.of("sm_75", "sm_80", "sm_90")
                        .flatMap(device ->
                                Stream.of("double", "float").map(real -> Arguments.of(source, device, real))));
    }

    private static Optional<Path> nvcc() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(each -> Path.of(each, "nvcc"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @ParameterizedTest
    @MethodSource("compilations")
    void nvccCompilesWithoutAWarning(KernelSource source, String device, String real)
            throws IOException, InterruptedException {
        Optional<Path> nvcc = nvcc();
        assumeTrue(nvcc.isPresent(), "nvcc is not on the PATH");
        Path text = Files.writeString(folder.resolve(source.fileName()), source.text());
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(List.of(
                        nvcc.orElseThrow().toString(),
                        "--std=c++17",
                        "--cubin",
                        "--gpu-architecture=" + device,
                        "-DREAL=" + real,
                        "--Werror=all-warnings",
                        "--ptxas-options=--warn-on-spills",
                        "--output-file=" + folder.resolve("out.cubin"),
                        text.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertTrue(process.waitFor(5, TimeUnit.MINUTES), "nvcc goes on and on");
        assertEquals(0, process.exitValue(), () -> read(log));
    }

    private static String read(Path log) {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
