package org.gradus.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as a paper prints them, in Unicode, whatever the locale. */
final class Numerals {
    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    private static final String SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

    private Numerals() {}

    /** 10ⁿ, such as 10⁻³. */
    static String powerOfTen(int exponent) {
        return "10" + (exponent < 0 ? "⁻" : "") + digits(SUPERSCRIPTS, Math.abs(exponent));
    }

    static String subscript(int index) {
        return digits(SUBSCRIPTS, index);
    }

    /**
     * The number mantissa · 10^exponent, written out between 10⁻³ and 10⁴ and as 2·10⁻⁷ beyond.
     *
     * @param mantissa a whole number
     */
    static String number(long mantissa, int exponent) {
        BigDecimal value = BigDecimal.valueOf(mantissa).scaleByPowerOfTen(exponent);
        if (value.signum() == 0) {
            return "0";
        }
        String sign = value.signum() < 0 ? "−" : "";
        BigDecimal size = value.abs().stripTrailingZeros();
        int order = size.precision() - size.scale() - 1;
        return order >= -3 && order <= 4 ? sign + size.toPlainString() : scientific(value);
    }

    /** A number as 2·10⁻³; written out between 0.1 and 100. */
    static String scientific(BigDecimal value) {
        BigDecimal size = value.abs().stripTrailingZeros();
        int order = size.precision() - size.scale() - 1;
        String sign = value.signum() < 0 ? "−" : "";
        if (value.signum() == 0 || (order >= -1 && order <= 1)) {
            return sign + size.toPlainString();
        }
        BigDecimal leading = size.scaleByPowerOfTen(-order);
        String factor = leading.compareTo(BigDecimal.ONE) == 0
                ? ""
                : leading.stripTrailingZeros().toPlainString() + "·";
        return sign + factor + powerOfTen(order);
    }

    /** As {@link #number}, but with zeros at the end, so that neighbours on an axis have as many decimals: 1.0, 1.2. */
    static String mark(long mantissa, int exponent) {
        BigDecimal value = BigDecimal.valueOf(mantissa).scaleByPowerOfTen(exponent);
        boolean plain =
                exponent < 0 && exponent >= -3 && mantissa != 0 && value.abs().compareTo(BigDecimal.valueOf(1_000)) < 0;
        return plain ? (mantissa < 0 ? "−" : "") + value.abs().toPlainString() : number(mantissa, exponent);
    }

    /** A value to three significant digits, or to two decimals between 0.1 and 10,000. */
    static String rounded(double value) {
        BigDecimal exact = new BigDecimal(value);
        if (value >= 0.1 && value < 10_000) {
            return exact.setScale(2, RoundingMode.HALF_EVEN).toPlainString();
        }
        BigDecimal three = exact.round(new MathContext(3));
        return number(three.unscaledValue().longValueExact(), -three.scale());
    }

    private static String digits(String alphabet, int number) {
        StringBuilder text = new StringBuilder();
        for (char digit : Integer.toString(number).toCharArray()) {
            text.append(alphabet.charAt(digit - '0'));
        }
        return text.toString();
    }
}
