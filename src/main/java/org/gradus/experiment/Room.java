package org.gradus.experiment;

import org.gradus.backend.Backend;
import org.gradus.backend.BackendException;
import org.gradus.backend.Precision;
import org.gradus.dynamics.MemoryPlan;
import org.gradus.init.Dimensions;

/** Whether the device's memory, Java's heap and its arrays hold a run, asked before any of it is made. */
final class Room {
    /** Host matrices of the product's size beside the problem's own: download buffer, last row's copy, one in the making. */
    private static final int HOST_COPIES = 3;

    private Room() {}

    /**
     * Asked before the target is made.
     *
     * @throws BackendException if the heap is too small, with figures
     * @throws ConfigException if a factor has more entries than an array
     */
    static void requireOnHost(Config config, Dimensions dimensions) {
        requireOnHeap(hostBytes(dimensions, resident(config)));
        requireArrays(config, dimensions);
    }

    /** Matrices of the problem's own data. */
    static int resident(Config config) {
        return config.problem().noise().isPresent() ? 2 : 1;
    }

    /** @throws BackendException if the device is too small, with figures */
    static void requireOnDevice(MemoryPlan memory, Backend backend, Precision precision) {
        long available = backend.availableBytes();
        if (memory.bytes() > available) {
            throw new BackendException(backend.name() + ": the run needs " + memory.describe() + ", but "
                    + MemoryPlan.bytes(available) + " are available; "
                    + (precision == Precision.FLOAT64 ? "precision float32 needs half, " : "")
                    + "narrower widths or a smaller depth need less");
        }
    }

    /** Data, buffers and one factor in float64, whatever the precision on the device. */
    private static long hostBytes(Dimensions dimensions, int resident) {
        long product = (long) dimensions.rows() * dimensions.cols();
        return Double.BYTES * (resident * product + Math.max(HOST_COPIES * product, largestFactor(dimensions)));
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
