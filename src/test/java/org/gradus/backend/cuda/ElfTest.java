package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ElfTest {
    private static final List<String> NAMES = List.of("cuInit", "cuMemAlloc_v2", "x".repeat(255));

    @TempDir
    Path folder;

    private Path write(byte[] content) throws IOException {
        return Files.write(folder.resolve("library.so"), content);
    }

    private String refusal(byte[] content) throws IOException {
        Path file = write(content);
        return assertThrows(IOException.class, () -> Elf.exports(file)).getMessage();
    }

    @Test
    void theDefinedGlobalSymbolsAreExported() throws IOException {
        assertEquals(Set.copyOf(NAMES), Elf.exports(write(ElfFile.of(NAMES))));
        assertEquals(Set.of(), Elf.exports(write(ElfFile.of(List.of()))));
    }

    @Test
    void undefinedAndLocalSymbolsAndNamesBeyondAnyEntryPointAreNot() throws IOException {
        byte[] file = ElfFile.of(List.of("undefined", "local", "weak", "y".repeat(256)));
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putShort(ElfFile.SYMBOLS + 24 + 6, (short) 0);
        bytes.put(ElfFile.SYMBOLS + 48 + 4, (byte) 0x02);
        bytes.put(ElfFile.SYMBOLS + 72 + 4, (byte) 0x22);
        assertEquals(Set.of("weak"), Elf.exports(write(file)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"JCudaDriver", "JCublas2", "JCusolver", "JNvrtc"})
    void aRealLibraryShowsWhatItDefinesAndNotWhatItImports(String name) throws IOException {
        Path file = folder.resolve("real.so");
        try (InputStream in = Elf.class.getResourceAsStream("/lib/lib" + name + "-12.6.0-linux-x86_64.so")) {
            assumeTrue(in != null, "JCuda has no natives for this platform");
            Files.copy(in, file);
        }
        Set<String> exports = Elf.exports(file);
        assertTrue(exports.contains("JNI_OnLoad"), exports::toString);
        assertFalse(exports.contains("cuInit") || exports.contains("nvrtcVersion"), exports::toString);
    }

    /** Bytes of a whole file of two names that are replaced: where, how many, by what. */
    @ParameterizedTest
    @CsvSource({
        "0,   1, 0,                    it is no ELF file",
        "4,   1, 1,                    it is no shared library for x86-64",
        "5,   1, 2,                    it is no shared library for x86-64",
        "16,  2, 2,                    it is no shared library for x86-64",
        "18,  2, 183,                  it is no shared library for x86-64",
        "40,  8, 9223372036854775807,  section headers lie outside",
        "40,  8, -1,                   section headers lie outside",
        "58,  2, 40,                   its section headers do not have 64 bytes",
        "60,  2, 0,                    it has no section headers",
        "60,  2, -1,                   section headers lie outside",
        "132, 4, 2,                    it has no table of dynamic symbols",
        "152, 8, 4611686018427387904,  its symbols lie outside",
        "152, 8, -24,                  its symbols lie outside",
        "160, 8, 9223372036854775807,  its symbols lie outside",
        "160, 8, -1,                   its symbols lie outside",
        "160, 8, 67108865,             its symbols lie outside",
        "168, 4, 3,                    its symbols have no table of names",
        "168, 4, -1,                   its symbols have no table of names",
        "168, 4, 67108864,             its symbols have no table of names",
        "168, 4, 1,                    its symbols have no table of names",
        "184, 8, 16,                   its symbols do not have 24 bytes",
        "184, 8, 0,                    its symbols do not have 24 bytes",
        "216, 8, 1000000,              its names lie outside",
        "224, 8, 0,                    name lies outside of the table",
        "224, 8, 5,                    name does not end",
        "280, 4, -1,                   name lies outside of the table",
        "280, 4, 1000,                 name lies outside of the table",
    })
    void aDamagedFileIsRefusedWithWhatIsWrong(int at, int length, long value, String words) throws IOException {
        byte[] file = ElfFile.of(List.of("cuInit", "cuDriverGetVersion"));
        for (int i = 0; i < length; i++) {
            file[at + i] = (byte) (value >> (8 * i));
        }
        String said = refusal(file);
        assertTrue(said.contains(words), said);
    }

    @Test
    void aFileCutOffAnywhereIsRefused() throws IOException {
        byte[] file = ElfFile.of(NAMES);
        for (int length = 0; length < file.length; length++) {
            String said = refusal(Arrays.copyOf(file, length));
            assertTrue(said.contains("cut off"), said);
        }
    }

    /** Whatever the bytes are, the answer is a set of names or an IOException. */
    @Test
    void noDamageLeadsToAnyOtherFailure() throws IOException {
        byte[] whole = ElfFile.of(NAMES);
        Random random = new Random(1);
        int refused = 0;
        for (int round = 0; round < 2000; round++) {
            byte[] file = whole.clone();
            for (int i = 0; i < 1 + round % 4; i++) {
                file[random.nextInt(file.length)] = (byte) random.nextInt();
            }
            try {
                Elf.exports(write(file));
            } catch (IOException e) {
                refused++;
            }
        }
        assertTrue(refused > 100, "refused: " + refused);
    }
}
