package org.gradus.backend.cuda;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folders in which CUDA's libraries are looked for, in order; nothing is loaded and no process started.
 *
 * @param driver folders of libcuda.so.1
 * @param toolkit folders of the other libraries
 */
record LibrarySearch(List<Path> driver, List<Path> toolkit) {
    private static final List<String> DRIVER_FOLDERS = List.of(
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

    /** @param root of the file system, "/" but in tests; folders that the environment names are taken as they are */
    static LibrarySearch ofSystem(Map<String, String> environment, Path root) {
        List<Path> linker = paths(environment.get("LD_LIBRARY_PATH"));
        List<Path> configured = configured(root.resolve("etc/ld.so.conf.d"));
        Set<Path> driver = new LinkedHashSet<>(linker);
        DRIVER_FOLDERS.forEach(folder -> driver.add(root.resolve(folder)));
        driver.addAll(configured);

        Set<Path> toolkit = new LinkedHashSet<>();
        for (String variable : List.of("CUDA_HOME", "CUDA_PATH")) {
            paths(environment.get(variable)).forEach(home -> addLibraries(home, toolkit));
        }
        toolkit.addAll(linker);
        installed(root.resolve("usr/local")).forEach(home -> addLibraries(home, toolkit));
        Stream.of("usr/lib/x86_64-linux-gnu", "usr/lib64").forEach(folder -> toolkit.add(root.resolve(folder)));
        addLibraries(root.resolve("opt/cuda"), toolkit);
        toolkit.addAll(configured);
        return new LibrarySearch(existing(driver), existing(toolkit));
    }

    /** Everything from one folder. */
    static LibrarySearch ofFolder(Path folder) {
        return new LibrarySearch(List.of(folder), List.of(folder));
    }

    private static void addLibraries(Path home, Set<Path> folders) {
        LIBRARIES.forEach(name -> folders.add(home.resolve(name)));
    }

    private static List<Path> existing(Set<Path> folders) {
        return folders.stream().filter(Files::isDirectory).toList();
    }

    /** The parts between colons; what cannot be a path is none. */
    private static List<Path> paths(String list) {
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
    private static List<Path> installed(Path local) {
        List<Path> homes = new ArrayList<>(List.of(local.resolve("cuda")));
        list(local, "cuda-12*").stream()
                .sorted(Comparator.comparing(LibrarySearch::minorVersion).reversed())
                .forEach(homes::add);
        return homes;
    }

    private static int minorVersion(Path home) {
        String digits = home.getFileName().toString().replaceFirst("cuda-12\\.?", "");
        return digits.matches("[0-9]{1,4}") ? Integer.parseInt(digits) : 0;
    }

    /** The folders that the dynamic loader's configuration names, one a line. */
    private static List<Path> configured(Path folder) {
        List<Path> folders = new ArrayList<>();
        for (Path file : list(folder, "*.conf")) {
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

    /** In the order of their names; nothing where the folder is not there or not readable. */
    private static List<Path> list(Path folder, String glob) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
            entries.forEach(found::add);
        } catch (IOException none) {
            return List.of();
        }
        found.sort(Comparator.naturalOrder());
        return found;
    }

    Optional<Path> findDriver() {
        return find(driver, CudaLibrary.DRIVER_FILE);
    }

    /** @param first the folder to look in before all others: libraries of one release belong together */
    Optional<Path> find(CudaLibrary library, Optional<Path> first) {
        List<Path> folders = Stream.concat(first.stream(), toolkit.stream()).toList();
        if (library != CudaLibrary.NVRTC_BUILTINS) {
            return find(folders, library.file());
        }
        return folders.stream()
                .flatMap(folder -> list(folder, library.file() + "*").stream())
                .filter(file -> file.getFileName().toString().matches(".*\\.so\\.12\\.[0-9]+"))
                .findFirst();
    }

    private static Optional<Path> find(List<Path> folders, String file) {
        return folders.stream()
                .map(folder -> folder.resolve(file))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** A cuBLAS of another major version than 12. */
    Optional<Path> findOtherVersion() {
        return toolkit.stream()
                .flatMap(folder -> list(folder, "libcublas.so.*").stream())
                .filter(file -> file.getFileName().toString().matches("libcublas\\.so\\.(?!12\\b)[0-9]+"))
                .findFirst();
    }
}
