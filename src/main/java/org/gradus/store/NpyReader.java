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
import org.gradus.linalg.Matrix;

/**
 * NumPy's array format, versions 1.0 to 3.0: "\x93NUMPY", major, minor, the header's length (2 bytes, from 2.0 on 4,
 * little endian), the header, the elements.
 */
final class NpyReader {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST_HEADER = 64 * 1024;
    /** A multiple of every element size. */
    private static final int BLOCK = 1 << 18;

    private final Path path;
    private final FileChannel channel;

    private NpyReader(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** A two-dimensional array, or a one-dimensional one as a column. */
    static Matrix read(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            NpyReader reader = new NpyReader(path, channel);
            NpyHeader header = reader.header();
            List<Long> shape = header.shape();
            if (shape.isEmpty() || shape.size() > 2) {
                throw InputFiles.refused(path, "has " + shape.size() + " axes; a matrix has 2, a column 1");
            }
            long cols = shape.size() == 2 ? shape.get(1) : 1;
            int[] lengths = reader.checked(header, shape.get(0), 1, cols);
            return reader.elements(header, lengths);
        }
    }

    /** A three-dimensional array m × rows × cols, or what {@link #read(Path)} reads. */
    static MatrixStack readStack(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            NpyReader reader = new NpyReader(path, channel);
            NpyHeader header = reader.header();
            List<Long> shape = header.shape();
            if (shape.size() == 3) {
                int[] lengths = reader.checked(header, shape.get(0), shape.get(1), shape.get(2));
                return new MatrixStack(lengths[1], lengths[2], reader.elements(header, lengths));
            }
        }
        return new MatrixStack(0, 0, read(path));
    }

    private NpyHeader header() throws IOException {
        ByteBuffer start = bytes(8);
        byte[] magic = new byte[MAGIC.length];
        start.get(magic);
        int major = start.get();
        int minor = start.get();
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

    /** The lengths of the axes, once the file is known to hold exactly their elements and the heap to hold the matrix. */
    private int[] checked(NpyHeader header, long m, long rows, long cols) throws IOException {
        List<Long> shape = header.shape();
        for (long length : shape) {
            if (length < 1) {
                throw InputFiles.refused(path, "shape " + shape + " has no elements");
            }
            if (length > Integer.MAX_VALUE) {
                throw InputFiles.refused(path, "shape " + shape + " has more than 2^31-1 elements");
            }
        }
        if (rows > Integer.MAX_VALUE / cols || m > Integer.MAX_VALUE / (rows * cols)) {
            throw InputFiles.refused(path, "shape " + shape + " has more than 2^31-1 elements");
        }
        long needed = m * rows * cols * header.type().size();
        long held = channel.size() - channel.position();
        if (held != needed) {
            String what = held < needed ? "is cut short" : "has " + (held - needed) + " trailing bytes";
            throw InputFiles.refused(
                    path, what + ": shape " + shape + " takes " + needed + " bytes after the header, found " + held);
        }
        InputFiles.requireHolds(path, m, rows * cols, Double.BYTES);
        return new int[] {(int) m, (int) rows, (int) cols};
    }

    /** Element (i, j, k) of an m × p × q array goes to row i, column j·q + k. */
    private Matrix elements(NpyHeader header, int[] lengths) throws IOException {
        int m = lengths[0];
        int p = lengths[1];
        int q = lengths[2];
        double[] data = new double[m * p * q];
        ByteBuffer block =
                ByteBuffer.allocateDirect(BLOCK).order(header.type().order()).limit(0);
        for (int n = 0; n < data.length; n++) {
            if (!block.hasRemaining()) {
                fill(block.clear().limit((int)
                        Math.min(BLOCK, (long) (data.length - n) * header.type().size())));
            }
            // C order: n = (i·p + j)·q + k; Fortran order: n = i + m·(j + p·k)
            int i = header.fortranOrder() ? n % m : n / (p * q);
            int j = header.fortranOrder() ? n / m % p : n / q % p;
            int k = header.fortranOrder() ? n / m / p : n % q;
            double value = header.type().next(block);
            if (!Double.isFinite(value)) {
                String position = header.shape().size() == 3 ? i + ", " + j + ", " + k : i + ", " + k;
                throw InputFiles.refused(path, "element (" + position + "), counted from 0, is " + value);
            }
            data[i + m * (j * q + k)] = value;
        }
        return new Matrix(m, p * q, data);
    }

    private ByteBuffer bytes(int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        fill(buffer);
        return buffer;
    }

    private void fill(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("the file ends within its header or elements");
            }
        }
        buffer.flip();
    }
}
