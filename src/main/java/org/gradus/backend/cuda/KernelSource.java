package org.gradus.backend.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The CUDA sources of {@code kernels/}, which lie on the class path, and the kernels that each defines. */
enum KernelSource {
    ELEMENTWISE("residual", "scale", "add_scaled", "copy"),
    REDUCTION("sum_of_squares", "sum_partials"),
    TRANSPOSE("transpose"),
    OBSERVE("misfit", "scaled_misfit", "gather", "observed_residual", "column_inner_products", "scale_columns"),
    JACOBI("jacobi_64", "jacobi_128", "jacobi_176", "jacobi_256"),
    DESCENT("descent_8", "descent_16", "descent_24", "descent_32");

    private final String kernels;

    KernelSource(String... kernels) {
        this.kernels = String.join(" ", kernels);
    }

    /** Names of its kernels. */
    List<String> kernels() {
        return List.of(kernels.split(" ", -1));
    }

    /** elementwise.cu */
    String fileName() {
        return name().toLowerCase(Locale.ROOT) + ".cu";
    }

    /** The source; ASCII, since JCuda hands strings on in the platform's charset. */
    String text() {
        try (InputStream in = KernelSource.class.getResourceAsStream("/org/gradus/kernels/" + fileName())) {
            if (in == null) {
                throw new IllegalStateException(fileName() + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
