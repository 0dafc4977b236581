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
import java.util.Map;
import java.util.Optional;
import org.gradus.backend.BackendException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file system of empty files: nothing is opened, let alone loaded. */
final class LibrarySearchTest {
    private static final List<String> CUDA_12 = List.of(
            "libnvJitLink.so.12",
            "libcublasLt.so.12",
            "libcublas.so.12",
            "libcusparse.so.12",
            "libcusolver.so.11",
            "libcusolverMg.so.11",
            "libnvrtc-builtins.so.12.6",
            "libnvrtc.so.12");

    @TempDir
    Path root;

    private Path folder(String name, List<String> files) throws IOException {
        Path folder = Files.createDirectories(root.resolve(name));
        for (String file : files) {
            Files.createFile(folder.resolve(file));
        }
        return folder;
    }

    private Map<CudaLibrary, Path> find(Map<String, String> environment) {
        return Toolkit.find(LibrarySearch.ofSystem(environment, root), CudaLibrary.ofCuda());
    }

    private String refusal() {
        return assertThrows(BackendException.class, () -> find(Map.of())).getMessage();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"usr/lib/x86_64-linux-gnu", "usr/lib64", "usr/lib/wsl/lib", "usr/lib", "usr/local/nvidia/lib64"})
    void theDriverIsFoundWhereSystemsPutIt(String name) throws IOException {
        assertEquals(Optional.empty(), LibrarySearch.ofSystem(Map.of(), root).findDriver());
        Path folder = folder(name, List.of("libcuda.so.1"));
        assertEquals(
                Optional.of(folder.resolve("libcuda.so.1")),
                LibrarySearch.ofSystem(Map.of(), root).findDriver());
    }

    @Test
    void theLoadersPathGoesFirstAndItsConfigurationLast() throws IOException {
        Path mine = folder("mine", List.of("libcuda.so.1"));
        Path configured = folder("opt/odd", List.of("libcuda.so.1"));
        Files.createDirectories(root.resolve("etc/ld.so.conf.d"));
        Files.writeString(
                root.resolve("etc/ld.so.conf.d/odd.conf"), "# no folder\ninclude x\n" + configured + "\n/none\n");
        assertEquals(
                configured.resolve("libcuda.so.1"),
                LibrarySearch.ofSystem(Map.of(), root).findDriver().orElseThrow());
        Path system = folder("usr/lib64", List.of("libcuda.so.1"));
        assertEquals(
                system.resolve("libcuda.so.1"),
                LibrarySearch.ofSystem(Map.of(), root).findDriver().orElseThrow());
        Map<String, String> environment = Map.of("LD_LIBRARY_PATH", ":/none:" + mine);
        assertEquals(
                mine.resolve("libcuda.so.1"),
                LibrarySearch.ofSystem(environment, root).findDriver().orElseThrow());
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
    void whatIsMissingIsNamedWithTheFoldersLookedAtAndARemedy() throws IOException {
        assertEquals(
                "cuda: the libraries of CUDA 12 are not here: no libcublasLt.so.12, libcublas.so.12, libcusparse.so.12,"
                        + " libcusolver.so.11, libcusolverMg.so.11, libnvrtc-builtins.so.12.x, libnvrtc.so.12"
                        + " (no folder of libraries is there); install the CUDA 12 toolkit, or let CUDA_HOME name its folder",
                refusal());
        List<String> most = new ArrayList<>(CUDA_12);
        most.removeAll(List.of("libcusolver.so.11", "libnvJitLink.so.12"));
        Path folder = folder("usr/lib64", most);
        assertTrue(refusal().contains("no libcusolver.so.11 (looked in " + folder + "); install"), refusal());
        Files.createFile(folder.resolve("libcusolver.so.11"));
        assertFalse(find(Map.of()).containsKey(CudaLibrary.NVJITLINK)); // which CUDA 12.0 does not need
    }

    @ParameterizedTest
    @ValueSource(strings = {"11", "13"})
    void anotherMajorVersionIsNamed(String version) throws IOException {
        Path folder = folder("usr/local/cuda/lib64", List.of("libcublas.so." + version));
        assertEquals(
                "cuda: this version needs the libraries of CUDA 12, and only those of CUDA " + version + " are here ("
                        + folder.resolve("libcublas.so." + version)
                        + "); install CUDA 12's beside them and let CUDA_HOME name their folder",
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
