package org.gradus.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.gradus.store.MatrixMarketText.Symmetry;

/** A Matrix Market coordinate list kept sparse; the other half of a symmetric one is added. */
final class MatrixMarketEntries {
    private MatrixMarketEntries() {}

    static Coordinates read(Path path) throws IOException {
        try (MatrixMarketText text = MatrixMarketText.open(path)) {
            requirePlausible(path, text);
            EntryList entries = new EntryList(path);
            for (long n = 0; n < text.entries(); n++) {
                text.readEntry(n);
                entries.add(text.row(), text.col(), text.value());
            }
            text.requireEnd();
            int[] repeated = entries.repeated(text.symmetry() != Symmetry.GENERAL);
            if (repeated != null) {
                throw repeated(path, entries, repeated);
            }
            if (text.symmetry() != Symmetry.GENERAL) {
                entries.mirror(text.symmetry() == Symmetry.SKEW ? -1 : 1);
            }
            return new Coordinates(
                    entries.toMatrix((int) text.rows(), (int) text.cols()),
                    text.pattern(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /** Sizes that the file can hold and half of the heap too. */
    private static void requirePlausible(Path path, MatrixMarketText text) throws IOException {
        if (!text.coordinate()) {
            throw text.refused("a dense array; a list of entries, 'matrix coordinate', is needed");
        }
        String shape = text.rows() + "×" + text.cols();
        if (text.rows() < 1 || text.cols() < 1 || text.entries() < 1) {
            throw text.refused("a " + shape + " matrix with " + text.entries() + " entries; at least one is needed");
        }
        if (text.rows() >= InputFiles.LONGEST_ARRAY || text.cols() >= InputFiles.LONGEST_ARRAY) {
            throw text.refused("a " + shape + " matrix; rows and columns must be below 2^31-8");
        }
        long most = switch (text.symmetry()) {
            case GENERAL -> text.rows() * text.cols();
            case SYMMETRIC -> text.rows() * (text.rows() + 1) / 2;
            case SKEW -> text.rows() * (text.rows() - 1) / 2;
        };
        if (text.entries() > most) {
            throw text.refused(text.entries() + " entries in a matrix that has " + most);
        }
        // the shortest line is "1 1\n" or "1 1 1\n"; the last line feed may be missing
        long held = (Files.size(path) + 1) / (text.pattern() ? 4 : 6);
        if (text.entries() > held) {
            throw text.refused(text.entries() + " entries announced; a file of this length holds at most " + held);
        }
        double stored = text.symmetry() == Symmetry.GENERAL ? text.entries() : 2.0 * text.entries();
        double bytes = stored * EntryList.BYTES_PER_ENTRY + (double) (text.rows() + text.cols()) * Integer.BYTES;
        InputFiles.requireRoom(path, "a " + shape + " matrix with " + text.entries() + " entries", bytes);
    }

    /** Reads the file again for the numbers of the two lines: they are not worth keeping otherwise. */
    private static StoreException repeated(Path path, EntryList entries, int[] numbers) throws IOException {
        try (MatrixMarketText text = MatrixMarketText.open(path)) {
            long earlier = 0;
            for (int n = 0; n <= numbers[1]; n++) {
                text.readEntry(n);
                earlier = n == numbers[0] ? text.lineNumber() : earlier;
            }
            return text.refused("entry (" + (entries.row(numbers[1]) + 1) + ", " + (entries.col(numbers[1]) + 1)
                    + ") is given on line " + earlier + " already");
        }
    }
}
