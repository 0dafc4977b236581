package org.gradus.linalg;

import org.bytedeco.openblas.global.openblas_full;

/**
 * The OpenBLAS library of this process, loaded on first use. Its number of threads is one setting for the whole process:
 * it stays at 1, since products are divided among our own threads, and is raised only inside {@link #withThreads}.
 */
public final class OpenBlas {
    /**
     * From here on the library's threads shorten xGESDD without vectors more than their waking and spinning costs: with one
     * and two threads n = 512 takes 28.8 and 28.0 ms, 768 100 and 84, 1024 262 and 180.
     */
    private static final int LARGE_SPECTRUM = 640;

    private static final String LOADED = load();

    private OpenBlas() {}

    private static String load() {
        openblas_full.openblas_set_num_threads(1);
        String version = openblas_full.openblas_get_config().getString().replaceFirst("OpenBLAS (\\S+).*", "$1");
        return "OpenBLAS " + version + " ("
                + openblas_full.openblas_get_corename().getString() + ")";
    }

    /**
     * Version and kernel, such as {@code OpenBLAS 0.3.31 (SkylakeX)}.
     *
     * @throws LinkageError where there is no library for this platform
     */
    public static String describe() {
        return LOADED;
    }

    /** How many of {@code available} threads the singular values of one rows×cols matrix should have. */
    public static int threadsForSpectrum(int rows, int cols, int available) {
        return Math.min(rows, cols) >= LARGE_SPECTRUM ? available : 1;
    }

    /** Runs {@code work} while the library may use {@code threads} threads of its own. */
    public static synchronized void withThreads(int threads, Runnable work) {
        openblas_full.openblas_set_num_threads(threads);
        try {
            work.run();
        } finally {
            openblas_full.openblas_set_num_threads(1);
        }
    }
}
