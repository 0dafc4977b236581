package org.gradus.backend.cuda;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * The functions that a shared library of Linux on x86-64 exports: the defined global symbols of its {@code .dynsym}.
 *
 * <p>ELF64, little endian (System V ABI, chapters 4 and 5): file header of 64 bytes, section headers of 64, symbols of 24.
 */
final class Elf {
    private static final int HEADER = 64;
    private static final int SECTION = 64;
    private static final int SYMBOL = 24;

    private static final int MAGIC = 0x464C457F;
    private static final int CLASS_64_LITTLE_ENDIAN = 0x0102;
    private static final int SHARED_OBJECT = 3;
    private static final int X86_64 = 62;
    private static final int SHT_STRTAB = 3;
    private static final int SHT_DYNSYM = 11;
    private static final int STB_GLOBAL = 1;
    private static final int STB_WEAK = 2;

    /** Far above what NVIDIA's libraries have; a larger table is a damaged header. */
    private static final int LARGEST_TABLE = 1 << 26;
    /** Longer names are not compared; no entry point of CUDA has half as many letters. */
    private static final int LONGEST_NAME = 255;

    private final FileChannel file;
    private final long size;

    private Elf(FileChannel file) throws IOException {
        this.file = file;
        this.size = file.size();
    }

    /** @throws IOException if the file cannot be read or is no such library; the message says what is wrong with it */
    static Set<String> exports(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            return new Elf(file).exports();
        }
    }

    private Set<String> exports() throws IOException {
        ByteBuffer sections = sections();
        for (int at = 0; at < sections.capacity(); at += SECTION) {
            if (sections.getInt(at + 4) == SHT_DYNSYM) {
                require(sections.getLong(at + 56) == SYMBOL, "its symbols do not have 24 bytes");
                long names = Integer.toUnsignedLong(sections.getInt(at + 40)) * SECTION;
                require(
                        names < sections.capacity() && sections.getInt((int) names + 4) == SHT_STRTAB,
                        "its symbols have no table of names");
                return names(table(sections, at, "symbols"), table(sections, (int) names, "names"));
            }
        }
        throw new IOException("it has no table of dynamic symbols");
    }

    private ByteBuffer sections() throws IOException {
        ByteBuffer header = read(0, HEADER, "header");
        require(header.getInt(0) == MAGIC, "it is no ELF file");
        boolean here = header.getShort(4) == CLASS_64_LITTLE_ENDIAN
                && header.getShort(16) == SHARED_OBJECT
                && header.getShort(18) == X86_64;
        require(here, "it is no shared library for x86-64");
        require(header.getShort(58) == SECTION, "its section headers do not have 64 bytes");
        int count = Short.toUnsignedInt(header.getShort(60));
        require(count > 0, "it has no section headers");
        return read(header.getLong(40), (long) count * SECTION, "section headers");
    }

    private ByteBuffer table(ByteBuffer sections, int at, String what) throws IOException {
        return read(sections.getLong(at + 24), sections.getLong(at + 32), what);
    }

    private ByteBuffer read(long offset, long length, String what) throws IOException {
        boolean inside = offset >= 0 && length >= 0 && length <= LARGEST_TABLE && offset <= size - length;
        require(inside, "it is damaged or cut off: its " + what + " lie outside of the file");
        ByteBuffer bytes = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, offset + bytes.position()) < 0) {
                throw new EOFException("it became shorter while it was read");
            }
        }
        return bytes;
    }

    private static Set<String> names(ByteBuffer symbols, ByteBuffer names) throws IOException {
        Set<String> exports = new HashSet<>();
        for (int at = 0; at + SYMBOL <= symbols.capacity(); at += SYMBOL) {
            int binding = symbols.get(at + 4) >>> 4 & 0xF;
            boolean defined = symbols.getShort(at + 6) != 0;
            if (defined && (binding == STB_GLOBAL || binding == STB_WEAK)) {
                long name = Integer.toUnsignedLong(symbols.getInt(at));
                require(name < names.capacity(), "a symbol's name lies outside of the table of names");
                addName(names, (int) name, exports);
            }
        }
        return exports;
    }

    private static void addName(ByteBuffer names, int from, Set<String> exports) throws IOException {
        int limit = Math.min(names.capacity(), from + LONGEST_NAME + 1);
        int end = from;
        while (end < limit && names.get(end) != 0) {
            end++;
        }
        require(end < names.capacity(), "a symbol's name does not end");
        if (end < limit) {
            byte[] name = new byte[end - from];
            names.get(from, name);
            exports.add(new String(name, StandardCharsets.US_ASCII));
        }
    }

    private static void require(boolean holds, String otherwise) throws IOException {
        if (!holds) {
            throw new IOException(otherwise);
        }
    }
}
