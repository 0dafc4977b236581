package org.gradus.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradus.report.Found;
import org.gradus.report.Predicted;

/**
 * One run as the page shows it. Every text may be of foreign origin; the page escapes it.
 *
 * @param name by which the page calls it, different from all others
 * @param configuration resolved values by dotted key: numbers, texts, booleans, null
 * @param provenance texts by what they tell: version, commit, command, device, …; empty if the manifest cannot be read, and then
 *     the configuration is a part of it
 * @param ending how it ended
 * @param outcomes numbers that describe the run as a whole, by name; what it does not have is absent
 * @param curves the recorded columns, thinned; empty where they cannot be read, or where there are none
 * @param target singular values of the target, descending; empty where it is unknown
 * @param predicted what theory says of the run
 * @param found plateaus of its effective rank
 * @param pictures of recorded products, steps ascending
 */
public record ReportedRun(
        String name,
        Map<String, Object> configuration,
        Map<String, String> provenance,
        Ending ending,
        Map<String, Double> outcomes,
        Optional<Curves> curves,
        double[] target,
        Predicted predicted,
        List<Found> found,
        List<Picture> pictures) {

    public ReportedRun {
        configuration = new LinkedHashMap<>(configuration); // values may be null
        provenance = new LinkedHashMap<>(provenance);
        outcomes = new LinkedHashMap<>(outcomes);
        found = List.copyOf(found);
        pictures = List.copyOf(pictures);
    }

    /**
     * How a run ended.
     *
     * @param status that of its manifest, or {@code unreadable}
     * @param reason why it ended so, or why it cannot be read; may be empty
     */
    public record Ending(String status, String reason) {
        /** A run of which nothing, or no table, can be read. */
        public static Ending unreadable(String reason) {
            return new Ending("unreadable", reason);
        }

        boolean isGood() {
            return status.equals("done") || status.equals("stopped");
        }
    }

    /**
     * The product at a step.
     *
     * @param png the bytes of a PNG file
     */
    public record Picture(long step, byte[] png) {}

    /** Whether its manifest was read: then a key that is absent was absent. */
    boolean isWhole() {
        return !provenance.isEmpty();
    }

    /** The same run with what theory says of it. */
    public ReportedRun with(Predicted prediction) {
        return new ReportedRun(
                name, configuration, provenance, ending, outcomes, curves, target, prediction, found, pictures);
    }
}
