package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KernelCacheTest {
    private static final String KEY = KernelCache.key("a.cu", "text");
    private static final byte[] IMAGE = "an image".getBytes(StandardCharsets.UTF_8);

    private final AtomicInteger made = new AtomicInteger();

    @TempDir
    Path folder;

    private byte[] make() {
        made.incrementAndGet();
        return IMAGE.clone();
    }

    private Path file() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertEquals(1, all.size(), () -> "one whole file: " + all);
            return all.get(0);
        }
    }

    @Test
    void anImageIsMadeOnceAndReadByTheNextProcess() throws IOException {
        assertArrayEquals(IMAGE, new KernelCache(folder).get(KEY, this::make));
        KernelCache next = new KernelCache(folder);
        assertArrayEquals(IMAGE, next.get(KEY, this::make));
        assertEquals(1, made.get());
        assertEquals(KEY + ".bin", file().getFileName().toString());
        assertEquals(Optional.empty(), next.note());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 32, 39})
    void aFileThatEndsEarlyIsMadeAnew(int length) throws IOException {
        KernelCache cache = new KernelCache(folder);
        cache.get(KEY, this::make);
        byte[] whole = Files.readAllBytes(file());
        Files.write(file(), Arrays.copyOf(whole, length));
        assertArrayEquals(IMAGE, cache.get(KEY, this::make));
        assertEquals(2, made.get());
        assertArrayEquals(whole, Files.readAllBytes(file()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 32, 39})
    void aFileWithAChangedByteIsMadeAnew(int place) throws IOException {
        KernelCache cache = new KernelCache(folder);
        cache.get(KEY, this::make);
        byte[] damaged = Files.readAllBytes(file());
        damaged[place] ^= 1;
        Files.write(file(), damaged);
        assertArrayEquals(IMAGE, cache.get(KEY, this::make));
        assertEquals(2, made.get());
        assertArrayEquals(IMAGE, cache.get(KEY, this::make));
        assertEquals(2, made.get());
    }

    @Test
    void aFolderThatCannotBeWrittenCostsTheCompilationAndIsNoted() throws IOException {
        Path taken = Files.createFile(folder.resolve("taken")); // a file where the folder should be: root cannot either
        KernelCache cache = new KernelCache(taken);
        assertArrayEquals(IMAGE, cache.get(KEY, this::make));
        assertArrayEquals(IMAGE, cache.get(KEY, this::make));
        assertEquals(2, made.get());
        String note = cache.note().orElseThrow();
        assertTrue(note.contains(taken.toString()) && note.contains("GRADUS_CACHE"), note);
    }

    @Test
    void writersAtOnceLeaveOneWholeFile() throws Exception {
        int writers = 8;
        CountDownLatch start = new CountDownLatch(writers);
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            List<Future<byte[]>> images = Stream.generate(() -> threads.submit(() -> {
                        start.countDown();
                        start.await();
                        return new KernelCache(folder).get(KEY, this::make);
                    }))
                    .limit(writers)
                    .toList();
            for (Future<byte[]> image : images) {
                assertArrayEquals(IMAGE, image.get());
            }
        } finally {
            threads.shutdownNow();
        }
        int before = made.get();
        assertArrayEquals(IMAGE, new KernelCache(folder).get(KEY, this::make));
        assertEquals(before, made.get());
        assertEquals(KEY + ".bin", file().getFileName().toString());
    }

    @Test
    void keysTellPartsApart() {
        assertEquals(KernelCache.key("a", "b"), KernelCache.key("a", "b"));
        assertNotEquals(KernelCache.key("a", "b"), KernelCache.key("ab", ""));
        assertNotEquals(KernelCache.key("a", "b"), KernelCache.key("b", "a"));
        assertNotEquals(KernelCache.key("a"), KernelCache.key("a", ""));
    }
}
