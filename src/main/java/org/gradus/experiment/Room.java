package org.gradus.experiment;

import java.util.ArrayList;
import java.util.List;
import org.gradus.backend.Backend;
import org.gradus.backend.BackendException;
import org.gradus.backend.Precision;
import org.gradus.dynamics.Measures;
import org.gradus.dynamics.MemoryDemand;
import org.gradus.dynamics.MemoryPlan;
import org.gradus.init.Dimensions;
import org.gradus.linalg.DenseOperators;
import org.gradus.problem.Sensing;

/** Whether the device's memory, Java's heap and its arrays hold a run, asked before any of it is made. */
final class Room {
    /** Host matrices of the product's size beside data and download buffers: last row's copy, one in the making. */
    private static final int HOST_COPIES = 2;

    /** Iterates, multipliers, Gram matrix and singular vectors of a convex program's solver. */
    private static final int HOST_COPIES_OF_SOLVERS = 12;

    private Room() {}

    /**
     * Asked before the target is made.
     *
     * @param numbers that the data take
     * @param snapshots of the product that are downloaded side by side; 0 for one in place
     * @throws BackendException if the heap is too small, with figures
     * @throws ConfigException if a factor has more entries than an array
     */
    static void requireOnHost(Config config, Dimensions dimensions, long numbers, int snapshots) {
        requireOnHeap(hostBytes(dimensions, numbers, Math.max(snapshots, 1), 1));
        requireArrays(config, dimensions);
    }

    /** Asked before the data are made, for methods without factors. */
    static void requireOnHost(DataSource source) {
        long product = (long) source.rows() * source.cols();
        requireOnHeap(Double.BYTES * (source.hostNumbers() + HOST_COPIES_OF_SOLVERS * product));
    }

    /** The data with operators that are read in every step where the device's memory does not hold them. */
    static Data fitting(
            Data data, Dimensions dimensions, Precision precision, Measures measures, Backend backend, int runs) {
        if (!(data.problem() instanceof Sensing sensing) || !(sensing.operators() instanceof DenseOperators)) {
            return data;
        }
        MemoryDemand resident = new MemoryDemand(sensing.footprint(), dimensions, precision, measures);
        long needed = MemoryPlan.of(resident, backend, runs, 0).bytes();
        long available = backend.availableBytes();
        return needed <= available
                ? data
                : data.with(
                        sensing.streamed(),
                        "with operators in its memory the run needs " + MemoryPlan.bytes(needed) + ", but "
                                + MemoryPlan.bytes(available)
                                + " are available: every step reads them from their source"
                                + " again, which is slow"
                                + (precision == Precision.FLOAT64 ? "; float32 needs half" : ""));
    }

    /** @throws BackendException if the device is too small, with figures and with what would fit */
    static void requireOnDevice(MemoryDemand demand, Backend backend, int runs) {
        MemoryPlan least = MemoryPlan.of(demand, backend, runs, 0);
        long available = backend.availableBytes();
        if (least.bytes() > available) {
            throw new BackendException(backend.name() + ": the run" + (runs == 1 ? " needs " : "s need ")
                    + least.describe() + ", but " + MemoryPlan.bytes(available) + " are available; "
                    + whatFits(demand, backend, runs, available));
        }
    }

    private static String whatFits(MemoryDemand demand, Backend backend, int runs, long available) {
        List<String> fitting = new ArrayList<>();
        MemoryPlan single = MemoryPlan.of(demand.with(Precision.FLOAT32), backend, runs, 0);
        if (demand.precision() != Precision.FLOAT32 && single.bytes() <= available) {
            fitting.add("precision float32 needs " + MemoryPlan.bytes(single.bytes()));
        }
        MemoryPlan withoutFactors = MemoryPlan.of(demand.withoutFactors(), backend, runs, 0);
        if (demand.measures().factors() && withoutFactors.bytes() <= available) {
            fitting.add("record.factors: false needs " + MemoryPlan.bytes(withoutFactors.bytes()));
        }
        int most = runs == 1 ? 0 : MemoryPlan.mostRuns(demand, backend, runs);
        if (most > 0) {
            fitting.add(most == 1 ? "one run at a time fits" : "batches of up to " + most + " runs fit");
        }
        return fitting.isEmpty() ? "narrower widths or a smaller depth need less" : String.join(", ", fitting);
    }

    /** The largest batch of up to {@code wanted} runs whose products the heap holds beside the data; at least 1. */
    static int mostOnHost(Dimensions dimensions, long numbers, int snapshots, int wanted) {
        int most = wanted;
        while (most > 1
                && hostBytes(dimensions, numbers, Math.max(snapshots, 1), most)
                        > Runtime.getRuntime().maxMemory()) {
            most = most / 2;
        }
        return most;
    }

    /** Whether the heap holds the products of so many runs at the same time beside the data. */
    static boolean holdsOnHost(Dimensions dimensions, long numbers, int snapshots, int runs) {
        return hostBytes(dimensions, numbers, Math.max(snapshots, 1), runs)
                <= Runtime.getRuntime().maxMemory();
    }

    /** Data, buffers and one factor in float64, whatever the precision on the device. */
    private static long hostBytes(Dimensions dimensions, long numbers, int buffers, int runs) {
        long products = (long) dimensions.rows() * dimensions.cols() * runs;
        return Double.BYTES * (numbers + Math.max((buffers + HOST_COPIES) * products, largestFactor(dimensions)));
    }

    private static void requireOnHeap(long bytes) {
        long limit = Runtime.getRuntime().maxMemory();
        if (bytes > limit) {
            throw new BackendException("the run needs " + MemoryPlan.bytes(bytes)
                    + " of Java's heap for its data, but that is limited to " + MemoryPlan.bytes(limit)
                    + "; GRADUS_JAVA_OPTS=-Xmx" + (((bytes + bytes / 8) >> 30) + 1) + "g raises the limit");
        }
    }

    private static void requireArrays(Config config, Dimensions dimensions) {
        long largest = largestFactor(dimensions);
        if (largest > Integer.MAX_VALUE) {
            throw config.source()
                    .error(
                            "factors.widths",
                            "the sizes " + abbreviated(dimensions) + " make a factor of " + largest
                                    + " entries; a matrix has at most " + Integer.MAX_VALUE);
        }
    }

    private static String abbreviated(Dimensions dimensions) {
        return dimensions.sizes().size() <= 8
                ? dimensions.sizes().toString()
                : dimensions.sizes().subList(0, 8).toString().replace("]", ", …]");
    }

    private static long largestFactor(Dimensions dimensions) {
        long largest = 0;
        for (int j = 1; j <= dimensions.depth(); j++) {
            largest = Math.max(largest, (long) dimensions.size(j) * dimensions.size(j - 1));
        }
        return largest;
    }
}
