package org.gradus.experiment;

/** A configuration that cannot be carried out: one line with file, line, key, what is wrong and what would be right. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }
}
