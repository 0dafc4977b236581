package org.gradus.reproduce;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What experiments bring along, on the class path. */
final class Resources {
    /** The name of a configuration in an experiment's folder. */
    static final String CONFIGURATION = "configuration.yaml";

    private Resources() {}

    /** The published configuration, in YAML; several documents where it has several parts. */
    static String configuration(Card card) {
        return new String(bytes(card.name() + ".yaml"), StandardCharsets.UTF_8);
    }

    static byte[] bytes(String name) {
        try (InputStream in = Resources.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read: " + e.getMessage(), e);
        }
    }
}
