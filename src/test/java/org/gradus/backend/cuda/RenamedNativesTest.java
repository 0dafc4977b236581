package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.gradus.backend.BackendException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RenamedNativesTest {
    private static final Map<String, String> NVRTC = Map.of("libnvrtc.so.12", "libnvrtc.so.13");

    @TempDir
    Path folder;

    private byte[] original;

    @BeforeEach
    void readTheNative() {
        assumeTrue(
                RenamedNatives.class.getResource("/lib/libJNvrtc-12.6.0-linux-x86_64.so") != null,
                "JCuda has no natives for this platform");
        original = NativeFolder.resource(JCudaNative.NVRTC.fileName());
    }

    /** printf from the ABI's own example, the others as JCuda's natives have them. */
    @ParameterizedTest
    @CsvSource({"printf, 077905a6", "GLIBC_2.2.5, 09691a75", "libnvrtc.so.12, 0bcddfc2", "'', 00000000"})
    void theHashIsTheAbis(String name, String hash) {
        assertEquals(hash, String.format("%08x", RenamedNatives.hash(name)));
    }

    @ParameterizedTest
    @EnumSource(JCudaNative.class)
    void everythingButTheNamesAndTheirHashesStays(JCudaNative each) throws IOException {
        byte[] before = NativeFolder.resource(each.fileName());
        byte[] after = each.contentFor(CudaRelease.CUDA_13, before);
        assertEquals(before.length, after.length);
        int links = each == JCudaNative.DRIVER ? 0 : each == JCudaNative.SOLVER ? 2 : 1;
        // one digit of the name, in one string that both uses share, and of the hash at most four bytes
        int differing = 0;
        for (int i = 0; i < before.length; i++) {
            differing += before[i] == after[i] ? 0 : 1;
        }
        assertTrue(differing >= 2 * links && differing <= 6 * links, "" + differing);
        Path one = Files.write(folder.resolve("before.so"), before);
        Path other = Files.write(folder.resolve("after.so"), after);
        assertEquals(Elf.imports(one), Elf.imports(other));
        assertEquals(Elf.exports(one), Elf.exports(other));
        String text = new String(after, StandardCharsets.ISO_8859_1);
        assertEquals(links > 0, text.contains(each == JCudaNative.SOLVER ? "libcusolverMg.so.12\0" : ".so.13\0"));
        assertArrayEquals(before, each.contentFor(CudaRelease.CUDA_12, before));
    }

    private String refusal(byte[] library, Map<String, String> names) {
        return assertThrows(IOException.class, () -> RenamedNatives.rename(library, names))
                .getMessage();
    }

    @Test
    void aNativeThatNeedsOtherLibrariesThanExpectedIsRefused() throws IOException {
        assertEquals("it needs libnvrtc.so.12 as well", refusal(original, Map.of()));
        Map<String, String> both = new HashMap<>(NVRTC);
        both.put("libcublas.so.12", "libcublas.so.13");
        assertEquals("it does not need libcublas.so.12", refusal(original, both));
        assertEquals(
                "libnvrtc.so.12 and libnvrtc.so.9 differ in length",
                refusal(original, Map.of("libnvrtc.so.12", "libnvrtc.so.9")));
        byte[] renamed = RenamedNatives.rename(original, NVRTC);
        assertEquals("it needs libnvrtc.so.13 as well", refusal(renamed, NVRTC));
        String said = assertThrows(
                        BackendException.class, () -> JCudaNative.NVRTC.contentFor(CudaRelease.CUDA_13, renamed))
                .getMessage();
        assertEquals(
                "cuda: JCuda's libJNvrtc-12.6.0-linux-x86_64.so cannot be made to use CUDA 13: it needs libnvrtc.so.13 as"
                        + " well; build with JCuda 12.6.0, or use CUDA 12",
                said);
    }

    @Test
    void aVersionOfAnotherNameThanTheLibrarysIsRefused() {
        int hash = Integer.reverseBytes(RenamedNatives.hash("libnvrtc.so.12"));
        byte[] wanted = ByteBuffer.allocate(4).putInt(hash).array();
        byte[] changed = original.clone();
        int at = 0;
        while (!Arrays.equals(changed, at, at + 4, wanted, 0, 4)) {
            at++;
        }
        changed[at]++;
        assertEquals("the version that it needs of libnvrtc.so.12 has another name", refusal(changed, NVRTC));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 40, 63, 64, 1000, 20_000, 60_000})
    void aDamagedNativeIsRefused(int length) {
        String said = refusal(Arrays.copyOf(original, length), NVRTC);
        assertTrue(said.startsWith("it is ") || said.startsWith("it has no "), said);
    }
}
