package org.gradus.elf;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The sections of a shared library of Linux on x86-64; nothing is believed that lies outside of the file. A program that may
 * be loaded anywhere, as all of a JDK's, is one too.
 *
 * <p>ELF64, little endian (System V ABI, chapters 4 and 5): file header of 64 bytes, section headers of 64, in which type
 * (at 4), offset (24), size (32), linked section (40), info (44) and size of an entry (56).
 *
 * <p>Every method throws an IOException if the file cannot be read or is no such file; its message begins with "it".
 */
public final class Sections implements AutoCloseable {
    private static final int HEADER = 64;
    private static final int SECTION = 64;

    private static final int MAGIC = 0x464C457F;
    private static final int CLASS_64_LITTLE_ENDIAN = 0x0102;
    private static final int SHARED_OBJECT = 3;
    private static final int X86_64 = 62;
    private static final int SHT_STRTAB = 3;

    /** Far above what NVIDIA's libraries have; a larger table is a damaged header. */
    private static final int LARGEST_TABLE = 1 << 26;

    private final Source source;
    private final ByteBuffer headers;

    /** Where the bytes come from. */
    private interface Source {
        long size() throws IOException;

        /** @return false at the end */
        boolean read(ByteBuffer into, long offset) throws IOException;

        void close() throws IOException;
    }

    private record OfFile(FileChannel file) implements Source {
        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public boolean read(ByteBuffer into, long offset) throws IOException {
            return file.read(into, offset) >= 0;
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    private static final class OfBytes implements Source {
        private final byte[] bytes;

        OfBytes(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public boolean read(ByteBuffer into, long offset) {
            into.put(bytes, (int) offset, into.remaining());
            return true;
        }

        @Override
        public void close() {}
    }

    /**
     * One section.
     *
     * @param info what it is depends on the type, often a number of entries
     * @param entry bytes of an entry, 0 where they differ
     * @param link the index of the section that belongs to it, often its table of names
     */
    public record Section(int type, long offset, long size, int link, int info, long entry) {}

    private Sections(Source source) throws IOException {
        this.source = source;
        ByteBuffer header = read(0, HEADER, "header");
        require(header.getInt(0) == MAGIC, "it is no ELF file");
        boolean here = header.getShort(4) == CLASS_64_LITTLE_ENDIAN
                && header.getShort(16) == SHARED_OBJECT
                && header.getShort(18) == X86_64;
        require(here, "it is no shared library for x86-64");
        require(header.getShort(58) == SECTION, "its section headers do not have 64 bytes");
        int count = Short.toUnsignedInt(header.getShort(60));
        require(count > 0, "it has no section headers");
        headers = read(header.getLong(40), (long) count * SECTION, "section headers");
    }

    public static Sections open(Path path) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return new Sections(new OfFile(file));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** @param bytes a whole file */
    public static Sections of(byte[] bytes) throws IOException {
        return new Sections(new OfBytes(bytes));
    }

    /** Whether a file that begins so says that it is ELF. */
    public static boolean isElf(byte[] beginning) {
        return beginning.length >= 4
                && ByteBuffer.wrap(beginning).order(ByteOrder.LITTLE_ENDIAN).getInt(0) == MAGIC;
    }

    /** The first section of this type. */
    public Optional<Section> find(int type) {
        for (int at = 0; at < headers.capacity(); at += SECTION) {
            if (headers.getInt(at + 4) == type) {
                return Optional.of(section(at));
            }
        }
        return Optional.empty();
    }

    private Section section(int at) {
        return new Section(
                headers.getInt(at + 4),
                headers.getLong(at + 24),
                headers.getLong(at + 32),
                headers.getInt(at + 40),
                headers.getInt(at + 44),
                headers.getLong(at + 56));
    }

    /**
     * The table of names that belongs to a section.
     *
     * @param what names the section's content in messages, such as "symbols"
     */
    public ByteBuffer namesOf(Section section, String what) throws IOException {
        long at = Integer.toUnsignedLong(section.link()) * SECTION;
        require(
                at < headers.capacity() && headers.getInt((int) at + 4) == SHT_STRTAB,
                "its " + what + " have no table of names");
        return content(section((int) at), "names");
    }

    /** @param what names the content in messages */
    public ByteBuffer content(Section section, String what) throws IOException {
        return read(section.offset(), section.size(), what);
    }

    private ByteBuffer read(long offset, long length, String what) throws IOException {
        long size = source.size();
        boolean inside = offset >= 0 && length >= 0 && length <= LARGEST_TABLE && offset <= size - length;
        require(inside, "it is damaged or cut off: its " + what + " lie outside of the file");
        ByteBuffer bytes = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (!source.read(bytes, offset + bytes.position())) {
                throw new EOFException("it became shorter while it was read");
            }
        }
        return bytes;
    }

    /**
     * The name that begins at {@code from}.
     *
     * @param names a table from {@link #namesOf}
     * @param longest in letters
     * @param what whose name it is, in messages, such as "a symbol"
     * @return empty if it has more letters than {@code longest}
     */
    public static Optional<String> name(ByteBuffer names, int from, int longest, String what) throws IOException {
        require(Integer.toUnsignedLong(from) < names.capacity(), what + "'s name lies outside of the table of names");
        int limit = Math.min(names.capacity(), from + longest + 1);
        int end = from;
        while (end < limit && names.get(end) != 0) {
            end++;
        }
        require(end < names.capacity(), what + "'s name does not end");
        if (end == limit) {
            return Optional.empty();
        }
        byte[] name = new byte[end - from];
        names.get(from, name);
        return Optional.of(new String(name, StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    static void require(boolean holds, String otherwise) throws IOException {
        if (!holds) {
            throw new IOException(otherwise);
        }
    }
}
