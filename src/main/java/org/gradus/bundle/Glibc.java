package org.gradus.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.gradus.elf.Needs;
import org.gradus.elf.Sections;

/**
 * The oldest C library with which every native in a folder loads, those inside of jars included; and the same for the C++
 * library, whose versions are those of its functions, GLIBCXX_3.4.N.
 *
 * @param major of glibc, 2
 * @param cxx N; 0 where nothing needs the C++ library
 */
record Glibc(int major, int minor, int cxx) {
    private static final Pattern C = Pattern.compile("GLIBC_([0-9]+)\\.([0-9]+)(\\.[0-9]+)?");
    private static final Pattern CXX = Pattern.compile("GLIBCXX_3\\.4\\.([0-9]+)");
    /** No native of x86-64 needs less. */
    private static final Glibc OLDEST = new Glibc(2, 2, 0);

    static Glibc neededBy(Path folder) throws IOException {
        Glibc needed = OLDEST;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    needed = needed.and(file.toString().endsWith(".jar") ? inJar(file) : ofFile(file));
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return needed;
    }

    private static Glibc ofFile(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            if (!Sections.isElf(in.readNBytes(4))) {
                return OLDEST;
            }
        }
        return of(Needs.of(file));
    }

    private static Glibc inJar(Path file) throws IOException {
        Glibc needed = OLDEST;
        try (ZipFile jar = new ZipFile(file.toFile())) {
            for (ZipEntry entry : (Iterable<ZipEntry>) jar.stream().map(ZipEntry.class::cast)::iterator) {
                try (InputStream in = jar.getInputStream(entry)) {
                    if (entry.getName().contains(".so") && Sections.isElf(in.readNBytes(4))) {
                        needed =
                                needed.and(of(Needs.of(jar.getInputStream(entry).readAllBytes())));
                    }
                }
            }
        }
        return needed;
    }

    static Glibc of(Needs needs) {
        Glibc found = OLDEST;
        for (Set<String> versions : needs.versions().values()) {
            for (String version : versions) {
                found = found.and(parse(version));
            }
        }
        return found;
    }

    private static Glibc parse(String version) {
        Matcher c = C.matcher(version);
        if (c.matches()) {
            return new Glibc(Integer.parseInt(c.group(1)), Integer.parseInt(c.group(2)), 0);
        }
        Matcher cxx = CXX.matcher(version);
        return cxx.matches() ? new Glibc(OLDEST.major, OLDEST.minor, Integer.parseInt(cxx.group(1))) : OLDEST;
    }

    private Glibc and(Glibc other) {
        boolean newer = major != other.major ? major > other.major : minor > other.minor;
        Glibc c = newer ? this : other;
        return new Glibc(c.major, c.minor, Math.max(cxx, other.cxx));
    }

    /** Such as 2.34. */
    String version() {
        return major + "." + minor;
    }

    /** Such as GLIBCXX_3.4.29. */
    String cxxVersion() {
        return "GLIBCXX_3.4." + cxx;
    }
}
