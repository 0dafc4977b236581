package org.gradus.page;

/** HTML that is put together: markup as it is, texts escaped. */
final class Html {
    private final StringBuilder text = new StringBuilder();

    /** Fit for element content and for attributes in either kind of quotation marks; control characters become �. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(sign -> {
            switch (sign) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                case '\t', '\n' -> escaped.append((char) sign);
                default -> escaped.appendCodePoint(Character.isISOControl(sign) ? 0xFFFD : sign);
            }
        });
        return escaped.toString();
    }

    /** Appends markup, in which each {@code {}} stands for the next of the texts. */
    Html add(String markup, String... texts) {
        int from = 0;
        for (String each : texts) {
            int at = markup.indexOf("{}", from);
            text.append(markup, from, at).append(escaped(each));
            from = at + 2;
        }
        text.append(markup, from, markup.length());
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
