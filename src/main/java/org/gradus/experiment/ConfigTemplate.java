package org.gradus.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The commented configuration to start from. */
public final class ConfigTemplate {
    private ConfigTemplate() {}

    /** The text of the file that {@code gradus init} writes: a valid configuration, every key explained. */
    public static String text() {
        try (InputStream in = ConfigTemplate.class.getResourceAsStream("template.yaml")) {
            if (in == null) {
                throw new IllegalStateException("template.yaml is missing from the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
