package org.gradus.check;

/**
 * One line of the report.
 *
 * @param section what is looked at, such as "verbs"
 * @param what the case within it
 * @param value the number found; NaN where there is none
 * @param unit of the value, for a table's reader
 * @param note in words; may be empty
 */
public record Finding(String section, String what, Verdict verdict, double value, String unit, String note) {

    /** What the number means. */
    public enum Verdict {
        /** It is within its bound. */
        OK,
        /** It is not, or it could not be found. */
        FAILED,
        /** There is no bound: a time or a rate. */
        MEASURED,
        /** There was no time or no memory for it. */
        SKIPPED
    }

    /** An error against its bound. */
    static Finding error(String section, String what, double error, double bound) {
        boolean within = error <= bound; // false for NaN
        return new Finding(
                section, what, within ? Verdict.OK : Verdict.FAILED, error, "", String.format("at most %.1e", bound));
    }

    static Finding measured(String section, String what, double value, String unit, String note) {
        return new Finding(section, what, Verdict.MEASURED, value, unit, note);
    }

    static Finding skipped(String section, String what, String why) {
        return new Finding(section, what, Verdict.SKIPPED, Double.NaN, "", why);
    }
}
