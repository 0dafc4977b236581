package org.gradus.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gradus.backend.Backend;
import org.gradus.bench.Benchmark;
import org.gradus.bench.Cell;
import org.gradus.bench.Measured;
import org.gradus.bench.Settings;
import org.gradus.experiment.Manifest;
import org.gradus.store.JsonFile;

/** What {@code bench} prints and writes: a line for each cell as it is measured, or one JSON object at the end. */
final class BenchReport implements Benchmark.Watcher {
    private final PrintWriter out;
    private final boolean json;
    private final TerminalLine line;
    private final Instant start = Instant.now();
    private final long began = System.nanoTime();
    private final Map<String, Object> backends = new LinkedHashMap<>();
    private final List<Object> cells = new ArrayList<>();
    private final List<Object> leftOut = new ArrayList<>();
    private final Map<String, Object> tree = new LinkedHashMap<>();
    private int total;
    private double announced;

    BenchReport(PrintWriter out, boolean json, TerminalLine line) {
        this.out = out;
        this.json = json;
        this.line = line;
    }

    private double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }

    private void print(String text) {
        line.clear();
        if (!json) {
            out.println(text);
            out.flush();
        }
    }

    @Override
    public void announced(int count, double within) {
        total = count;
        announced = within;
        print(count + (count == 1 ? " cell" : " cells") + ", done within " + ProgressText.duration(within));
        print(BenchTable.HEADER);
    }

    @Override
    public void opened(String name, Backend backend) {
        if (backends.put(name, backend.describe()) == null) {
            print(name + ": " + backend.describe());
        }
    }

    @Override
    public void begins(Cell cell) {
        String text = "cell " + (cells.size() + leftOut.size() + 1) + "/" + total + "  " + cell.describe() + "  "
                + ProgressText.duration(Math.max(0, announced - seconds())) + " left at most";
        line.show(text.substring(0, Math.min(text.length(), line.width())));
    }

    @Override
    public void measured(Measured found) {
        cells.add(found.tree());
        print(BenchTable.line(found));
    }

    @Override
    public void leftOut(Cell cell, String reason) {
        Map<String, Object> entry = cell.key();
        entry.put("reason", reason);
        leftOut.add(entry);
        print(cell.describe() + ": left out, " + reason);
    }

    @Override
    public boolean interrupted() {
        return Interrupts.requested();
    }

    /** Nothing more is measured. */
    void ends(Settings settings, boolean pinned, Manifest.Origin origin) {
        line.clear();
        tree.put("version", origin.version());
        tree.put("commit", origin.commit());
        tree.put("command", origin.command());
        tree.put("start", start.toString());
        tree.put("duration_seconds", seconds());
        tree.put("announced_seconds", announced);
        tree.put("backends", backends);
        tree.put("machine", machine(pinned));
        tree.put("threads", settings.threads());
        tree.put("rounds", settings.rounds());
        tree.put("slot_seconds", settings.slot());
        tree.put("cells", cells);
        tree.put("left_out", leftOut);
        if (json) {
            out.println(JsonFile.text(tree));
            out.flush();
        } else {
            print("done in " + ProgressText.duration(seconds()));
        }
    }

    private static Map<String, Object> machine(boolean pinned) {
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        machine.put(
                "os",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        machine.put("cores", Runtime.getRuntime().availableProcessors());
        machine.put("pinned", pinned);
        return machine;
    }

    /** As in the file; after {@link #ends}. */
    Map<String, Object> tree() {
        return tree;
    }
}
