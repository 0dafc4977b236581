package org.gradus.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gradus.linalg.Matrix;

/** Matrices in files; the ending of the name tells the format. */
public final class MatrixFile {
    private MatrixFile() {}

    /** Whether an {@code .npy} file is there with a header and as many bytes as that announces; its numbers are not read. */
    public static boolean isWhole(Path path) {
        if (!Files.isRegularFile(path)) {
            return false;
        }
        try (NpyFile file = NpyFile.open(path)) {
            file.requireElements();
            return true;
        } catch (IOException | StoreException damaged) {
            return false;
        }
    }

    /**
     * Reads {@code .npy .csv .tsv .mtx .png .jpg .jpeg}; pictures as grey values in [0, 1].
     *
     * @return the matrix, every entry finite
     * @throws StoreException if the file is missing, malformed, not finite, or larger than half of the heap
     */
    public static Matrix read(Path path) {
        String ending = InputFiles.ending(path);
        InputFiles.requireRegular(path);
        try {
            return switch (ending) {
                case "npy" -> NpyReader.read(path);
                case "csv", "tsv" -> DelimitedReader.read(path, ending.equals("tsv"));
                case "mtx" -> MatrixMarketReader.read(path);
                case "png", "jpg", "jpeg" -> PictureReader.read(path);
                default ->
                    throw InputFiles.refused(
                            path, "unknown kind of file; the name must end in .npy .csv .tsv .mtx .png .jpg or .jpeg");
            };
        } catch (IOException e) {
            throw InputFiles.unreadable(path, e);
        }
    }

    /**
     * Reads m matrices of one shape, flattened row by row into the rows of an m × (rows·cols) matrix: a three-dimensional
     * {@code .npy} array, or any file that {@link #read} reads, which then does not tell rows and cols.
     *
     * @throws StoreException as {@link #read} does
     */
    public static MatrixStack readStack(Path path) {
        if (!InputFiles.ending(path).equals("npy")) {
            return new MatrixStack(0, 0, read(path));
        }
        InputFiles.requireRegular(path);
        try {
            return NpyReader.readStack(path);
        } catch (IOException e) {
            throw InputFiles.unreadable(path, e);
        }
    }

    /**
     * Reads m numbers: one column or one row of {@code .npy .csv .tsv .mtx}.
     *
     * @throws StoreException as {@link #read} does, and for any other shape or kind of file
     */
    public static double[] readVector(Path path) {
        if (isPicture(path)) {
            throw InputFiles.refused(path, "a picture; a vector is read from .npy .csv .tsv or .mtx");
        }
        Matrix matrix = read(path);
        if (matrix.rows() != 1 && matrix.cols() != 1) {
            throw InputFiles.refused(
                    path,
                    "holds a " + matrix.rows() + "×" + matrix.cols() + " matrix; one column or one row is needed");
        }
        return matrix.data();
    }

    /**
     * As {@link #read}, but a colour picture as three matrices, its sRGB samples red, green and blue in [0, 1]; anything else as
     * one.
     *
     * @throws StoreException as {@link #read} does
     */
    public static List<Matrix> readChannels(Path path) {
        if (!isPicture(path)) {
            return List.of(read(path));
        }
        InputFiles.requireRegular(path);
        try {
            return PictureReader.readChannels(path);
        } catch (IOException e) {
            throw InputFiles.unreadable(path, e);
        }
    }

    /** Whether the ending is that of a picture: {@code .png .jpg .jpeg}. */
    public static boolean isPicture(Path path) {
        return switch (InputFiles.ending(path)) {
            case "png", "jpg", "jpeg" -> true;
            default -> false;
        };
    }
}
