package org.gradus.backend.cuda;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.gradus.backend.BackendException;

/**
 * The ways to CUDA's libraries in their order: what the user named, the jar of NVIDIA's libraries, the system's CUDA 12, its
 * CUDA 13, the active Python environment's.
 */
final class Ways {
    private final List<Way> ways;
    private final List<Path> folders;

    /** @param passed what was found on the way only in part, one clause each */
    record Finding(Toolkit toolkit, List<String> passed) {}

    /** @param folders in which another release than 12 and 13 is looked for, to name it */
    Ways(List<Way> ways, List<Path> folders) {
        this.ways = List.copyOf(ways);
        this.folders = List.copyOf(folders);
    }

    static Ways of(SystemFolders system, Way redist) {
        Map<String, String> environment = system.environment();
        return new Ways(
                List.of(
                        NamedFolder.ofLibraries(environment),
                        NamedFolder.ofPython(environment),
                        redist,
                        FoundFolders.ofSystem(system, CudaRelease.CUDA_12),
                        FoundFolders.ofSystem(system, CudaRelease.CUDA_13),
                        FoundFolders.ofPython(environment)),
                Stream.of(CudaRelease.values())
                        .flatMap(release -> system.toolkits(release).stream())
                        .distinct()
                        .toList());
    }

    /**
     * The first whole installation; empty where there is nothing of CUDA 12 or 13.
     *
     * @throws BackendException if what was named is not usable, or if there is nothing whole: on the first that is there in
     *     part
     */
    Optional<Finding> find() {
        List<BackendException> halves = new ArrayList<>();
        for (Way way : ways) {
            try {
                Optional<Toolkit> found = way.find();
                if (found.isPresent()) {
                    List<String> passed = halves.stream().map(Ways::passed).toList();
                    return Optional.of(new Finding(found.get(), passed));
                }
            } catch (BackendException half) {
                if (way.named()) {
                    throw half;
                }
                halves.add(half);
            }
        }
        halves.stream().findFirst().ifPresent(half -> {
            throw half;
        });
        return Optional.empty();
    }

    /** Without what to do about it. */
    private static String passed(BackendException half) {
        return "passed over: " + half.getMessage().replaceFirst("^cuda: ", "").replaceFirst("; install.*", "");
    }

    /** What to say where nothing was found: another release, or the folders looked in. */
    BackendException nothing() {
        String remedy = "; install CUDA 12 or 13, or take one of the other ways of docs/gpu.md";
        return new LibrarySearch(folders)
                .findOtherRelease()
                .map(path -> new BackendException("cuda: this version needs the libraries of CUDA 12 or 13, and only"
                        + " those of CUDA " + Toolkit.version(path) + " are here (" + path + ")" + remedy))
                .orElseGet(() -> new BackendException("cuda: no libraries of CUDA 12 or 13 were found" + remedy + " ("
                        + (folders.isEmpty()
                                ? "no folder of libraries is there"
                                : "looked in "
                                        + String.join(
                                                ", ",
                                                folders.stream()
                                                        .map(Path::toString)
                                                        .toList()))
                        + ")"));
    }
}
