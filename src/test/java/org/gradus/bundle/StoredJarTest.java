package org.gradus.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StoredJarTest {
    @TempDir
    Path folder;

    static Path jar(Path file, String... names) throws IOException {
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream jar = new ZipOutputStream(out)) {
            for (String name : names) {
                jar.putNextEntry(new ZipEntry(name));
                jar.write(name.repeat(20).getBytes(StandardCharsets.UTF_8));
                jar.closeEntry();
            }
        }
        return file;
    }

    @Test
    void contentAndOrderStayAndNothingIsCompressed() throws IOException {
        Path jar = jar(folder.resolve("some-1.0.jar"), "META-INF/MANIFEST.MF", "b/B.class", "a/libx.so");
        Path stored = folder.resolve("stored.jar");
        StoredJar.write(jar, stored);
        try (ZipFile file = new ZipFile(stored.toFile())) {
            List<? extends ZipEntry> entries = file.stream().toList();
            assertEquals(
                    List.of("META-INF/MANIFEST.MF", "b/B.class", "a/libx.so"),
                    entries.stream().map(ZipEntry::getName).toList());
            for (ZipEntry entry : entries) {
                assertEquals(ZipEntry.STORED, entry.getMethod());
                assertEquals(
                        entry.getName().repeat(20),
                        new String(file.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        Path again = folder.resolve("again.jar");
        StoredJar.write(stored, again);
        assertArrayEquals(Files.readAllBytes(stored), Files.readAllBytes(again));
    }

    @ParameterizedTest
    @CsvSource({
        "jcuda-natives-12.6.0-linux-x86_64.jar,     lib/libJCudaDriver-12.6.0-linux-x86_64.so,             true",
        "jcuda-natives-12.6.0-linux-x86_64.jar,     lib/libJNvrtc-12.6.0-linux-x86_64.so,                  true",
        "jcuda-natives-12.6.0-linux-x86_64.jar,     lib/libJNvPTXCompiler-12.6.0-linux-x86_64.so,          false",
        "jcuda-natives-12.6.0-linux-x86_64.jar,     lib/libJCudaRuntime-12.6.0-linux-x86_64.so,            false",
        "jcuda-natives-12.6.0-linux-x86_64.jar,     META-INF/MANIFEST.MF,                                  true",
        "jcublas-natives-12.6.0-linux-x86_64.jar,   lib/libJCublas2-12.6.0-linux-x86_64.so,                true",
        "jcublas-natives-12.6.0-linux-x86_64.jar,   lib/libJCublas-12.6.0-linux-x86_64.so,                 false",
        "jcusolver-natives-12.6.0-linux-x86_64.jar, lib/libJCusolver-12.6.0-linux-x86_64.so,               true",
        "openblas-0.3.31-1.5.13-linux-x86_64.jar,   org/bytedeco/openblas/linux-x86_64/libopenblas.so.0,   true",
        "openblas-0.3.31-1.5.13-linux-x86_64.jar,   org/bytedeco/openblas/linux-x86_64/libjniopenblas.so,  true",
        "openblas-0.3.31-1.5.13-linux-x86_64.jar,   org/bytedeco/openblas/linux-x86_64/libgfortran.so.5,   true",
        "openblas-0.3.31-1.5.13-linux-x86_64.jar,   org/bytedeco/openblas/linux-x86_64/libgcc_s.so.1,      false",
        "openblas-0.3.31-1.5.13-linux-x86_64.jar,   org/bytedeco/openblas/linux-x86_64/include/lapacke.h,  false",
        "echarts-5.3.1.jar, META-INF/resources/webjars/echarts/5.3.1/dist/echarts.min.js,      true",
        "echarts-5.3.1.jar, META-INF/resources/webjars/echarts/5.3.1/licenses/LICENSE-d3,      true",
        "echarts-5.3.1.jar, META-INF/maven/org.webjars.npm/echarts/pom.properties,             true",
        "echarts-5.3.1.jar, META-INF/resources/webjars/echarts/5.3.1/dist/echarts.js.map,      false",
        "echarts-5.3.1.jar, META-INF/resources/webjars/echarts/5.3.1/lib/echarts.js,           false",
        "openblas-0.3.31-1.5.13.jar,                org/bytedeco/openblas/global/openblas.class,           true",
        "javacpp-1.5.13-linux-x86_64.jar,           org/bytedeco/javacpp/linux-x86_64/libjnijavacpp.so,    true",
        "javacpp-1.5.13.jar,                        META-INF/native-image/org/jni-config.json,             false",
    })
    void nativesThatAreNeverLoadedAreLeftOut(String jar, String entry, boolean kept) {
        assertEquals(kept, StoredJar.keptOf(jar).test(entry));
    }
}
