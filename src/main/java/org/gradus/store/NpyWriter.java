package org.gradus.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.gradus.linalg.Matrix;

/** NumPy's array format 1.0: {@code <f8}, C order, elements from a multiple of 64 bytes on, as numpy.save writes it. */
public final class NpyWriter {
    private static final int ALIGNMENT = 64;
    private static final int BLOCK = 1 << 16;

    private NpyWriter() {}

    /** @throws StoreException if the file cannot be written; what was there is then untouched */
    public static void write(Path path, Matrix matrix) {
        AtomicFile.write(path, out -> {
            out.write(header(matrix));
            elements(out, matrix);
        });
    }

    private static byte[] header(Matrix matrix) {
        String dictionary =
                "{'descr': '<f8', 'fortran_order': False, 'shape': (" + matrix.rows() + ", " + matrix.cols() + "), }";
        int unpadded = 10 + dictionary.length() + 1;
        int length = (unpadded + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        ByteBuffer header = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        header.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
        header.put((byte) 1).put((byte) 0).putShort((short) (length - 10));
        header.put(dictionary.getBytes(StandardCharsets.US_ASCII));
        header.put(" ".repeat(length - unpadded).getBytes(StandardCharsets.US_ASCII));
        header.put((byte) '\n');
        return header.array();
    }

    private static void elements(OutputStream out, Matrix matrix) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.cols(); j++) {
                block.putDouble(matrix.get(i, j));
                if (!block.hasRemaining()) {
                    out.write(block.array());
                    block.clear();
                }
            }
        }
        out.write(block.array(), 0, block.position());
    }
}
