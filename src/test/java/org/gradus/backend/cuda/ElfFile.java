package org.gradus.backend.cuda;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The smallest shared library that has names: header, section headers (null, .dynsym, .dynstr), symbols, names. Nothing in
 * it can be loaded.
 */
final class ElfFile {
    static final int DYNSYM = 64 + 64;
    static final int DYNSTR = 64 + 2 * 64;
    static final int SYMBOLS = 64 + 3 * 64;

    private ElfFile() {}

    /** Every name a defined global function. */
    static byte[] of(List<String> names) throws IOException {
        ByteArrayOutputStream strings = new ByteArrayOutputStream();
        strings.write(0);
        byte[] table = new byte[24 * (names.size() + 1)];
        ByteBuffer symbols = little(table).position(24);
        for (String name : names) {
            symbols.putInt(strings.size()).put((byte) 0x12).put((byte) 0).putShort((short) 7);
            symbols.putLong(0x1000).putLong(1);
            strings.write(name.getBytes(StandardCharsets.US_ASCII));
            strings.write(0);
        }
        int namesAt = SYMBOLS + table.length;
        byte[] bytes = new byte[namesAt + strings.size()];
        ByteBuffer file = little(bytes);
        file.putInt(0, 0x464C457F).put(4, (byte) 2).put(5, (byte) 1).put(6, (byte) 1);
        file.putShort(16, (short) 3).putShort(18, (short) 62).putLong(40, 64);
        file.putShort(52, (short) 64).putShort(58, (short) 64).putShort(60, (short) 3);
        file.putInt(DYNSYM + 4, 11).putLong(DYNSYM + 24, SYMBOLS).putLong(DYNSYM + 32, table.length);
        file.putInt(DYNSYM + 40, 2).putLong(DYNSYM + 56, 24);
        file.putInt(DYNSTR + 4, 3).putLong(DYNSTR + 24, namesAt).putLong(DYNSTR + 32, strings.size());
        file.put(SYMBOLS, table).put(namesAt, strings.toByteArray());
        return bytes;
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A file in a folder that is made where it is missing. */
    static Path write(Path file, String... names) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.write(file, of(List.of(names)));
    }
}
