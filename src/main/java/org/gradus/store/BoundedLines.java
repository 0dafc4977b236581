package org.gradus.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The lines of a text file, numbered from 1, none longer than a stated bound. Bytes are read as ISO 8859-1. */
final class BoundedLines implements AutoCloseable {
    private final Path path;
    private final BufferedReader reader;
    private final int longest;
    private final StringBuilder line = new StringBuilder();
    private long number;
    private long consumed;
    private boolean terminated;

    BoundedLines(Path path, int longest) throws IOException {
        this.path = path;
        this.longest = longest;
        this.reader = Files.newBufferedReader(path, StandardCharsets.ISO_8859_1);
    }

    /** The next line without its end, or null after the last. */
    String next() throws IOException {
        line.setLength(0);
        terminated = false;
        int c = reader.read();
        if (c < 0) {
            return null;
        }
        number++;
        for (; c >= 0; c = reader.read()) {
            consumed++;
            if (c == '\n') {
                terminated = true;
                break;
            }
            if (line.length() == longest) {
                throw InputFiles.refused(path, number, "is longer than " + longest + " characters");
            }
            line.append((char) c);
        }
        if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
            line.setLength(line.length() - 1);
        }
        return line.toString();
    }

    /** The number of the line last returned. */
    long number() {
        return number;
    }

    /** Bytes up to the end of the line last returned, line feed included. */
    long consumed() {
        return consumed;
    }

    /** Whether the line last returned ended in a line feed. */
    boolean terminated() {
        return terminated;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
