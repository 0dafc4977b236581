package org.gradus.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.gradus.experiment.ConfigException;
import org.gradus.linalg.Matrix;
import org.gradus.store.DelimitedWriter;
import org.gradus.store.NpyWriter;
import org.gradus.store.PictureWriter;

/** The file that an estimate goes to; the ending of its name tells the format. */
final class DenoiseOutput {
    private DenoiseOutput() {}

    /** @throws ConfigException unless the name ends in .png .npy or .csv and is not that of the input itself */
    static void requireName(Path output, Path input) {
        if (!List.of("png", "npy", "csv").contains(ending(output))) {
            throw new ConfigException("-o " + output + ": the name must end in .png, .npy or .csv");
        }
        requireOther("-o", output, input);
    }

    /** @throws ConfigException if both name one file */
    static void requireOther(String option, Path output, Path other) {
        boolean same;
        try {
            same = Files.exists(output) && Files.exists(other) && Files.isSameFile(output, other);
        } catch (IOException e) {
            same = false; // then writing will say what is wrong
        }
        if (same
                || output.toAbsolutePath()
                        .normalize()
                        .equals(other.toAbsolutePath().normalize())) {
            throw new ConfigException(option + " " + output + " would replace " + other + "; give another name");
        }
    }

    /** @throws ConfigException if the format cannot hold what is read */
    static void requireHolds(Path output, DenoiseInput input) {
        boolean png = ending(output).equals("png");
        if (png && !input.picture()) {
            throw new ConfigException(
                    "-o " + output + ": a matrix has no greys; its estimate is written as .npy or .csv");
        }
        if (!png && input.channels().size() > 1) {
            throw new ConfigException(
                    "-o " + output + ": a colour picture is three matrices; its estimate is written as .png");
        }
    }

    /** PNG: clipped to [0, 1], 8 bits a sample; .npy and .csv: every value as it is. */
    static void write(Path output, List<Matrix> channels) {
        switch (ending(output)) {
            case "png" -> PictureWriter.write(output, channels, 0, 1);
            case "npy" -> NpyWriter.write(output, channels.get(0));
            default -> DelimitedWriter.write(output, channels.get(0));
        }
    }

    static String ending(Path path) {
        String name = String.valueOf(path.getFileName());
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
