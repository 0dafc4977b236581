package org.gradus.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.gradus.backend.Backend;
import org.gradus.check.Finding;
import org.gradus.check.Finding.Verdict;

/**
 * What {@code gpu-check} prints and writes: a table, a line that sums it up, a tree for JSON. One thread reports, another
 * shows how the time goes on, and has the last word where the first is stuck.
 */
final class CheckReport {
    private final PrintWriter out;
    private final TerminalLine line;
    private final Instant start;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, Object> backends = new LinkedHashMap<>();
    private String section;
    private boolean ended;

    /** @param opening what is done before the first section */
    CheckReport(PrintWriter out, TerminalLine line, Instant start, String opening) {
        this.out = out;
        this.line = line;
        this.start = start;
        section = opening;
    }

    void opened(Backend device, Backend cpu) {
        put("device", device.describe());
        put("device_details", device.details());
        put("cpu", cpu.describe());
        print("device   " + device.describe());
        print("against  " + cpu.describe());
    }

    /** No lock is held while a device is asked: it may never answer. */
    private synchronized void put(String key, Object value) {
        backends.put(key, value);
    }

    synchronized void begins(String next) {
        section = next;
        print("");
        print(next);
    }

    synchronized void found(Finding finding) {
        if (!ended) {
            findings.add(finding);
        }
        print("  " + text(finding));
    }

    /** All sections are done, and the device knows by now what it called. */
    void closes(Backend device, String closing) {
        put("device_details", device.details());
        synchronized (this) {
            section = closing;
        }
    }

    /** Nothing is heard of what is under way: it is a finding, and the last. */
    synchronized void stuck(double seconds) {
        found(new Finding(
                section,
                "this has not ended",
                Verdict.FAILED,
                seconds,
                "s",
                "the device or its driver hangs, or is far too slow"));
    }

    /** How far it is, in place of the terminal's last line. */
    synchronized void tick(double seconds, double limit) {
        if (!ended) {
            String text = section + ", " + ProgressText.duration(seconds) + " gone, ends by "
                    + ProgressText.duration(limit) + " at the latest";
            line.show(text.substring(0, Math.min(text.length(), line.width())));
        }
    }

    /** The last line; nothing is printed or counted after it. */
    synchronized void sum(double seconds) {
        print(String.format(
                Locale.ROOT,
                "%d within their bounds, %d not, %d measured, %d skipped, in %.0f s",
                count(Verdict.OK),
                count(Verdict.FAILED),
                count(Verdict.MEASURED),
                count(Verdict.SKIPPED),
                seconds));
        ended = true;
    }

    synchronized boolean passed() {
        return count(Verdict.FAILED) == 0;
    }

    synchronized Map<String, Object> tree(double seconds) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("gradus", Provenance.version());
        tree.put("commit", Provenance.commit());
        tree.put("start", start.toString());
        tree.put("duration_seconds", seconds);
        tree.putAll(backends);
        tree.put("passed", passed());
        tree.put("findings", findings.stream().map(CheckReport::tree).toList());
        return tree;
    }

    private synchronized void print(String text) {
        if (!ended) {
            line.clear();
            out.println(text);
            out.flush();
        }
    }

    private long count(Verdict verdict) {
        return findings.stream().filter(finding -> finding.verdict() == verdict).count();
    }

    private static String text(Finding finding) {
        String value = Double.isNaN(finding.value())
                ? ""
                : String.format(Locale.ROOT, "%.4g %s", finding.value(), finding.unit())
                        .strip();
        String verdict = finding.verdict().name().toLowerCase(Locale.ROOT);
        return String.format(Locale.ROOT, "%-9s%-62s %14s  %s", verdict, finding.what(), value, finding.note())
                .stripTrailing();
    }

    private static Map<String, Object> tree(Finding finding) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("section", finding.section());
        tree.put("what", finding.what());
        tree.put("verdict", finding.verdict().name().toLowerCase(Locale.ROOT));
        tree.put("value", finding.value());
        tree.put("unit", finding.unit());
        tree.put("note", finding.note());
        return tree;
    }
}
