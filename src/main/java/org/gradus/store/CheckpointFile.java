package org.gradus.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.zip.CRC32C;

/**
 * A header of plain values and arrays of float64 in one file, all little-endian:
 *
 * <pre>
 *   8 bytes  "GRADUSCP"
 *   u32      version of this layout
 *   u32      length h of the header
 *   h bytes  the header, a JSON object in UTF-8; its key "arrays" lists the arrays' lengths
 *   f64 …    the arrays, one after another
 *   u32      CRC-32C (Castagnoli) of everything before it
 * </pre>
 */
public final class CheckpointFile {
    static final int VERSION = 1;
    static final String LENGTHS = "arrays";

    private static final long MAGIC = 0x5043_5355_4441_5247L; // "GRADUSCP"
    private static final int PREFIX = 16;
    private static final int TRAILER = 4;
    private static final int LONGEST_HEADER = 1 << 22;
    private static final int BLOCK = 1 << 16;

    private final Path path;
    private final Map<String, Object> header;
    private final int[] lengths;
    private final long payload;

    private CheckpointFile(Path path, Map<String, Object> header, int[] lengths, long payload) {
        this.path = path;
        this.header = header;
        this.lengths = lengths;
        this.payload = payload;
    }

    /**
     * Writes a file, whole or not at all.
     *
     * @param header of maps, lists, strings, numbers, booleans and nulls, without the key "arrays"
     * @param lengths of the arrays
     * @param arrays asked for one at a time, in order
     * @throws StoreException if the file cannot be written; what was there is then untouched
     */
    public static void write(Path path, Map<String, Object> header, int[] lengths, IntFunction<double[]> arrays) {
        byte[] text = headerText(header, lengths);
        AtomicFile.write(path, file -> {
            CRC32C checksum = new CRC32C();
            ByteBuffer block = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
            block.putLong(MAGIC).putInt(VERSION).putInt(text.length);
            file.write(block.array(), 0, PREFIX);
            checksum.update(block.array(), 0, PREFIX);
            file.write(text);
            checksum.update(text);
            for (int i = 0; i < lengths.length; i++) {
                double[] numbers = arrays.apply(i);
                if (numbers.length != lengths[i]) {
                    throw new IllegalArgumentException(numbers.length + " numbers in an array of " + lengths[i]);
                }
                for (int from = 0; from < numbers.length; from += BLOCK / Double.BYTES) {
                    int count = Math.min(numbers.length - from, BLOCK / Double.BYTES);
                    block.clear().asDoubleBuffer().put(numbers, from, count);
                    file.write(block.array(), 0, count * Double.BYTES);
                    checksum.update(block.array(), 0, count * Double.BYTES);
                }
            }
            block.putInt(0, (int) checksum.getValue());
            file.write(block.array(), 0, TRAILER);
        });
    }

    private static byte[] headerText(Map<String, Object> header, int[] lengths) {
        Map<String, Object> whole = new LinkedHashMap<>(header);
        List<Integer> listed = new ArrayList<>();
        for (int length : lengths) {
            listed.add(length);
        }
        whole.put(LENGTHS, listed);
        return JsonFile.bytes(whole);
    }

    /**
     * Reads the header and checks every byte; nothing is allocated that the file does not hold.
     *
     * @throws StoreException why it is not to be used: missing, torn, damaged, no checkpoint, of a newer Gradus
     */
    public static CheckpointFile read(Path path) {
        InputFiles.requireRegular(path);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = channel.size();
            ByteBuffer prefix = bytes(channel, 0, (int) Math.min(size, PREFIX));
            if (size < PREFIX + TRAILER || prefix.getLong(0) != MAGIC) {
                throw InputFiles.refused(path, "is no checkpoint of Gradus, or only the beginning of one");
            }
            int version = prefix.getInt(8);
            if (version != VERSION) {
                throw InputFiles.refused(
                        path, "is of version " + Integer.toUnsignedString(version) + "; this Gradus reads " + VERSION);
            }
            int length = prefix.getInt(12);
            if (length < 2 || length > LONGEST_HEADER || length > size - PREFIX - TRAILER) {
                throw InputFiles.refused(path, "is damaged: the header's length does not fit the file's");
            }
            requireChecksum(path, channel, size);
            Map<String, Object> header =
                    JsonFile.parse(path, bytes(channel, PREFIX, length).array());
            int[] lengths = lengths(path, header);
            long payload = PREFIX + (long) length;
            long numbers = 0;
            for (int each : lengths) {
                numbers += each;
            }
            if (payload + Double.BYTES * numbers + TRAILER != size) {
                throw InputFiles.refused(path, "is damaged: the arrays' lengths do not fit the file's");
            }
            return new CheckpointFile(path, header, lengths, payload);
        } catch (IOException e) {
            throw InputFiles.unreadable(path, e);
        }
    }

    private static void requireChecksum(Path path, FileChannel channel, long size) throws IOException {
        CRC32C checksum = new CRC32C();
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        long end = size - TRAILER;
        for (long at = 0; at < end; at += block.limit()) {
            block.clear().limit((int) Math.min(BLOCK, end - at));
            fill(channel, at, block);
            checksum.update(block.flip());
        }
        if (bytes(channel, end, TRAILER).getInt(0) != (int) checksum.getValue()) {
            throw InputFiles.refused(path, "is torn or damaged: its checksum does not fit its content");
        }
    }

    private static int[] lengths(Path path, Map<String, Object> header) {
        if (!(header.get(LENGTHS) instanceof List<?> listed)
                || !listed.stream().allMatch(each -> each instanceof Integer length && length >= 0)) {
            throw InputFiles.refused(path, "is damaged: " + LENGTHS + " must be a list of lengths");
        }
        return listed.stream().mapToInt(each -> (Integer) each).toArray();
    }

    public Path path() {
        return path;
    }

    public Map<String, Object> header() {
        return header;
    }

    /** Of the arrays. */
    public int[] lengths() {
        return lengths.clone();
    }

    /**
     * The numbers of an array.
     *
     * @throws StoreException if the file can no longer be read
     */
    public double[] array(int index) {
        long at = payload;
        for (int i = 0; i < index; i++) {
            at += (long) Double.BYTES * lengths[i];
        }
        double[] numbers = new double[lengths[index]];
        ByteBuffer block = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            for (int from = 0; from < numbers.length; from += BLOCK / Double.BYTES) {
                int count = Math.min(numbers.length - from, BLOCK / Double.BYTES);
                block.clear().limit(count * Double.BYTES);
                fill(channel, at + (long) Double.BYTES * from, block);
                block.flip().asDoubleBuffer().get(numbers, from, count);
            }
            return numbers;
        } catch (IOException e) {
            throw InputFiles.unreadable(path, e);
        }
    }

    private static ByteBuffer bytes(FileChannel channel, long at, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        fill(channel, at, bytes);
        return bytes;
    }

    private static void fill(FileChannel channel, long at, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw new IOException("the file has become shorter");
            }
        }
    }
}
