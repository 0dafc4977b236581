package org.gradus.experiment;

/** Foreign text in an error message: one line, of bounded length. */
final class Quote {
    private static final int LONGEST = 80;

    private Quote() {}

    /** The text in quotation marks. */
    static String of(String text) {
        return "'" + line(text) + "'";
    }

    /** Control characters and line separators become question marks, and what exceeds 80 characters an ellipsis. */
    static String line(String text) {
        String head = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return head.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
    }
}
