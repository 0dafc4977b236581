package org.gradus.store;

import java.util.Locale;

/** Decimal numbers in text files: what C's strtod and Python's float agree on, and nothing that only Java reads. */
final class NumberText {
    private NumberText() {}

    /**
     * The double nearest to a decimal number; nan, inf and infinity in any case, with a sign or without, are numbers too.
     *
     * @throws NumberFormatException if the text, blanks at its ends aside, is anything else: 0x1p3, 1d, 1_000
     */
    static double parse(String text) {
        String number = text.strip();
        for (int i = 0; i < number.length(); i++) {
            if ("0123456789+-.eE".indexOf(number.charAt(i)) < 0) {
                return nonFinite(number);
            }
        }
        return Double.parseDouble(number);
    }

    static boolean isNumber(String text) {
        try {
            parse(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static double nonFinite(String number) {
        boolean signed = number.startsWith("-") || number.startsWith("+");
        double magnitude = switch (number.substring(signed ? 1 : 0).toLowerCase(Locale.ROOT)) {
            case "nan" -> Double.NaN;
            case "inf", "infinity" -> Double.POSITIVE_INFINITY;
            default -> throw new NumberFormatException(InputFiles.quoted(number) + " is not a number");
        };
        return number.startsWith("-") ? -magnitude : magnitude;
    }
}
