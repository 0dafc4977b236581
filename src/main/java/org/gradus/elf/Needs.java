package org.gradus.elf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gradus.elf.Sections.Section;

/**
 * What the loader has to find before a shared library or program starts.
 *
 * <p>{@code .dynamic} holds Dyn {tag 8, value 8}; {@code .gnu.version_r} (Linux Standard Base, symbol versioning) Verneed
 * {version 2, count 2, file 4, aux 4, next 4}, each followed at aux by count times Vernaux {hash 4, flags 2, other 2, name
 * 4, next 4}; file and name point into the table of names, aux and next are relative to the record they stand in.
 *
 * @param libraries their file names, as in {@code DT_NEEDED}
 * @param versions of each library the versions of its functions, such as {@code GLIBC_2.34} of {@code libc.so.6}
 */
public record Needs(Set<String> libraries, Map<String, Set<String>> versions) {
    private static final int SHT_DYNAMIC = 6;
    private static final int SHT_GNU_VERNEED = 0x6FFFFFFE;
    private static final int DT_NEEDED = 1;
    private static final int DYN = 16;
    private static final int VERNEED = 16;
    private static final int VERNAUX = 16;
    private static final int LONGEST_NAME = 255;

    /** @throws IOException if the file cannot be read or is no such library; the message says what is wrong with it */
    public static Needs of(Path file) throws IOException {
        try (Sections sections = Sections.open(file)) {
            return of(sections);
        }
    }

    /** @throws IOException as {@link #of(Path)} */
    public static Needs of(byte[] file) throws IOException {
        try (Sections sections = Sections.of(file)) {
            return of(sections);
        }
    }

    private static Needs of(Sections sections) throws IOException {
        Set<String> libraries = new TreeSet<>();
        Map<String, Set<String>> versions = new TreeMap<>();
        Optional<Section> dynamic = sections.find(SHT_DYNAMIC);
        if (dynamic.isPresent()) {
            ByteBuffer names = sections.namesOf(dynamic.get(), "needed libraries");
            readLibraries(sections.content(dynamic.get(), "needed libraries"), names, libraries);
        }
        Optional<Section> needed = sections.find(SHT_GNU_VERNEED);
        if (needed.isPresent()) {
            ByteBuffer names = sections.namesOf(needed.get(), "needed versions");
            ByteBuffer records = sections.content(needed.get(), "needed versions");
            readVersions(records, needed.get().info(), names, versions);
        }
        return new Needs(libraries, versions);
    }

    private static void readLibraries(ByteBuffer entries, ByteBuffer names, Set<String> found) throws IOException {
        for (int at = 0; at + DYN <= entries.capacity(); at += DYN) {
            if (entries.getLong(at) == DT_NEEDED) {
                found.add(name(names, entries.getLong(at + 8)));
            }
        }
    }

    private static void readVersions(ByteBuffer records, int count, ByteBuffer names, Map<String, Set<String>> found)
            throws IOException {
        long at = 0;
        for (int i = 0; i < count; i++) {
            int library = inside(records, at, VERNEED);
            Set<String> versions =
                    found.computeIfAbsent(name(names, records.getInt(library + 4)), file -> new TreeSet<>());
            long version = at + Integer.toUnsignedLong(records.getInt(library + 8));
            for (int j = Short.toUnsignedInt(records.getShort(library + 2)); j > 0; j--) {
                int record = inside(records, version, VERNAUX);
                versions.add(name(names, records.getInt(record + 8)));
                version += Integer.toUnsignedLong(records.getInt(record + 12));
            }
            at += Integer.toUnsignedLong(records.getInt(library + 12));
        }
    }

    private static int inside(ByteBuffer records, long at, int size) throws IOException {
        Sections.require(at <= records.capacity() - size, "a needed version lies outside of their list");
        return (int) at;
    }

    private static String name(ByteBuffer names, long at) throws IOException {
        Sections.require(at >= 0 && at < names.capacity(), "a library's name lies outside of the table of names");
        return Sections.name(names, (int) at, LONGEST_NAME, "a library")
                .orElseThrow(() -> new IOException("a library's name has more than " + LONGEST_NAME + " letters"));
    }
}
