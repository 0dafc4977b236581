package org.gradus.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.gradus.bench.Comparison;
import org.gradus.bench.Comparison.Ratio;
import org.gradus.bench.Measured;
import org.gradus.dynamics.MemoryPlan;
import org.gradus.store.JsonFile;
import org.gradus.store.StoreException;

/** What {@code bench} says for people. */
final class BenchTable {
    private static final String COLUMNS = "%-9s%-10s%-9s%5s%7s%6s  %10s%9s%9s%7s%11s%11s%11s";
    static final String HEADER = String.format(
            Locale.ROOT,
            COLUMNS,
            "solver",
            "backend",
            "format",
            "N",
            "n",
            "runs",
            "step",
            "± half",
            "GF/s",
            "share",
            "record",
            "+ factors",
            "memory");

    private BenchTable() {}

    /** Half the distance of the quartiles as a share of the median; the share is that of the rate of products. */
    static String line(Measured found) {
        double[] step = found.stepSeconds();
        double[] record = found.recordSeconds();
        boolean products = !Double.isNaN(found.stepRate());
        return String.format(
                Locale.ROOT,
                COLUMNS,
                found.cell().solver().word(),
                found.cell().backend(),
                found.cell().arithmetic().word(),
                found.cell().depth(),
                found.cell().n(),
                found.cell().runs(),
                time(step[1]),
                String.format(Locale.ROOT, "%.1f %%", 50 * (step[2] - step[0]) / step[1]),
                products ? String.format(Locale.ROOT, "%.1f", found.stepRate() / 1e9) : "",
                products ? String.format(Locale.ROOT, "%.3f", found.fraction()) : "",
                time(record[0]),
                Double.isNaN(record[1]) ? "" : time(record[1]),
                MemoryPlan.bytes(found.memoryBytes()));
    }

    /** Three digits with a unit. */
    static String time(double seconds) {
        double[] units = {1, 1e-3, 1e-6, 1e-9};
        String[] names = {"s", "ms", "µs", "ns"};
        int i = 0;
        while (i < units.length - 1 && seconds < 0.9995 * units[i]) {
            i++;
        }
        double value = seconds / units[i];
        return String.format(
                Locale.ROOT, value >= 99.95 ? "%.0f %s" : value >= 9.995 ? "%.1f %s" : "%.2f %s", value, names[i]);
    }

    /**
     * Prints the ratios of two results.
     *
     * @throws StoreException if one is missing or not a result
     */
    static void compare(PrintWriter out, Path first, Path second) {
        Comparison comparison;
        try {
            comparison = new Comparison(JsonFile.read(first), JsonFile.read(second));
        } catch (Comparison.MalformedException e) {
            throw new StoreException(first + " or " + second + ": " + e.getMessage(), e);
        }
        out.println(
                "ratios of " + second + " to " + first + "; below 1 the second is faster; ~ where quartiles overlap");
        for (Ratio ratio : comparison.ratios()) {
            out.println(String.format(
                    Locale.ROOT,
                    "step %.3f%s  record %.3f  %s",
                    ratio.step(),
                    ratio.clear() ? " " : "~",
                    ratio.record(),
                    ratio.cell()));
        }
        comparison.onlyFirst().forEach(cell -> out.println("only in " + first + ": " + cell));
        comparison.onlySecond().forEach(cell -> out.println("only in " + second + ": " + cell));
        out.flush();
    }
}
