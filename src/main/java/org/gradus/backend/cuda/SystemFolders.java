package org.gradus.backend.cuda;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folders in which systems keep NVIDIA's libraries.
 *
 * @param root of the file system, "/" but in tests; folders that the environment names are taken as they are
 */
record SystemFolders(Map<String, String> environment, Path root) {
    private static final List<String> DRIVER = List.of(
            "usr/lib/x86_64-linux-gnu",
            "usr/lib64",
            "usr/lib/wsl/lib",
            "usr/lib/x86_64-linux-gnu/nvidia/current",
            "usr/lib64/nvidia",
            "usr/lib",
            "usr/local/nvidia/lib64",
            "run/opengl-driver/lib");
    /** Below the folder of a toolkit. */
    private static final List<String> LIBRARIES = List.of("lib64", "lib", "targets/x86_64-linux/lib");

    /** Of libcuda.so.1. */
    List<Path> driver() {
        Set<Path> folders = new LinkedHashSet<>(linker());
        DRIVER.forEach(folder -> folders.add(root.resolve(folder)));
        folders.addAll(configured());
        return existing(folders);
    }

    /** Of the other libraries: named, then of the installed toolkits the newest first, then the system's. */
    List<Path> toolkits(CudaRelease release) {
        Set<Path> folders = new LinkedHashSet<>();
        for (String variable : List.of("CUDA_HOME", "CUDA_PATH")) {
            paths(environment.get(variable)).forEach(home -> folders.addAll(libraries(home)));
        }
        folders.addAll(linker());
        installed(release).forEach(home -> folders.addAll(libraries(home)));
        Stream.of("usr/lib/x86_64-linux-gnu", "usr/lib64").forEach(folder -> folders.add(root.resolve(folder)));
        folders.addAll(libraries(root.resolve("opt/cuda")));
        folders.addAll(configured());
        return existing(folders);
    }

    /** A folder of libraries itself, or that of a toolkit. */
    static List<Path> ofToolkit(Path home) {
        Set<Path> folders = new LinkedHashSet<>(List.of(home));
        folders.addAll(libraries(home));
        return existing(folders);
    }

    /**
     * Those of the packages that pip and conda install: site-packages/nvidia/cu13/lib and, one for each library,
     * site-packages/nvidia/cublas/lib and others; conda's packages share the environment's lib.
     */
    static List<Path> ofPython(Path home) {
        Set<Path> folders = new LinkedHashSet<>();
        for (String lib : List.of("lib", "lib64")) {
            for (Path python : LibrarySearch.list(home.resolve(lib), "python3*")) {
                Path packages = python.resolve("site-packages/nvidia");
                folders.add(packages.resolve("cu13/lib"));
                LibrarySearch.list(packages, "*").forEach(each -> folders.add(each.resolve("lib")));
            }
        }
        folders.addAll(libraries(home));
        return existing(folders);
    }

    private static List<Path> libraries(Path home) {
        return LIBRARIES.stream().map(home::resolve).toList();
    }

    private static List<Path> existing(Collection<Path> folders) {
        return folders.stream().filter(Files::isDirectory).toList();
    }

    private List<Path> linker() {
        return paths(environment.get("LD_LIBRARY_PATH"));
    }

    /** The parts between colons; what cannot be a path is none. */
    static List<Path> paths(String list) {
        List<Path> paths = new ArrayList<>();
        for (String part : list == null ? new String[0] : list.split(":")) {
            try {
                if (!part.isBlank()) {
                    paths.add(Path.of(part).toAbsolutePath().normalize());
                }
            } catch (InvalidPathException e) {
                // names no folder, so nothing is looked for there
            }
        }
        return paths;
    }

    /** usr/local/cuda, then usr/local/cuda-12.x, the newest first. */
    private List<Path> installed(CudaRelease release) {
        Path local = root.resolve("usr/local");
        String stem = "cuda-" + release.major();
        List<Path> homes = new ArrayList<>(List.of(local.resolve("cuda")));
        LibrarySearch.list(local, stem + "*").stream()
                .sorted(Comparator.<Path>comparingInt(home -> minorVersion(home, stem))
                        .reversed())
                .forEach(homes::add);
        return homes;
    }

    private static int minorVersion(Path home, String stem) {
        String digits = home.getFileName().toString().substring(stem.length()).replaceFirst("^\\.", "");
        return digits.matches("[0-9]{1,4}") ? Integer.parseInt(digits) : 0;
    }

    /** The folders that the dynamic loader's configuration names, one a line. */
    private List<Path> configured() {
        List<Path> folders = new ArrayList<>();
        for (Path file : LibrarySearch.list(root.resolve("etc/ld.so.conf.d"), "*.conf")) {
            try {
                for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
                    if (line.startsWith("/")) {
                        folders.addAll(paths(line.strip()));
                    }
                }
            } catch (IOException unreadable) {
                // the loader could not read it either
            }
        }
        return folders;
    }
}
