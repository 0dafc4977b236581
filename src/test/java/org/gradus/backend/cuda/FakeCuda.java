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
import java.util.concurrent.TimeUnit;

/**
 * Libraries that can be loaded and whose functions all answer 0, made by the C compiler, and a process of its own to load
 * them in: a driver that is too old, without devices, without a function.
 */
final class FakeCuda {
    /** CUDA 12.4's. */
    private static final Map<CudaLibrary, String> VERSIONS = Map.of(
            CudaLibrary.CUBLAS, "int cublasGetProperty(int p, int *v) { *v = p == 0 ? 12 : p + 3; return 0; }\n",
            CudaLibrary.CUSOLVER, "int cusolverGetVersion(int *v) { *v = 11601; return 0; }\n",
            CudaLibrary.NVRTC, "int nvrtcVersion(int *major, int *minor) { *major = 12; *minor = 4; return 0; }\n");

    private final Path folder;

    /** Skips the test where there is no C compiler, or no natives of JCuda. */
    FakeCuda(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        assumeTrue(
                FakeCuda.class.getResource("/lib/libJNvrtc-12.6.0-linux-x86_64.so") != null,
                "JCuda has no natives for this platform");
        assumeTrue(
                List.of("/usr/bin/cc", "/usr/local/bin/cc").stream().anyMatch(cc -> Files.isExecutable(Path.of(cc))),
                "no C compiler");
    }

    /** @param version of CUDA as the driver tells it */
    FakeCuda driver(int version, int devices, String... without) throws Exception {
        StringBuilder source = new StringBuilder();
        source.append("int cuDriverGetVersion(int *v) { *v = " + version + "; return 0; }\n");
        source.append("int cuDeviceGetCount(int *n) { *n = " + devices + "; return 0; }\n");
        source.append("int cuDeviceGetName(char *s, int n, int d) { s[0] = 'A' + d; s[1] = 0; return 0; }\n");
        source.append("int cuDeviceGet(int *d, int i) { *d = i; return 0; }\n");
        source.append("int cuDeviceTotalMem_v2(unsigned long *n, int d) { *n = (d + 1ul) << 30; return 0; }\n");
        source.append("int cuDeviceGetPCIBusId(char *s, int n, int d) { s[0] = '0' + d; s[1] = 0; return 0; }\n");
        source.append("int cuMemGetInfo_v2(unsigned long *f, unsigned long *t) { *f = 1ul << 29; return 0; }\n");
        source.append("int cuDeviceGetUuid(char *b, int d) { for (int i = 0; i < 16; i++) b[i] = i - d; return 0; }\n");
        source.append("int cuDeviceGetAttribute(int *v, int a, int d) { *v = a; return 0; }\n");
        return library("cuda", CudaLibrary.DRIVER_FILE, source.toString(), List.of(without));
    }

    /** What JCuda's natives link to, besides the driver. */
    FakeCuda toolkit() throws Exception {
        for (CudaLibrary library : CudaLibrary.ofEmulator()) {
            library(library.label(), library.file(), VERSIONS.getOrDefault(library, ""), List.of());
        }
        return this;
    }

    private FakeCuda library(String label, String file, String written, List<String> without) throws Exception {
        StringBuilder source = new StringBuilder(written);
        for (String name : EntryPoints.all().getOrDefault(label, List.of("none"))) {
            if (!written.contains("int " + name + "(") && !without.contains(name)) {
                source.append("int ").append(name).append("(void) { return 0; }\n");
            }
        }
        Path code = Files.writeString(folder.resolve(label + ".c"), source);
        Path node = Files.writeString(folder.resolve(label + ".map"), file + " { global: *; };\n");
        List<String> command = new ArrayList<>(List.of(
                "cc", "-shared", "-fPIC", "-w", "-Wl,-soname," + file, "-o", folder.resolve(file) + "", code + ""));
        if (!label.equals("cuda")) {
            command.add("-Wl,--version-script=" + node);
        }
        assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
        return this;
    }

    /** The lines that {@link LoadingProcess} prints. */
    List<String> run(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:-PrintWarnings",
                "-Dgradus.emulated-gpu=true",
                "-Dgradus.emulator=" + folder,
                "-cp",
                System.getProperty("java.class.path")
                        .replace(File.pathSeparator + File.pathSeparator, File.pathSeparator),
                LoadingProcess.class.getName()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().put("GRADUS_CACHE", folder.resolve("cache").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return Files.readAllLines(out);
    }
}
