package org.gradus.bundle;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A jar without compression of its own, so that the archive's sees through it, without what Gradus never loads, and with
 * fixed times.
 */
final class StoredJar {
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    /** Of the jars whose name begins so, the natives that are loaded. Others keep theirs. */
    private record Natives(String jar, Pattern loaded) {}

    private static final List<Natives> NATIVES = List.of(
            new Natives("jcuda-natives-", Pattern.compile("libJ(CudaDriver|Nvrtc)-.*")),
            new Natives("jcublas-natives-", Pattern.compile("libJCublas2-.*")),
            new Natives("jcusolver-natives-", Pattern.compile("libJCusolver-.*")),
            // not GCC's libgcc_s: it asks for a newer glibc than all others, and the Java runtime has loaded the
            // machine's
            new Natives("openblas-", Pattern.compile("lib(?!gcc_s).*")));

    /** Headers and notes for compilers that travel with natives. */
    private static final Pattern FOR_COMPILERS =
            Pattern.compile(".*/(include|cmake|pkgconfig)/.*|META-INF/native-image/.*");

    /** Of the chart library, the other builds, their maps and sources. */
    private static final Pattern OTHER_BUILDS = Pattern.compile(
            "META-INF/resources/webjars/echarts/[^/]+/(?!dist/echarts\\.min\\.js|LICENSE|NOTICE|licenses/).*");

    private StoredJar() {}

    /** Writes what is kept of {@code jar} to {@code target}, in the same order. */
    static void write(Path jar, Path target) throws IOException {
        Predicate<String> kept = keptOf(jar.getFileName().toString());
        try (ZipFile in = new ZipFile(jar.toFile());
                OutputStream file = new BufferedOutputStream(Files.newOutputStream(target));
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (ZipEntry entry :
                    in.stream().filter(each -> kept.test(each.getName())).toList()) {
                byte[] content = in.getInputStream(entry).readAllBytes();
                out.putNextEntry(stored(entry.getName(), content));
                out.write(content);
                out.closeEntry();
            }
        }
    }

    static Predicate<String> keptOf(String jar) {
        return name -> !FOR_COMPILERS.matcher(name).matches()
                && !OTHER_BUILDS.matcher(name).matches()
                && NATIVES.stream()
                        .filter(each -> jar.startsWith(each.jar()))
                        .allMatch(each -> !isNative(name)
                                || each.loaded().matcher(fileName(name)).matches());
    }

    private static boolean isNative(String name) {
        return fileName(name).matches(".*\\.so(\\.[0-9.]+)?");
    }

    private static String fileName(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    private static ZipEntry stored(String name, byte[] content) {
        CRC32 sum = new CRC32();
        sum.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
        entry.setTimeLocal(TIME);
        return entry;
    }
}
