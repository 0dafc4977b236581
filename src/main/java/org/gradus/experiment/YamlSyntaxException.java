package org.gradus.experiment;

/** Text that is not YAML, or YAML beyond the bounds that a configuration keeps. */
final class YamlSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    /** Lines and columns count from 1. */
    YamlSyntaxException(int line, int column, String message) {
        super(message.replaceAll("\\s+", " "));
        this.line = line;
        this.column = column;
    }

    int line() {
        return line;
    }

    int column() {
        return column;
    }
}
