package org.gradus.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.gradus.linalg.Matrix;

/** Matrices as CSV: a line for each row, commas, no header, 17 significant digits, which read back to the same double. */
public final class DelimitedWriter {
    private DelimitedWriter() {}

    /** @throws StoreException if the file cannot be written; what was there is then untouched */
    public static void write(Path path, Matrix matrix) {
        AtomicFile.write(path, out -> {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < matrix.rows(); i++) {
                line.setLength(0);
                for (int j = 0; j < matrix.cols(); j++) {
                    line.append(j == 0 ? "" : ",");
                    Scientific.append(line, matrix.get(i, j));
                }
                out.write(line.append('\n').toString().getBytes(StandardCharsets.US_ASCII));
            }
        });
    }
}
