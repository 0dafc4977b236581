package org.gradus.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * An open file in NumPy's array format, versions 1.0 to 3.0: "\x93NUMPY", major, minor, the header's length (2 bytes,
 * from 2.0 on 4, little endian), the header, the elements.
 */
final class NpyFile implements AutoCloseable {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST_HEADER = 64 * 1024;

    private final Path path;
    private final FileChannel channel;
    private NpyHeader header;
    private long start;

    private NpyFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Reads the header; whether the elements are there, {@link #requireElements} tells. */
    static NpyFile open(Path path) throws IOException {
        NpyFile file = new NpyFile(path, FileChannel.open(path));
        try {
            file.header = file.readHeader();
            return file;
        } catch (IOException | StoreException e) {
            file.close();
            throw e;
        }
    }

    Path path() {
        return path;
    }

    NpyHeader header() {
        return header;
    }

    List<Long> shape() {
        return header.shape();
    }

    private NpyHeader readHeader() throws IOException {
        ByteBuffer preamble = bytes(8);
        byte[] magic = new byte[MAGIC.length];
        preamble.get(magic);
        int major = preamble.get();
        int minor = preamble.get();
        if (!Arrays.equals(magic, MAGIC)) {
            throw InputFiles.refused(path, "does not begin as an npy file");
        }
        if (major < 1 || major > 3 || minor != 0) {
            throw InputFiles.refused(path, "npy version " + major + "." + minor + "; 1.0, 2.0 and 3.0 are read");
        }
        long length = major == 1 ? bytes(2).getShort() & 0xffffL : bytes(4).getInt() & 0xffffffffL;
        if (length > LONGEST_HEADER) {
            throw InputFiles.refused(path, "a header of " + length + " bytes; at most " + LONGEST_HEADER + " are read");
        }
        ByteBuffer text = bytes((int) length);
        try {
            return NpyHeader.parse((major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1)
                    .decode(text)
                    .toString());
        } catch (IllegalArgumentException e) {
            throw new StoreException(path + ": " + e.getMessage(), e);
        }
    }

    /** @throws StoreException unless the shape has elements and the file holds exactly these */
    void requireElements() throws IOException {
        List<Long> shape = shape();
        long held = channel.size() - start;
        long needed = header.type().size();
        for (long length : shape) {
            if (length < 1) {
                throw InputFiles.refused(path, "shape " + shape + " has no elements");
            }
            if (length > Long.MAX_VALUE / needed) {
                throw InputFiles.refused(path, "shape " + shape + " has more than 2^63-1 bytes");
            }
            needed *= length;
        }
        if (held != needed) {
            String what = held < needed ? "is cut short" : "has " + (held - needed) + " trailing bytes";
            throw InputFiles.refused(
                    path, what + ": shape " + shape + " takes " + needed + " bytes after the header, found " + held);
        }
    }

    /**
     * Reads elements that lie one after another, from any thread.
     *
     * @param element the first one's number, in the order of the file
     * @param buffer filled from its position 0 to its limit, then ready to be decoded
     */
    void read(long element, ByteBuffer buffer) throws IOException {
        fill(buffer, start + element * header.type().size());
        buffer.order(header.type().order());
    }

    private ByteBuffer bytes(int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        fill(buffer, start);
        start += count;
        return buffer;
    }

    /** From the buffer's beginning to its limit. */
    private void fill(ByteBuffer buffer, long position) throws IOException {
        for (long at = position; buffer.hasRemaining(); ) {
            int count = channel.read(buffer, at);
            if (count < 0) {
                throw new EOFException("the file ends within its header or elements");
            }
            at += count;
        }
        buffer.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
