package org.gradus.backend.cuda;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Files of libraries in folders, tried in order; nothing is loaded and no process started. */
record LibrarySearch(List<Path> folders) {
    private static final Pattern CUBLAS = Pattern.compile("libcublas\\.so\\.([0-9]+)");

    Optional<Path> find(String file) {
        return find(folders, file);
    }

    /** @param first the folder to look in before all others: libraries of one release belong together */
    Optional<Path> find(CudaLibrary library, CudaRelease release, Optional<Path> first) {
        List<Path> order = Stream.concat(first.stream(), folders.stream()).toList();
        if (library != CudaLibrary.NVRTC_BUILTINS) {
            return find(order, library.file(release));
        }
        return order.stream().flatMap(folder -> builtins(folder, release)).findFirst();
    }

    /** In one folder, that of NVRTC's minor version where its link tells it, then the newest first. */
    private static Stream<Path> builtins(Path folder, CudaRelease release) {
        String stem = CudaLibrary.NVRTC_BUILTINS.file(release);
        String version = Toolkit.version(folder.resolve(CudaLibrary.NVRTC.file(release)));
        return list(folder, stem + "*").stream()
                .filter(file -> minor(file, stem) >= 0)
                .sorted(Comparator.<Path>comparingInt(
                                file -> version.startsWith(release.major() + "." + minor(file, stem) + ".") ? 0 : 1)
                        .thenComparing(file -> minor(file, stem), Comparator.reverseOrder()));
    }

    private static int minor(Path file, String stem) {
        String digits = file.getFileName().toString().substring(stem.length());
        return digits.matches("[0-9]{1,4}") ? Integer.parseInt(digits) : -1;
    }

    private static Optional<Path> find(List<Path> folders, String file) {
        return folders.stream()
                .map(folder -> folder.resolve(file))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** A cuBLAS of a CUDA that is neither 12 nor 13. */
    Optional<Path> findOtherRelease() {
        return folders.stream()
                .flatMap(folder -> list(folder, "libcublas.so.*").stream())
                .filter(file -> {
                    String name = file.getFileName().toString();
                    return CUBLAS.matcher(name).matches() && !name.endsWith(".12") && !name.endsWith(".13");
                })
                .findFirst();
    }

    /** In the order of their names; nothing where the folder is not there or not readable. */
    static List<Path> list(Path folder, String glob) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
            entries.forEach(found::add);
        } catch (IOException none) {
            return List.of();
        }
        found.sort(Comparator.naturalOrder());
        return found;
    }
}
