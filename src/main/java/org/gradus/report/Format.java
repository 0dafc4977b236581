package org.gradus.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.gradus.store.AtomicFile;

/** Formats of figures; lines are vectors and text is text in both. */
public enum Format {
    SVG {
        @Override
        byte[] bytes(Drawing drawing) throws IOException {
            return SvgFile.text(drawing).getBytes(StandardCharsets.UTF_8);
        }
    },
    /** One page of the figure's size, its font embedded. */
    PDF {
        @Override
        byte[] bytes(Drawing drawing) throws IOException {
            return PdfFile.bytes(drawing);
        }
    };

    /** With which a file's name ends: ".svg", ".pdf". */
    public String ending() {
        return "." + name().toLowerCase(Locale.ROOT);
    }

    /** The format that a file's name asks for; empty if it ends otherwise. */
    public static Optional<Format> of(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> name.endsWith(format.ending()))
                .findFirst();
    }

    abstract byte[] bytes(Drawing drawing) throws IOException;

    /**
     * Writes the file, whole.
     *
     * @throws org.gradus.store.StoreException if it cannot be written
     */
    Path write(Path file, Drawing drawing) {
        AtomicFile.write(file, out -> out.write(bytes(drawing)));
        return file;
    }
}
