package org.gradus.experiment;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Numbers of the YAML 1.2 core schema: 10, 0x1f, 0o17, 1e-3, .5, 1E4; .inf and .nan are refused. */
final class YamlNumber {
    private static final int LONGEST = 100;

    private YamlNumber() {}

    /** @throws ArithmeticException if the number is not finite or no double; its message completes "which …" */
    static double toDouble(String text) {
        if (text.length() > LONGEST) {
            throw new ArithmeticException("has more than " + LONGEST + " digits");
        }
        if (text.matches("[-+]?\\.[a-zA-Z]+")) {
            throw new ArithmeticException("is not finite");
        }
        double number = isRadix(text) ? radix(text).doubleValue() : Double.parseDouble(text);
        if (Double.isInfinite(number)) {
            throw new ArithmeticException("is beyond the largest double, 1.8e308");
        }
        if (number == 0 && text.matches("[-+]?[0-9.]*[1-9].*")) {
            throw new ArithmeticException("is below the smallest double, 4.9e-324");
        }
        return number;
    }

    /** @throws ArithmeticException if the number is not an integer of 64 bits; its message completes "which …" */
    static long toLong(String text) {
        double number = toDouble(text);
        if (number == 0) {
            return 0;
        }
        if (number != Math.rint(number)) {
            throw new ArithmeticException("is no integer");
        }
        try {
            // a finite double other than zero: neither the exponent nor the text is long
            return isRadix(text) ? radix(text).longValueExact() : new BigDecimal(text).longValueExact();
        } catch (ArithmeticException e) {
            throw new ArithmeticException("is no integer of 64 bits");
        }
    }

    private static boolean isRadix(String text) {
        return text.startsWith("0x") || text.startsWith("0o");
    }

    private static BigInteger radix(String text) {
        return new BigInteger(text.substring(2), text.charAt(1) == 'x' ? 16 : 8);
    }
}
