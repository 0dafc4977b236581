package org.gradus.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.DoubleConsumer;

/**
 * What tells whether a file is still the same.
 *
 * @param sha256 in lower-case hexadecimal
 * @param bytes its size
 */
public record Digest(String sha256, long bytes) {
    private static final int BLOCK = 1 << 18;

    /**
     * Of a file's content.
     *
     * @param progress told the share that has been read
     * @throws StoreException if it is missing or cannot be read
     */
    public static Digest of(Path path, DoubleConsumer progress) {
        InputFiles.requireRegular(path);
        MessageDigest digest = algorithm();
        byte[] block = new byte[BLOCK];
        long size = 0;
        try (InputStream in = Files.newInputStream(path)) {
            double expected = Math.max(1, Files.size(path));
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                digest.update(block, 0, count);
                size += count;
                progress.accept(Math.min(1, size / expected));
            }
        } catch (IOException e) {
            throw InputFiles.unreadable(path, e);
        }
        return new Digest(HexFormat.of().formatHex(digest.digest()), size);
    }

    /** Of an object as JSON, its keys in the order given. */
    public static String of(Map<String, Object> object) {
        return HexFormat.of().formatHex(algorithm().digest(JsonFile.bytes(object)));
    }

    private static MessageDigest algorithm() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
