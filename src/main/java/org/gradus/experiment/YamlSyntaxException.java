package org.gradus.experiment;

/** Text that is not YAML, or YAML beyond the bounds that a configuration keeps. */
final class YamlSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private static final int LONGEST = 300;

    private final int line;
    private final int column;

    /** Lines and columns count from 1. */
    YamlSyntaxException(int line, int column, String message) {
        super(line(message));
        this.line = line;
        this.column = column;
    }

    private static String line(String message) {
        String head = message.length() > LONGEST ? message.substring(0, LONGEST) + "…" : message;
        return head.replaceAll("[\\s\\p{Cntrl}\\u2028\\u2029]+", " ");
    }

    int line() {
        return line;
    }

    int column() {
        return column;
    }
}
