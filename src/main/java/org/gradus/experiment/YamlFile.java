package org.gradus.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.IntFunction;
import org.gradus.experiment.YamlNode.Mapping;
import org.gradus.store.StoreException;

/** A configuration file on disk: UTF-8, at most 1 MiB, one YAML mapping. */
final class YamlFile {
    static final int MAX_BYTES = 1 << 20;

    private YamlFile() {}

    /**
     * The file's mapping; its places are {@code file:line}.
     *
     * @throws StoreException if the file is missing, unreadable, too large, or not one YAML document in UTF-8
     * @throws ConfigException if it is empty, no mapping, or has a key twice
     */
    static Mapping read(Path file) {
        return parse(file, text(file), 1);
    }

    /** The mapping that a text is, whose first line stands at this one of the file. */
    static Mapping parse(Path file, String text, int firstLine) {
        int before = firstLine - 1;
        return mapping(file, text, before, line -> file + ":" + (before + line));
    }

    /** The mapping of a text that is part of {@code file}, or made from it; its places are the file. */
    static Mapping resolved(Path file, String text) {
        return mapping(file, text, 0, line -> file.toString());
    }

    private static Mapping mapping(Path file, String text, int before, IntFunction<String> place) {
        try {
            YamlNode root = YamlParser.document(text, place)
                    .filter(node -> !YamlNode.isNull(node))
                    .orElseThrow(() -> new ConfigException(
                            file + ": is empty; `gradus init` writes a configuration to start from"));
            if (root instanceof Mapping mapping) {
                return new Mapping(file.toString(), mapping.entries());
            }
            throw new ConfigException(
                    root.place() + ": a configuration is a mapping such as 'problem: …', not " + root.shown());
        } catch (YamlSyntaxException e) {
            throw new StoreException(file + ":" + (before + e.line()) + ":" + e.column() + ": " + e.getMessage(), e);
        }
    }

    /** The file's text. */
    static String text(Path file) {
        byte[] bytes;
        if (Files.isDirectory(file)) {
            throw new StoreException(file + ": is a folder; a configuration is a YAML file");
        }
        // size() first, and a bounded read all the same: a device or a growing file has no size to trust
        try (InputStream in = Files.newInputStream(file)) {
            bytes = Files.size(file) > MAX_BYTES ? new byte[MAX_BYTES + 1] : in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw new StoreException(file + ": does not exist; `gradus init` writes a configuration to start from", e);
        } catch (AccessDeniedException e) {
            throw new StoreException(file + ": cannot be read: permission denied", e);
        } catch (IOException e) {
            throw new StoreException(file + ": cannot be read: " + Quote.line(String.valueOf(e.getMessage())), e);
        }
        if (bytes.length > MAX_BYTES) {
            throw new StoreException(file + ": is larger than 1 MiB; that is no configuration");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new StoreException(
                    file + ": is not UTF-8 at byte " + buffer.position() + "; a configuration is UTF-8 text", e);
        }
    }
}
