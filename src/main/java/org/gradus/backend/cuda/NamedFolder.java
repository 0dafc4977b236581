package org.gradus.backend.cuda;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.gradus.backend.BackendException;

/**
 * A folder that a variable names: GRADUS_CUDA a folder of libraries or of a toolkit, GRADUS_PYTHON_ENV a Python environment
 * with NVIDIA's packages.
 *
 * @param layout the folders of libraries below the named one
 * @param expected what the folder is to be, for the message
 */
record NamedFolder(String variable, Map<String, String> environment, Function<Path, List<Path>> layout, String expected)
        implements Way {

    static NamedFolder ofLibraries(Map<String, String> environment) {
        return new NamedFolder(
                "GRADUS_CUDA",
                environment,
                SystemFolders::ofToolkit,
                "a folder with libcublas.so.12 or libcublas.so.13 in it, its lib64 or its lib");
    }

    static NamedFolder ofPython(Map<String, String> environment) {
        return new NamedFolder(
                "GRADUS_PYTHON_ENV",
                environment,
                SystemFolders::ofPython,
                "a Python environment with the packages nvidia-cublas, nvidia-cusolver and nvidia-cuda-nvrtc");
    }

    @Override
    public boolean named() {
        return !environment.getOrDefault(variable, "").isBlank();
    }

    @Override
    public Optional<Toolkit> find() {
        return named() ? Optional.of(toolkit(environment.get(variable))) : Optional.empty();
    }

    private Toolkit toolkit(String value) {
        Path folder = path(value);
        if (!Files.isDirectory(folder)) {
            throw new BackendException("cuda: " + variable + "=" + value + " is no folder; let it name " + expected);
        }
        return FoundFolders.first(variable + "=" + value, layout.apply(folder))
                .orElseThrow(() -> new BackendException("cuda: " + variable + "=" + value
                        + " has no libraries of CUDA 12 or 13; let it name " + expected));
    }

    private Path path(String value) {
        try {
            return Path.of(value).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new BackendException("cuda: " + variable + " is no path: " + e.getMessage(), e);
        }
    }
}
