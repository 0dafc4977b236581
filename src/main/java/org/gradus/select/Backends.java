package org.gradus.select;

import java.util.List;
import org.gradus.backend.Backend;
import org.gradus.backend.BackendException;
import org.gradus.backend.openblas.OpenBlasBackend;
import org.gradus.backend.reference.ReferenceBackend;

/** Opens the backend that was asked for, or for {@code auto} the best there is; never another than was asked for. */
public final class Backends {

    /** A backend and one sentence on why it was taken. */
    public record Selection(Backend backend, String reason) {}

    /** Every backend by the name that configurations use. */
    public static final List<String> NAMES = List.of("cpu", "cuda", "reference");

    private static final String NO_CUDA = "this version has no CUDA backend";

    private Backends() {}

    /**
     * Opens a backend.
     *
     * @param name auto, cpu, cuda or reference
     * @param threads for the CPU, at least 1
     * @throws BackendException if what was asked for cannot be had: one sentence that says why and what can
     */
    public static Selection open(String name, int threads) {
        return switch (name) {
            case "auto" -> new Selection(cpu(threads), "auto: the CPU, since " + NO_CUDA);
            case "cpu" -> new Selection(cpu(threads), "asked for");
            case "reference" -> new Selection(new ReferenceBackend(), "asked for");
            case "cuda" -> throw new BackendException("cuda: " + NO_CUDA + "; use --backend cpu");
            default -> throw new IllegalArgumentException("no backend is called " + name);
        };
    }

    private static Backend cpu(int threads) {
        try {
            return new OpenBlasBackend(threads);
        } catch (LinkageError missing) {
            throw new BackendException(
                    "cpu: OpenBLAS cannot be loaded on " + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + " (" + missing.getMessage()
                            + ")",
                    missing);
        }
    }
}
