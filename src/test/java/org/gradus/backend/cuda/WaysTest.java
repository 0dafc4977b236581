package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.gradus.backend.BackendException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file system of empty files: nothing is opened, let alone loaded. */
final class WaysTest {
    private static final List<String> CUDA_12 = List.of(
            "libnvJitLink.so.12",
            "libcublasLt.so.12",
            "libcublas.so.12",
            "libcusparse.so.12",
            "libcusolver.so.11",
            "libcusolverMg.so.11",
            "libnvrtc-builtins.so.12.6",
            "libnvrtc.so.12");

    private static final List<String> CUDA_13 = List.of(
            "libnvJitLink.so.13",
            "libcublasLt.so.13",
            "libcublas.so.13",
            "libcusparse.so.12",
            "libcusolver.so.12",
            "libcusolverMg.so.12",
            "libnvrtc-builtins.so.13.0",
            "libnvrtc.so.13");

    @TempDir
    Path root;

    private Path folder(String name, List<String> files) throws IOException {
        Path folder = Files.createDirectories(root.resolve(name));
        for (String file : files) {
            Files.createFile(folder.resolve(file));
        }
        return folder;
    }

    private Ways.Finding finding(Map<String, String> environment) {
        Ways ways = Ways.of(new SystemFolders(environment, root), Optional::empty);
        return ways.find().orElseThrow(ways::nothing);
    }

    private Map<CudaLibrary, Path> find(Map<String, String> environment) {
        return finding(environment).toolkit().libraries();
    }

    private Optional<Path> driver(Map<String, String> environment) {
        return new LibrarySearch(new SystemFolders(environment, root).driver()).find(CudaLibrary.DRIVER_FILE);
    }

    private String refusal(Map<String, String> environment) {
        return assertThrows(BackendException.class, () -> find(environment)).getMessage();
    }

    private static List<Path> in(Path folder, List<String> files) {
        return files.stream().map(folder::resolve).toList();
    }

    private String refusal() {
        return refusal(Map.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"usr/lib/x86_64-linux-gnu", "usr/lib64", "usr/lib/wsl/lib", "usr/lib", "usr/local/nvidia/lib64"})
    void theDriverIsFoundWhereSystemsPutIt(String name) throws IOException {
        assertEquals(Optional.empty(), driver(Map.of()));
        Path folder = folder(name, List.of("libcuda.so.1"));
        assertEquals(Optional.of(folder.resolve("libcuda.so.1")), driver(Map.of()));
    }

    @Test
    void theLoadersPathGoesFirstAndItsConfigurationLast() throws IOException {
        Path mine = folder("mine", List.of("libcuda.so.1"));
        Path configured = folder("opt/odd", List.of("libcuda.so.1"));
        Files.createDirectories(root.resolve("etc/ld.so.conf.d"));
        Files.writeString(
                root.resolve("etc/ld.so.conf.d/odd.conf"), "# no folder\ninclude x\n" + configured + "\n/none\n");
        assertEquals(configured.resolve("libcuda.so.1"), driver(Map.of()).orElseThrow());
        Path system = folder("usr/lib64", List.of("libcuda.so.1"));
        assertEquals(system.resolve("libcuda.so.1"), driver(Map.of()).orElseThrow());
        Map<String, String> environment = Map.of("LD_LIBRARY_PATH", ":/none:" + mine);
        assertEquals(mine.resolve("libcuda.so.1"), driver(environment).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "usr/local/cuda/lib64",
                "usr/local/cuda-12.4/targets/x86_64-linux/lib",
                "usr/lib/x86_64-linux-gnu",
                "usr/lib64",
                "opt/cuda/lib64"
            })
    void aToolkitIsFoundWhereSystemsPutItInTheOrderOfLoading(String name) throws IOException {
        Path folder = folder(name, CUDA_12);
        assertEquals(
                CUDA_12.stream().map(folder::resolve).toList(),
                List.copyOf(find(Map.of()).values()));
    }

    @Test
    void aNamedToolkitGoesFirstThenTheNewest() throws IOException {
        folder("usr/local/cuda-12.4/lib64", CUDA_12);
        Path newest = folder("usr/local/cuda-12.10/lib64", CUDA_12);
        Path named = folder("named/lib", CUDA_12);
        assertEquals(newest.resolve("libcublas.so.12"), find(Map.of()).get(CudaLibrary.CUBLAS));
        for (String variable : List.of("CUDA_HOME", "CUDA_PATH")) {
            Map<String, String> environment =
                    Map.of(variable, root.resolve("named").toString());
            assertEquals(named.resolve("libcublas.so.12"), find(environment).get(CudaLibrary.CUBLAS));
        }
    }

    @Test
    void librariesOfOneReleaseAreKeptTogetherAndSplitFoldersJoined() throws IOException {
        Path whole = folder("usr/local/cuda-12.2/lib64", CUDA_12);
        folder("usr/local/cuda-12.9/lib64", List.of("libcusolver.so.11", "libnvrtc-builtins.so.12.9"));
        Map<CudaLibrary, Path> found = find(Map.of());
        assertEquals(whole.resolve("libcusolver.so.11"), found.get(CudaLibrary.CUSOLVER));
        assertEquals(whole.resolve("libnvrtc-builtins.so.12.6"), found.get(CudaLibrary.NVRTC_BUILTINS));

        Files.delete(whole.resolve("libnvrtc.so.12"));
        Path other = folder("usr/lib64", List.of("libnvrtc.so.12", "libnvrtc-builtins.so.12.1"));
        assertEquals(other.resolve("libnvrtc.so.12"), find(Map.of()).get(CudaLibrary.NVRTC));
        assertEquals(other.resolve("libnvrtc-builtins.so.12.1"), find(Map.of()).get(CudaLibrary.NVRTC_BUILTINS));
    }

    @Test
    void ofSeveralBuiltinsThoseOfNvrtcsVersionAreTakenElseTheNewest() throws IOException {
        Path folder = folder("usr/local/cuda/lib64", CUDA_12);
        Files.createFile(folder.resolve("libnvrtc-builtins.so.12.10"));
        Files.createFile(folder.resolve("libnvrtc-builtins.so.12.4.99"));
        assertEquals(
                folder.resolve("libnvrtc-builtins.so.12.10"), find(Map.of()).get(CudaLibrary.NVRTC_BUILTINS));
        Files.move(folder.resolve("libnvrtc.so.12"), folder.resolve("libnvrtc.so.12.6.85"));
        Files.createSymbolicLink(folder.resolve("libnvrtc.so.12"), Path.of("libnvrtc.so.12.6.85"));
        assertEquals(folder.resolve("libnvrtc-builtins.so.12.6"), find(Map.of()).get(CudaLibrary.NVRTC_BUILTINS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"usr/local/cuda/lib64", "usr/local/cuda-13.1/targets/x86_64-linux/lib", "usr/lib64"})
    void cuda13IsFoundInTheSameFoldersAfterCuda12(String name) throws IOException {
        Path folder = folder(name, CUDA_13);
        Toolkit toolkit = finding(Map.of()).toolkit();
        assertEquals(in(folder, CUDA_13), List.copyOf(toolkit.libraries().values()));
        assertEquals("CUDA 13 (the system's)", toolkit.describe());
        folder("opt/cuda/lib64", CUDA_12);
        assertEquals("CUDA 12 (the system's)", finding(Map.of()).toolkit().describe());
    }

    @ParameterizedTest
    @CsvSource({
        "VIRTUAL_ENV,       the active Python environment's",
        "CONDA_PREFIX,      the active Python environment's",
        "GRADUS_PYTHON_ENV, GRADUS_PYTHON_ENV=",
    })
    void aPythonEnvironmentsPackagesAreTakenAsPipLaysThemOut(String variable, String way) throws IOException {
        String packages = "my env/lib/python3.11/site-packages/nvidia/";
        Map<String, String> environment =
                Map.of(variable, root.resolve("my env").toString());
        Path split = folder(packages + "cublas/lib", CUDA_13.subList(0, 4));
        Path other = folder(packages + "cusolver/lib", CUDA_13.subList(4, 8));
        assertEquals(
                Stream.concat(in(split, CUDA_13.subList(0, 4)).stream(), in(other, CUDA_13.subList(4, 8)).stream())
                        .toList(),
                List.copyOf(find(environment).values()));
        Path together = folder(packages + "cu13/lib", CUDA_13);
        Toolkit toolkit = finding(environment).toolkit();
        assertEquals(in(together, CUDA_13), List.copyOf(toolkit.libraries().values()));
        assertTrue(toolkit.describe().startsWith("CUDA 13 (" + way), toolkit::describe);
    }

    @Test
    void theWaysHaveAnOrder() throws IOException {
        folder("env/lib", CUDA_13);
        folder("named env/lib", CUDA_13);
        folder("named", CUDA_12);
        Map<String, String> environment = new HashMap<>(Map.of("VIRTUAL_ENV", root.resolve("env") + ""));
        List<String> order = new ArrayList<>();
        order.add(finding(environment).toolkit().way());
        folder("usr/local/cuda-13.0/lib64", CUDA_13);
        order.add(finding(environment).toolkit().describe());
        folder("usr/local/cuda-12.0/lib64", CUDA_12);
        order.add(finding(environment).toolkit().describe());
        Path jar = folder("jar", CUDA_12);
        Way redist = () -> Toolkit.find("jar", CudaRelease.CUDA_12, List.of(jar), CudaLibrary.ofCuda());
        for (String variable : List.of("", "GRADUS_PYTHON_ENV", "GRADUS_CUDA")) {
            environment.put(variable, root.resolve(variable.equals("GRADUS_CUDA") ? "named" : "named env") + "");
            order.add(Ways.of(new SystemFolders(environment, root), redist)
                    .find()
                    .orElseThrow()
                    .toolkit()
                    .way());
        }
        assertEquals(
                List.of(
                        "the active Python environment's",
                        "CUDA 13 (the system's)",
                        "CUDA 12 (the system's)",
                        "jar",
                        "GRADUS_PYTHON_ENV=" + root.resolve("named env"),
                        "GRADUS_CUDA=" + root.resolve("named")),
                order);
    }

    @Test
    void whatIsNamedIsTakenOrRefusedThoughOthersAreThere() throws IOException {
        folder("usr/lib64", CUDA_12);
        Path empty = folder("empty", List.of());
        Path none = root.resolve("none");
        assertEquals(
                "cuda: GRADUS_CUDA=" + none + " is no folder; let it name a folder with libcublas.so.12 or"
                        + " libcublas.so.13 in it, its lib64 or its lib",
                refusal(Map.of("GRADUS_CUDA", none.toString())));
        assertEquals(
                "cuda: GRADUS_PYTHON_ENV=" + empty + " has no libraries of CUDA 12 or 13; let it name a Python"
                        + " environment with the packages nvidia-cublas, nvidia-cusolver and nvidia-cuda-nvrtc",
                refusal(Map.of("GRADUS_PYTHON_ENV", empty.toString())));
        Path half = folder("half/lib64", List.of("libcublas.so.13"));
        String said = refusal(Map.of("GRADUS_CUDA", half.getParent().toString()));
        assertTrue(said.startsWith("cuda: CUDA 13 is here only in part (GRADUS_CUDA=" + half.getParent()), said);
        assertTrue(refusal(Map.of("GRADUS_CUDA", "a\0b")).startsWith("cuda: GRADUS_CUDA is no path: "));
        assertEquals(
                "the system's", finding(Map.of("GRADUS_CUDA", " ")).toolkit().way());
    }

    @Test
    void whereNothingIsTheFoldersLookedAtAreNamed() throws IOException {
        String start =
                "cuda: no libraries of CUDA 12 or 13 were found; install CUDA 12 or 13, or take one of the other ways"
                        + " of docs/gpu.md (";
        assertEquals(start + "no folder of libraries is there)", refusal());
        Path folder = folder("usr/lib64", List.of("libcusparse.so.12", "libcublas.so"));
        assertEquals(start + "looked in " + folder + ")", refusal());
    }

    @Test
    void whatIsMissingIsNamedWithWhatIsThere() throws IOException {
        List<String> most = new ArrayList<>(CUDA_12);
        most.removeAll(List.of("libcusolver.so.11", "libnvJitLink.so.12", "libnvrtc-builtins.so.12.6"));
        Path folder = folder("usr/lib64", most);
        assertEquals(
                "cuda: CUDA 12 is here only in part (the system's): " + folder.resolve("libcublas.so.12")
                        + ", but no libcusolver.so.11, libnvrtc-builtins.so.12.x; install what is missing, or let"
                        + " GRADUS_CUDA name a folder that has all",
                refusal());
        Files.createFile(folder.resolve("libcusolver.so.11"));
        Files.createFile(folder.resolve("libnvrtc-builtins.so.12.0"));
        assertFalse(find(Map.of()).containsKey(CudaLibrary.NVJITLINK)); // which CUDA 12.0 does not need
    }

    @Test
    void aHalfCuda12IsPassedOverForAWholeCuda13AndThatIsSaid() throws IOException {
        Path half = folder("usr/lib64", List.of("libnvrtc.so.12"));
        Path whole = folder("usr/local/cuda-13.0/lib64", CUDA_13);
        Ways.Finding finding = finding(Map.of());
        assertEquals(
                whole.resolve("libcublas.so.13"), finding.toolkit().libraries().get(CudaLibrary.CUBLAS));
        String passed = String.join("|", finding.passed());
        assertTrue(
                passed.startsWith("passed over: CUDA 12 is here only in part (the system's): "
                                + half.resolve("libnvrtc.so.12") + ", but no ")
                        && !passed.contains("; install"),
                passed);
        Files.delete(whole.resolve("libcusolverMg.so.12"));
        assertTrue(refusal().startsWith("cuda: CUDA 12 is here only in part"), refusal());
    }

    @ParameterizedTest
    @ValueSource(strings = {"11", "14"})
    void anotherMajorVersionIsNamed(String version) throws IOException {
        Path folder = folder("usr/local/cuda/lib64", List.of("libcublas.so." + version));
        assertEquals(
                "cuda: this version needs the libraries of CUDA 12 or 13, and only those of CUDA " + version
                        + " are here (" + folder.resolve("libcublas.so." + version)
                        + "); install CUDA 12 or 13, or take one of the other ways of docs/gpu.md",
                refusal());
    }

    @Test
    void versionsAreReadOffTheFileThatALinkLeadsTo() throws IOException {
        Path folder = folder("lib", List.of("libcublas.so.12.6.4.1", "libnvrtc.so.12"));
        Path link = Files.createSymbolicLink(folder.resolve("libcublas.so.12"), Path.of("libcublas.so.12.6.4.1"));
        assertEquals("12.6.4.1", Toolkit.version(link));
        assertEquals("12", Toolkit.version(folder.resolve("libnvrtc.so.12")));
        assertEquals("unknown", Toolkit.version(Path.of("libx.so")));
    }
}
