package org.gradus.select;

import java.util.List;
import org.gradus.backend.Backend;
import org.gradus.backend.BackendException;
import org.gradus.backend.Options;
import org.gradus.backend.cuda.CudaBackend;
import org.gradus.backend.cuda.Libraries;
import org.gradus.backend.openblas.OpenBlasBackend;
import org.gradus.backend.reference.ReferenceBackend;

/** Opens the backend that was asked for, or for {@code auto} the best there is; never another than was asked for. */
public final class Backends {

    /** A backend and one sentence on why it was taken. */
    public record Selection(Backend backend, String reason) {}

    /** Every backend by the name that configurations use. */
    public static final List<String> NAMES = List.of("cpu", "cuda", "reference");

    private Backends() {}

    /**
     * Opens a backend.
     *
     * @param name auto, cpu, cuda or reference
     * @throws BackendException if what was asked for cannot be had: one sentence that says why and what can
     */
    public static Selection open(String name, Options options) {
        return switch (name) {
            case "auto" -> best(options);
            case "cpu" -> new Selection(cpu(options), "asked for");
            case "reference" -> new Selection(new ReferenceBackend(), "asked for");
            case "cuda" -> new Selection(new CudaBackend(options), "asked for");
            default -> throw new IllegalArgumentException("no backend is called " + name);
        };
    }

    /** The GPU where there is a real one, else the CPU; the emulator only for those who ask for it. */
    private static Selection best(Options options) {
        if (Libraries.emulated()) {
            return new Selection(cpu(options), "auto: the CPU, since the emulated GPU is for tests only");
        }
        CudaBackend gpu;
        try {
            Libraries.findDriver(); // most machines have none, and then nothing more is loaded
            gpu = new CudaBackend(options);
        } catch (BackendException unusable) {
            return new Selection(cpu(options), "auto: the CPU, since " + clause(unusable.getMessage()));
        }
        return new Selection(gpu, "auto: a usable GPU");
    }

    /** What is wrong, of a message {@code cuda: what is wrong; what can be done}. */
    static String clause(String message) {
        int remedy = message.indexOf("; ");
        String wrong = remedy < 0 ? message : message.substring(0, remedy);
        return wrong.startsWith("cuda: ") ? wrong.substring("cuda: ".length()) : wrong;
    }

    private static Backend cpu(Options options) {
        try {
            return new OpenBlasBackend(options.threads());
        } catch (LinkageError missing) {
            throw new BackendException(
                    "cpu: OpenBLAS cannot be loaded on " + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + " (" + missing.getMessage()
                            + ")",
                    missing);
        }
    }
}
