package org.gradus.dynamics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.gradus.backend.Backend;
import org.gradus.backend.BackendException;

/**
 * What a dense descent keeps in a backend's memory.
 *
 * @param runs batch size
 * @param matricesPerRun that every run has for itself, snapshots aside
 * @param dataBytes of the problem's own data
 * @param snapshots how many measurements can be under way while the descent goes on
 * @param matricesPerSnapshot of one run
 * @param singularValuesBytes that the backend needs to find singular values
 * @param bytes in all; Long.MAX_VALUE beyond what a long counts
 */
public record MemoryPlan(
        int runs,
        int matricesPerRun,
        long dataBytes,
        int snapshots,
        int matricesPerSnapshot,
        long singularValuesBytes,
        long bytes) {

    /** Nothing at all. */
    public static final MemoryPlan NONE = new MemoryPlan(1, 0, 0, 0, 0, 0, 0);

    /** The plan for so many runs and snapshots. */
    public static MemoryPlan of(MemoryDemand demand, Backend backend, int runs, int snapshots) {
        boolean inPlace = snapshots == 0;
        long singularValues = demand.singularValuesBytes(backend, runs, inPlace);
        return new MemoryPlan(
                runs,
                demand.matricesPerRun(),
                dataBytes(demand, runs),
                snapshots,
                demand.matricesPerSnapshot(),
                singularValues,
                bytes(demand, runs, snapshots, singularValues));
    }

    private static long dataBytes(MemoryDemand demand, int runs) {
        try {
            return demand.data().bytes(runs, demand.precision());
        } catch (ArithmeticException overflow) {
            return Long.MAX_VALUE;
        }
    }

    private static long bytes(MemoryDemand demand, int runs, int snapshots, long singularValues) {
        try {
            return Math.addExact(demand.bytes(runs, snapshots), singularValues);
        } catch (ArithmeticException overflow) {
            return Long.MAX_VALUE;
        }
    }

    /** The plan with the most snapshots that fits what is available, at most the backend's lookahead; else without any. */
    public static MemoryPlan fitting(MemoryDemand demand, Backend backend, int runs) {
        for (int snapshots = backend.lookahead(); snapshots > 0; snapshots--) {
            MemoryPlan plan = of(demand, backend, runs, snapshots);
            if (plan.bytes() <= backend.availableBytes()) {
                return plan;
            }
        }
        return of(demand, backend, runs, 0);
    }

    /** The largest batch of up to {@code wanted} runs that fits what is available, if need be without snapshots; 0 if none. */
    public static int mostRuns(MemoryDemand demand, Backend backend, int wanted) {
        long available = backend.availableBytes();
        int fits = 0;
        int beyond = wanted;
        while (fits < beyond) {
            int runs = (int) (((long) fits + beyond + 1) / 2);
            if (of(demand, backend, runs, 0).bytes() <= available) {
                fits = runs;
            } else {
                beyond = runs - 1;
            }
        }
        return fits;
    }

    /**
     * The sizes of as few batches as possible, as equal as possible, into which {@code total} runs are cut so that each
     * batch fits what is available now.
     *
     * @param limit on the size of a batch, at least 1
     * @throws BackendException if not even one run fits
     */
    public static List<Integer> slices(MemoryDemand demand, Backend backend, int total, int limit) {
        int most = mostRuns(demand, backend, Math.min(total, limit));
        if (most == 0) {
            throw new BackendException(backend.name() + ": one run needs "
                    + of(demand, backend, 1, 0).describe() + ", but " + bytes(backend.availableBytes())
                    + " are available");
        }
        int count = (int) (((long) total + most - 1) / most);
        List<Integer> sizes = new ArrayList<>();
        for (int slice = 0; slice < count; slice++) {
            sizes.add(total / count + (slice < total % count ? 1 : 0));
        }
        return sizes;
    }

    /** One line for people. */
    public String describe() {
        if (bytes == 0) {
            return "none of the device's";
        }
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s: %d matrices%s and %s of data",
                bytes(bytes),
                matricesPerRun,
                runs == 1 ? "" : " for each of " + runs + " runs",
                bytes(dataBytes)));
        if (snapshots > 0) {
            text.append(String.format(
                    Locale.ROOT,
                    " and %d snapshot%s of %d matrices",
                    snapshots,
                    snapshots == 1 ? "" : "s",
                    matricesPerSnapshot));
        }
        if (singularValuesBytes > 0) {
            text.append(" and ").append(bytes(singularValuesBytes)).append(" for singular values");
        }
        return text.toString();
    }

    /** Bytes in the unit that people read. */
    public static String bytes(long bytes) {
        if (bytes < 1 << 20) {
            return String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0);
        }
        return bytes < 1L << 30
                ? String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20))
                : String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
    }
}
