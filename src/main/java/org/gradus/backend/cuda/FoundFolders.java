package org.gradus.backend.cuda;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.gradus.backend.BackendException;

/**
 * Folders that nobody named for Gradus: the system's, or those of the Python environment that is active.
 *
 * @param name for people
 * @param releases to look for, the first first
 */
record FoundFolders(String name, List<CudaRelease> releases, Supplier<List<Path>> folders) implements Way {

    /** $CUDA_HOME, /usr/local/cuda and others. */
    static FoundFolders ofSystem(SystemFolders system, CudaRelease release) {
        return new FoundFolders("the system's", List.of(release), () -> system.toolkits(release));
    }

    /** $VIRTUAL_ENV and $CONDA_PREFIX. */
    static FoundFolders ofPython(Map<String, String> environment) {
        return new FoundFolders("the active Python environment's", List.of(CudaRelease.values()), () -> {
            List<Path> folders = new ArrayList<>();
            for (String variable : List.of("VIRTUAL_ENV", "CONDA_PREFIX")) {
                SystemFolders.paths(environment.get(variable))
                        .forEach(home -> folders.addAll(SystemFolders.ofPython(home)));
            }
            return folders;
        });
    }

    /** Of either release, 12 before 13: what needs no renamed natives goes first. */
    static Optional<Toolkit> first(String way, List<Path> folders) {
        return new FoundFolders(way, List.of(CudaRelease.values()), () -> folders).find();
    }

    /** A whole release is taken before a half one is complained of. */
    @Override
    public Optional<Toolkit> find() {
        List<Path> found = folders.get();
        Optional<BackendException> half = Optional.empty();
        for (CudaRelease release : releases) {
            try {
                Optional<Toolkit> toolkit = Toolkit.find(name, release, found, CudaLibrary.ofCuda());
                if (toolkit.isPresent()) {
                    return toolkit;
                }
            } catch (BackendException thrown) {
                half = half.or(() -> Optional.of(thrown));
            }
        }
        half.ifPresent(thrown -> {
            throw thrown;
        });
        return Optional.empty();
    }
}
