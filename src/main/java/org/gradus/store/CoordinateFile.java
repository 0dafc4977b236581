package org.gradus.store;

import java.io.IOException;
import java.nio.file.Path;

/** Matrices in files that list their known entries; the ending of the name tells the format. */
public final class CoordinateFile {
    private CoordinateFile() {}

    /**
     * Reads a coordinate list: {@code .mtx}, Matrix Market {@code coordinate}, of which a symmetric one is expanded, or
     * {@code .csv .tsv .dat .data .txt .ratings}, triples of user, item and value with any ids, see docs/formats.md.
     * Users become rows, items columns; at least one entry.
     *
     * @throws StoreException if the file is missing, malformed, not finite, names a place twice, holds a dense matrix,
     *     or takes more than half of the heap; it names file and line
     */
    public static Coordinates read(Path path) {
        InputFiles.requireRegular(path);
        try {
            return switch (InputFiles.ending(path)) {
                case "mtx" -> MatrixMarketEntries.read(path);
                case "csv", "tsv", "dat", "data", "txt", "ratings" -> TripleReader.read(path);
                default ->
                    throw InputFiles.refused(
                            path,
                            "unknown kind of coordinate list; the name must end in"
                                    + " .mtx .csv .tsv .dat .data .txt or .ratings");
            };
        } catch (IOException e) {
            throw InputFiles.unreadable(path, e);
        }
    }

    /**
     * Whether a file is certainly a coordinate list: an {@code .mtx} whose banner says so, or {@code .dat .data .txt
     * .ratings}, which {@link MatrixFile} does not read. A {@code .csv} or {@code .tsv} may be either: false.
     *
     * @throws StoreException if the file is missing, or an {@code .mtx} without a banner that is understood
     */
    public static boolean isCoordinates(Path path) {
        InputFiles.requireRegular(path);
        try {
            return switch (InputFiles.ending(path)) {
                case "mtx" -> MatrixMarketText.isCoordinate(path);
                case "dat", "data", "txt", "ratings" -> true;
                default -> false;
            };
        } catch (IOException e) {
            throw InputFiles.unreadable(path, e);
        }
    }
}
