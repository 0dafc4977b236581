package org.gradus.elf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NeedsTest {
    @TempDir
    Path folder;

    /** JCuda's native for the driver; readelf shows the same. */
    private static byte[] driver() throws IOException {
        try (InputStream in = Needs.class.getResourceAsStream("/lib/libJNvrtc-12.6.0-linux-x86_64.so")) {
            assumeTrue(in != null, "JCuda has no natives for this platform");
            return in.readAllBytes();
        }
    }

    @Test
    void aNativeOfJCudaNeedsWhatReadelfShows() throws IOException {
        byte[] file = driver();
        Needs needs = Needs.of(file);
        assertEquals(Set.of("libc.so.6", "libnvrtc.so.12", "libstdc++.so.6"), needs.libraries());
        Map<String, Set<String>> versions = needs.versions();
        assertEquals(Set.of("libnvrtc.so.12"), versions.get("libnvrtc.so.12"));
        assertEquals(Set.of("GLIBC_2.2.5", "GLIBC_2.4"), versions.get("libc.so.6"));
        assertTrue(versions.get("libstdc++.so.6").contains("GLIBCXX_3.4"), versions::toString);
        assertEquals(needs, Needs.of(Files.write(folder.resolve("driver.so"), file)));
    }

    @Test
    void whatIsNoElfFileIsRefused() {
        IOException refused = assertThrows(IOException.class, () -> Needs.of(new byte[100]));
        assertEquals("it is no ELF file", refused.getMessage());
        assertThrows(IOException.class, () -> Needs.of(new byte[3]));
    }

    /** Whatever the bytes are, the answer is a record or an IOException. */
    @Test
    void noDamageLeadsToAnyOtherFailure() throws IOException {
        byte[] whole = driver();
        Random random = new Random(1);
        int refused = 0;
        for (int round = 0; round < 400; round++) {
            byte[] file = whole.clone();
            int headers = file.length - 64 * 40;
            for (int i = 0; i < 200; i++) {
                file[round % 2 == 0 ? random.nextInt(20_000) + 4 : headers + random.nextInt(64 * 40)] =
                        (byte) random.nextInt();
            }
            try {
                Needs.of(round % 5 == 0 ? Arrays.copyOf(file, random.nextInt(file.length)) : file);
            } catch (IOException e) {
                refused++;
            }
        }
        assertTrue(refused > 50, "refused: " + refused);
    }
}
