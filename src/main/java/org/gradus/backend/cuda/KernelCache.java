package org.gradus.backend.cuda;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Compiled kernels from run to run, in {@code CACHE/kernels/KEY.bin}: the SHA-256 of what follows (32 bytes), the image. A
 * file appears whole, by renaming, so processes may share the folder. Never the cause of a failure: what is absent or
 * damaged is made anew, and a folder that cannot be written only costs the time to compile.
 */
final class KernelCache {
    private static final int CHECKSUM_BYTES = 32;

    private final Path folder;
    private volatile String note;

    KernelCache(Path folder) {
        this.folder = folder;
    }

    /** The user's: kernels/ in the cache folder of Gradus. */
    static KernelCache ofUser() {
        return new KernelCache(NativeFolder.cache().resolve("kernels"));
    }

    /** Why compiled kernels could not be kept; empty while they can. */
    Optional<String> note() {
        return Optional.ofNullable(note);
    }

    /** The image of this key: the file's if it is whole, else what {@code make} gives, which is kept. */
    byte[] get(String key, Supplier<byte[]> make) {
        Path file = folder.resolve(key + ".bin");
        Optional<byte[]> kept = read(file);
        if (kept.isPresent()) {
            return kept.get();
        }
        byte[] made = make.get();
        write(file, made);
        return made;
    }

    /** 64 hexadecimal digits that differ when any of the parts differs, SHA-256 of each part's length and UTF-8. */
    static String key(String... parts) {
        MessageDigest digest = sha256();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static Optional<byte[]> read(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            byte[] content = Files.readAllBytes(file);
            if (content.length < CHECKSUM_BYTES) {
                return Optional.empty();
            }
            byte[] image = Arrays.copyOfRange(content, CHECKSUM_BYTES, content.length);
            byte[] checksum = Arrays.copyOf(content, CHECKSUM_BYTES);
            return Arrays.equals(checksum, sha256().digest(image)) ? Optional.of(image) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // made anew; a folder that cannot be written either is noted then
        }
    }

    private void write(Path file, byte[] image) {
        try {
            Files.createDirectories(folder);
            Path beside = Files.createTempFile(folder, ".kernel", ".tmp");
            try {
                Files.write(
                        beside,
                        ByteBuffer.allocate(CHECKSUM_BYTES + image.length)
                                .put(sha256().digest(image))
                                .put(image)
                                .array());
                Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException | SecurityException e) {
            note = "compiled kernels cannot be kept in " + folder + " ("
                    + NativeFolder.reason(e)
                    + "), each start compiles them; let GRADUS_CACHE name a folder that can be written";
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
