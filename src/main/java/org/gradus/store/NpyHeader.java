package org.gradus.store;

import java.util.ArrayList;
import java.util.List;

/**
 * The header of an npy file: a Python dictionary literal such as
 * <pre>{'descr': '&lt;f8', 'fortran_order': False, 'shape': (3, 4), }</pre>
 * read by hand and never evaluated.
 * (numpy.org/doc/stable/reference/generated/numpy.lib.format.html)
 *
 * @param shape one non-negative length per axis
 */
record NpyHeader(NpyType type, boolean fortranOrder, List<Long> shape) {
    private static final int MOST_AXES = 64;

    NpyHeader {
        shape = List.copyOf(shape);
    }

    /** @throws IllegalArgumentException with the reason why this is no header, or one of an array that is not read */
    static NpyHeader parse(String text) {
        return new Parser(text).header();
    }

    private static final class Parser {
        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        NpyHeader header() {
            NpyType type = null;
            Boolean fortranOrder = null;
            List<Long> shape = null;
            expect('{');
            while (!accept('}')) {
                String key = string();
                expect(':');
                if (key.equals("descr") && type == null) {
                    type = descr();
                } else if (key.equals("fortran_order") && fortranOrder == null) {
                    fortranOrder = bool();
                } else if (key.equals("shape") && shape == null) {
                    shape = tuple();
                } else {
                    throw malformed("unexpected or repeated key " + InputFiles.quoted(key));
                }
                if (!accept(',')) {
                    expect('}');
                    break;
                }
            }
            skipSpace();
            if (at < text.length()) {
                throw malformed("something follows the dictionary");
            }
            if (type == null || fortranOrder == null || shape == null) {
                throw malformed("descr, fortran_order and shape are all needed");
            }
            return new NpyHeader(type, fortranOrder, shape);
        }

        private NpyType descr() {
            skipSpace();
            if (at < text.length() && text.charAt(at) == '[') {
                throw new IllegalArgumentException("structured types are not read");
            }
            return NpyType.parse(string());
        }

        /** (3, 4), (3,) or (); Python 2 wrote 3L. */
        private List<Long> tuple() {
            List<Long> lengths = new ArrayList<>();
            expect('(');
            while (!accept(')')) {
                lengths.add(length());
                if (lengths.size() > MOST_AXES) {
                    throw malformed("shape has more than " + MOST_AXES + " axes");
                }
                if (!accept(',')) {
                    if (lengths.size() == 1) {
                        throw malformed("shape is not a tuple");
                    }
                    expect(')');
                    break;
                }
            }
            return lengths;
        }

        private long length() {
            skipSpace();
            int start = at;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            if (at == start || at - start > 18) {
                throw malformed("shape holds something else than a length");
            }
            long length = Long.parseLong(text.substring(start, at));
            if (at < text.length() && text.charAt(at) == 'L') {
                at++;
            }
            return length;
        }

        private boolean bool() {
            skipSpace();
            for (boolean value : new boolean[] {true, false}) {
                String word = value ? "True" : "False";
                if (text.startsWith(word, at)) {
                    at += word.length();
                    return value;
                }
            }
            throw malformed("fortran_order is neither True nor False");
        }

        private String string() {
            skipSpace();
            char quote = at < text.length() ? text.charAt(at) : ' ';
            int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
            if (end < 0 || text.substring(at, end).indexOf('\\') >= 0) {
                throw malformed("a plain quoted string is missing");
            }
            String value = text.substring(at + 1, end);
            at = end + 1;
            return value;
        }

        private void expect(char wanted) {
            if (!accept(wanted)) {
                throw malformed("'" + wanted + "' is missing");
            }
        }

        private boolean accept(char wanted) {
            skipSpace();
            boolean found = at < text.length() && text.charAt(at) == wanted;
            if (found) {
                at++;
            }
            return found;
        }

        private void skipSpace() {
            while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        private IllegalArgumentException malformed(String reason) {
            return new IllegalArgumentException("malformed header at character " + (at + 1) + ": " + reason);
        }
    }
}
