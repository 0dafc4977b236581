package org.gradus.backend.cuda;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.gradus.backend.BackendException;

/**
 * The libraries of one installation of CUDA.
 *
 * @param way by which it was found
 * @param libraries where they lie, in the order of loading
 */
record Toolkit(String way, CudaRelease release, Map<CudaLibrary, Path> libraries) {
    private static final Pattern VERSION = Pattern.compile("\\.so\\.([0-9.]+)$");

    /**
     * All of {@code wanted} of one release; empty where there is nothing of it.
     *
     * @param way by which the folders were come by
     * @throws BackendException if only a part is there: which, and what can be done
     */
    static Optional<Toolkit> find(String way, CudaRelease release, List<Path> folders, List<CudaLibrary> wanted) {
        LibrarySearch search = new LibrarySearch(folders);
        Optional<Path> home =
                search.find(CudaLibrary.CUBLAS, release, Optional.empty()).map(Path::getParent);
        Optional<Path> nvrtc = search.find(CudaLibrary.NVRTC, release, home).map(Path::getParent);
        Map<CudaLibrary, Path> found = new EnumMap<>(CudaLibrary.class);
        List<CudaLibrary> missing = new ArrayList<>();
        for (CudaLibrary library : wanted) {
            search.find(library, release, library == CudaLibrary.NVRTC_BUILTINS ? nvrtc : home)
                    .ifPresentOrElse(path -> found.put(library, path), () -> missing.add(library));
        }
        Optional<Path> told = CudaLibrary.telling()
                .map(found::get)
                .filter(Path.class::isInstance)
                .findFirst();
        if (told.isEmpty()) {
            return Optional.empty();
        }
        if (release == CudaRelease.CUDA_12) {
            missing.remove(CudaLibrary.NVJITLINK); // not there up to 12.0; where it is needed, loading cuSPARSE says so
        }
        if (!missing.isEmpty()) {
            throw new BackendException("cuda: " + half(way, release, told.get(), missing));
        }
        return Optional.of(new Toolkit(way, release, Collections.unmodifiableMap(found)));
    }

    private static String half(String way, CudaRelease release, Path told, List<CudaLibrary> missing) {
        String names = missing.stream()
                .map(library ->
                        library == CudaLibrary.NVRTC_BUILTINS ? library.file(release) + "x" : library.file(release))
                .collect(Collectors.joining(", "));
        return release + " is here only in part (" + way + "): " + told + ", but no " + names
                + "; install what is missing, or let GRADUS_CUDA name a folder that has all";
    }

    /** CUDA 13 (GRADUS_CUDA=/opt/mine) */
    String describe() {
        return release + " (" + way + ")";
    }

    /** As far as the name of the file tells that the link leads to: libcublas.so.12.6.4.1 is 12.6.4.1. */
    static String version(Path path) {
        Matcher matcher = VERSION.matcher(real(path).getFileName().toString());
        return matcher.find() ? matcher.group(1) : "unknown";
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path;
        }
    }
}
