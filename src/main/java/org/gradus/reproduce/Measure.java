package org.gradus.reproduce;

/**
 * A number measured, and what it is measured against.
 *
 * @param quantity what was measured
 * @param reason why this bound
 */
public record Measure(String quantity, double value, Relation relation, double bound, String reason) {

    /** How a number has to stand to its bound. */
    public enum Relation {
        AT_MOST("≤"),
        AT_LEAST("≥");

        private final String sign;

        Relation(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }
    }

    public static Measure atMost(String quantity, double value, double bound, String reason) {
        return new Measure(quantity, value, Relation.AT_MOST, bound, reason);
    }

    public static Measure atLeast(String quantity, double value, double bound, String reason) {
        return new Measure(quantity, value, Relation.AT_LEAST, bound, reason);
    }

    /** False for a value that is not a number. */
    public boolean holds() {
        return relation == Relation.AT_MOST ? value <= bound : value >= bound;
    }

    /** {@code largest deviation 3.1e-15 (≤ 1e-09)}. */
    public String text() {
        String negation = holds() ? "" : "not ";
        return quantity + " " + Numbers.text(value) + " (" + negation + relation.sign + " " + Numbers.brief(bound)
                + ")";
    }
}
