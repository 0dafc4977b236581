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

/** Where the libraries of one installation of CUDA 12 lie. */
final class Toolkit {
    private static final Pattern VERSION = Pattern.compile("\\.so\\.([0-9.]+)$");

    private Toolkit() {}

    /**
     * All of {@code wanted}, in the order of loading.
     *
     * @throws BackendException if one is not there: which, where it was looked for, and what can be done
     */
    static Map<CudaLibrary, Path> find(LibrarySearch search, List<CudaLibrary> wanted) {
        Optional<Path> home = search.find(CudaLibrary.CUBLAS, Optional.empty()).map(Path::getParent);
        Map<CudaLibrary, Path> found = new EnumMap<>(CudaLibrary.class);
        List<CudaLibrary> missing = new ArrayList<>();
        for (CudaLibrary library : wanted) {
            search.find(library, library == CudaLibrary.NVRTC_BUILTINS ? nvrtcFolder(search, home) : home)
                    .ifPresentOrElse(path -> found.put(library, path), () -> missing.add(library));
        }
        // up to CUDA 12.0 nothing needs nvJitLink; where it is needed, loading cuSPARSE says so
        missing.remove(CudaLibrary.NVJITLINK);
        if (!missing.isEmpty()) {
            throw new BackendException("cuda: " + refusal(search, missing));
        }
        return Collections.unmodifiableMap(found);
    }

    private static Optional<Path> nvrtcFolder(LibrarySearch search, Optional<Path> home) {
        return search.find(CudaLibrary.NVRTC, home).map(Path::getParent);
    }

    private static String refusal(LibrarySearch search, List<CudaLibrary> missing) {
        Optional<Path> other = search.findOtherVersion();
        if (missing.contains(CudaLibrary.CUBLAS) && other.isPresent()) {
            Path path = other.get();
            return "this version needs the libraries of CUDA 12, and only those of CUDA " + version(path)
                    + " are here (" + path + "); install CUDA 12's beside them and let CUDA_HOME name their folder";
        }
        String names = missing.stream()
                .map(library -> library == CudaLibrary.NVRTC_BUILTINS ? library.file() + "x" : library.file())
                .collect(Collectors.joining(", "));
        String folders = search.toolkit().isEmpty()
                ? "no folder of libraries is there"
                : "looked in " + search.toolkit().stream().map(Path::toString).collect(Collectors.joining(", "));
        return "the libraries of CUDA 12 are not here: no " + names + " (" + folders
                + "); install the CUDA 12 toolkit, or let CUDA_HOME name its folder";
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
