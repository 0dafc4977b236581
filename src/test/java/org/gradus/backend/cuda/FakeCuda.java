package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Libraries that can be loaded and whose functions all answer 0, made by the C compiler, and a process of its own to load
 * them in: a driver that is too old, without devices, without a function. They stand in for the emulator's, all in one
 * folder, or with {@link #at} for those of a machine whose root is the folder.
 */
final class FakeCuda {
    /** Variables by which the machine that runs the test may lead to libraries of its own. */
    private static final List<String> CHOICES = List.of(
            "GRADUS_CUDA",
            "GRADUS_PYTHON_ENV",
            "GRADUS_EMULATED_GPU",
            "CUDA_HOME",
            "CUDA_PATH",
            "LD_LIBRARY_PATH",
            "VIRTUAL_ENV",
            "CONDA_PREFIX");

    private final Path folder;
    private final Map<String, String> written = new HashMap<>();
    private Path place;

    /** Skips the test where there is no C compiler, or no natives of JCuda. */
    FakeCuda(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        place = folder;
        assumeTrue(
                FakeCuda.class.getResource("/lib/libJNvrtc-12.6.0-linux-x86_64.so") != null,
                "JCuda has no natives for this platform");
        assumeTrue(
                List.of("/usr/bin/cc", "/usr/local/bin/cc").stream().anyMatch(cc -> Files.isExecutable(Path.of(cc))),
                "no C compiler");
    }

    /** What follows lies here, below the machine's root. */
    FakeCuda at(String name) throws IOException {
        place = Files.createDirectories(folder.resolve(name));
        return this;
    }

    Path place() {
        return place;
    }

    /** Functions in C that are more than an answer of 0. */
    FakeCuda write(String label, String source) {
        written.merge(label, source, String::concat);
        return this;
    }

    /** @param version of CUDA as the driver tells it */
    FakeCuda driver(int version, int devices, String... without) throws Exception {
        write("cuda", """
                int cuDriverGetVersion(int *v) { *v = VERSION; return 0; }
                int cuDeviceGetCount(int *n) { *n = DEVICES; return 0; }
                int cuDeviceGetName(char *s, int n, int d) { s[0] = 'A' + d; s[1] = 0; return 0; }
                int cuDeviceGet(int *d, int i) { *d = i; return 0; }
                int cuDeviceTotalMem_v2(unsigned long *n, int d) { *n = (d + 1ul) << 30; return 0; }
                int cuDeviceGetPCIBusId(char *s, int n, int d) { s[0] = '0' + d; s[1] = 0; return 0; }
                int cuMemGetInfo_v2(unsigned long *f, unsigned long *t) { *f = 1ul << 29; return 0; }
                int cuDeviceGetUuid(char *b, int d) { for (int i = 0; i < 16; i++) b[i] = i - d; return 0; }
                int cuDeviceGetAttribute(int *v, int a, int d) { *v = a; return 0; }
                """.replace("VERSION", "" + version).replace("DEVICES", "" + devices));
        return library("cuda", CudaLibrary.DRIVER_FILE, List.of(without));
    }

    /** What JCuda's natives link to, besides the driver. */
    FakeCuda toolkit() throws Exception {
        return toolkit(CudaRelease.CUDA_12, CudaLibrary.linked());
    }

    /** A whole toolkit, without some functions. */
    FakeCuda toolkit(CudaRelease release, String... without) throws Exception {
        return toolkit(release, CudaLibrary.ofCuda(), without);
    }

    private FakeCuda toolkit(CudaRelease release, List<CudaLibrary> libraries, String... without) throws Exception {
        boolean twelve = release == CudaRelease.CUDA_12;
        write(
                "cublas",
                "int cublasGetProperty(int p, int *v) { *v = " + (twelve ? "12 - 3 * p" : "13 - 6 * p")
                        + "; return 0; }\n");
        write("cusolver", "int cusolverGetVersion(int *v) { *v = " + (twelve ? 11701 : 12004) + "; return 0; }\n");
        write(
                "nvrtc",
                "int nvrtcVersion(int *a, int *b) { *a = " + release.major() + "; *b = " + (twelve ? 6 : 1)
                        + "; return 0; }\n");
        for (CudaLibrary library : libraries) {
            String minor = library != CudaLibrary.NVRTC_BUILTINS ? "" : twelve ? "6" : "1";
            library(library.label(), library.file(release) + minor, List.of(without));
        }
        return this;
    }

    private FakeCuda library(String label, String file, List<String> without) throws Exception {
        String own = written.getOrDefault(label, "");
        written.remove(label);
        StringBuilder source = new StringBuilder(own);
        for (String name : EntryPoints.all().getOrDefault(label, List.of("none"))) {
            if (!own.contains("int " + name + "(") && !without.contains(name)) {
                source.append("int ").append(name).append("(void) { return 0; }\n");
            }
        }
        Path code = Files.writeString(folder.resolve(label + ".c"), source);
        Path node = Files.writeString(folder.resolve(label + ".map"), file + " { global: *; };\n");
        List<String> command = new ArrayList<>(List.of(
                "cc", "-shared", "-fPIC", "-w", "-Wl,-soname," + file, "-o", place.resolve(file) + "", code + ""));
        if (CudaLibrary.linked().stream().anyMatch(library -> library.label().equals(label))) {
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
                "-Dgradus.emulated-gpu=" + place.equals(folder),
                "-Dgradus.emulator=" + folder,
                "-Dgradus.root=" + folder,
                "-cp",
                System.getProperty("java.class.path")
                        .replace(File.pathSeparator + File.pathSeparator, File.pathSeparator),
                LoadingProcess.class.getName()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().keySet().removeAll(CHOICES);
        builder.environment().put("GRADUS_CACHE", folder.resolve("cache").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return Files.readAllLines(out);
    }
}
