package org.gradus.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointFileTest {
    private static final double[] STRANGE = {
        0, -0.0, Double.NaN, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, -Double.MAX_VALUE, 1 / 3.0, Math.nextUp(1.0)
    };

    @TempDir
    Path folder;

    private Path write(double[]... arrays) {
        Path file = folder.resolve("step_000000007.checkpoint");
        int[] lengths = Arrays.stream(arrays).mapToInt(array -> array.length).toArray();
        CheckpointFile.write(file, Map.of("step", 7, "name", "α"), lengths, i -> arrays[i]);
        return file;
    }

    private static String refusal(Path file) {
        return assertThrows(StoreException.class, () -> CheckpointFile.read(file))
                .getMessage();
    }

    @Test
    void everyBitOfEveryNumberComesBack() {
        double[] large = new SplittableRandom(3).doubles(100_001).toArray();
        CheckpointFile file = CheckpointFile.read(write(STRANGE, new double[0], large));
        assertEquals(7, file.header().get("step"));
        assertEquals("α", file.header().get("name"));
        assertArrayEquals(new int[] {8, 0, 100_001}, file.lengths());
        long[] expected =
                Arrays.stream(STRANGE).mapToLong(Double::doubleToRawLongBits).toArray();
        long[] found = Arrays.stream(file.array(0))
                .mapToLong(Double::doubleToRawLongBits)
                .toArray();
        assertArrayEquals(expected, found);
        assertEquals(0, file.array(1).length);
        assertArrayEquals(large, file.array(2));
    }

    @Test
    void aFileThatEndsEarlyOrLateIsRefused() throws IOException {
        Path file = write(STRANGE, STRANGE);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertTrue(refusal(file).startsWith(file + ": is "), "" + length);
        }
        Files.write(file, Arrays.copyOf(whole, whole.length + 8));
        assertTrue(refusal(file).endsWith("is torn or damaged: its checksum does not fit its content"));
    }

    @Test
    void aFileWithAnyByteChangedIsRefused() throws IOException {
        Path file = write(STRANGE, STRANGE);
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= (byte) (1 << at % 8);
            Files.write(file, changed);
            assertFalse(refusal(file).isBlank(), "byte " + at);
        }
    }

    @Test
    void aFileOfANewerVersionAndOneOfSomethingElseAreRefusedWithTheReason() throws IOException {
        Path file = write(STRANGE);
        byte[] whole = Files.readAllBytes(file);
        whole[8] = 2;
        Files.write(file, whole);
        assertEquals(file + ": is of version 2; this Gradus reads 1", refusal(file));
        Files.writeString(file, "a text that is long enough for a checkpoint");
        assertEquals(file + ": is no checkpoint of Gradus, or only the beginning of one", refusal(file));
        assertEquals(folder + ": is a directory, not a file", refusal(folder));
        assertTrue(refusal(folder.resolve("absent")).endsWith("absent: no such file"));
    }

    /** With a checksum that fits, as a malicious file has. */
    @Test
    void lengthsThatTheFileDoesNotHoldAllocateNothing() throws IOException {
        for (String header : List.of(
                "{\"arrays\":[2147483647,2147483647]}",
                "{\"arrays\":[-1,2]}",
                "{\"arrays\":[1.5]}",
                "{\"arrays\":[99999999999]}",
                "{\"arrays\":{}}",
                "{}",
                "[1]",
                "{\"arrays\":[1]")) {
            Path file = folder.resolve("forged.checkpoint");
            Files.write(file, forged(header, header.length()));
            assertTrue(refusal(file).startsWith(file.toString()), header);
        }
        for (int length : new int[] {-1, 0, 1, 40, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            Path file = folder.resolve("forged.checkpoint");
            Files.write(file, forged("{\"arrays\":[1]}", length));
            assertTrue(refusal(file).startsWith(file.toString()), "" + length);
        }
    }

    private static byte[] forged(String header, int announced) {
        ByteBuffer bytes = ByteBuffer.allocate(16 + header.length() + 8 + 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("GRADUSCP".getBytes(StandardCharsets.US_ASCII));
        bytes.putInt(1).putInt(announced);
        bytes.put(header.getBytes(StandardCharsets.US_ASCII)).putDouble(1);
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.array(), 0, bytes.position());
        return bytes.putInt((int) checksum.getValue()).array();
    }

    @Test
    void aForgedFileThatIsRightIsRead() throws IOException {
        String header = "{\"arrays\":[1]}";
        Path file = Files.write(folder.resolve("forged.checkpoint"), forged(header, header.length()));
        assertArrayEquals(new double[] {1}, CheckpointFile.read(file).array(0));
    }

    @Test
    void theNewestTwoAreKeptAndForeignFilesToo() throws IOException {
        try (RunDirectory run = RunDirectory.open(folder.resolve("run"), false)) {
            CheckpointFolder checkpoints = new CheckpointFolder(run);
            assertEquals(List.of(), checkpoints.steps());
            for (long step : new long[] {0, 5, 7, 1_000_000_000_000L}) {
                checkpoints.write(step, Map.of(), new int[] {8}, i -> STRANGE);
            }
            assertEquals(List.of(1_000_000_000_000L, 7L), checkpoints.steps());
            Path foreign = Files.writeString(run.checkpoints().resolve("notes.txt"), "");
            checkpoints.write(8, Map.of(), new int[] {8}, i -> STRANGE);
            assertEquals(List.of(8L, 7L), checkpoints.steps(), "what lies beyond is of a part that is done anew");
            assertTrue(Files.exists(foreign));
        }
    }

    @Test
    void whereTheNewOneCannotBeWrittenTheOldOnesStay() {
        try (RunDirectory run = RunDirectory.open(folder.resolve("run"), false)) {
            CheckpointFolder checkpoints = new CheckpointFolder(run);
            for (long step : new long[] {1, 2}) {
                checkpoints.write(step, Map.of(), new int[] {8}, i -> STRANGE);
            }
            assertThrows(
                    IllegalStateException.class,
                    () -> checkpoints.write(3, Map.of(), new int[] {8}, i -> {
                        throw new IllegalStateException("the device is lost");
                    }));
            assertEquals(List.of(2L, 1L), checkpoints.steps());
        }
    }
}
