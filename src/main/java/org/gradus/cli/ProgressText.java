package org.gradus.cli;

import java.util.List;
import java.util.Locale;

/**
 * The line of progress: {@code step 66/300 [###------] loss 4.58e+04, effective rank 1.033, 6.6 steps/s, 0:36 left}. The
 * speed is that of the last seconds, since rows, which cost more than steps, crowd at the start.
 */
final class ProgressText {
    static final int WIDEST_BAR = 30;

    private final long last;
    private final Pace pace = new Pace();

    /** @param last the step at which the run ends */
    ProgressText(long last) {
        this.last = last;
    }

    /**
     * @param seconds since some fixed moment, not decreasing from call to call
     * @param width columns that the line may fill
     */
    String line(double seconds, long step, double loss, double effectiveRank, int width) {
        double speed = pace.perSecond(seconds, (double) step);
        String left = speed > 0 ? duration((last - step) / speed) + " left" : "";
        String head = "step " + step + "/" + last;
        List<String> tails = List.of(
                tail(loss, "effective rank ", effectiveRank, number(speed) + " steps/s, " + left),
                tail(loss, "effective rank ", effectiveRank, number(speed) + "/s, " + left),
                tail(loss, "rank ", effectiveRank, number(speed) + "/s, " + left));
        for (String tail : speed > 0 ? tails : List.of(tail(loss, "effective rank ", effectiveRank, ""))) {
            int room = width - head.length() - tail.length() - 2;
            if (room >= 0) {
                return head + bar(Math.min(room - 2, WIDEST_BAR), last == 0 ? 1 : (double) step / last) + "  " + tail;
            }
        }
        String whole = head + "  " + tails.get(2);
        return whole.substring(0, Math.max(0, Math.min(width, whole.length())));
    }

    private static String tail(double loss, String measure, double effectiveRank, String pace) {
        String text = String.format(Locale.ROOT, "loss %.3g, %s%.3f", loss, measure, effectiveRank);
        return pace.isEmpty() ? text : text + ", " + pace;
    }

    /** A bracketed bar of {@code columns} columns behind two spaces; nothing where that is too little. */
    static String bar(int columns, double share) {
        int inner = columns - 2;
        if (inner < 4) {
            return "";
        }
        int done = (int) Math.min(inner, Math.round(inner * share));
        return "  [" + "#".repeat(done) + "-".repeat(inner - done) + "]";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%.0f", value);
    }

    /** {@code m:ss}, {@code h:mm:ss}, from two days on {@code d days}. */
    static String duration(double seconds) {
        if (seconds >= 48 * 3600.0) {
            return String.format(Locale.ROOT, "%.0f days", seconds / 86_400);
        }
        long whole = Math.round(seconds);
        String end = String.format(Locale.ROOT, "%02d", whole % 60);
        return whole < 3600
                ? whole / 60 + ":" + end
                : whole / 3600 + String.format(Locale.ROOT, ":%02d:", whole / 60 % 60) + end;
    }
}
