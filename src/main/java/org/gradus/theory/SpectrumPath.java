package org.gradus.theory;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The scalar recursion of a whole spectrum: the exact crossing steps, and the effective rank at every step at which it matters.
 *
 * <p>Blocks of modes advance side by side, a chunk of strides at a time. Bounds of the effective rank over each stride tell
 * whether it can have met the edge of a band; only then the stride is played again step by step. So the work is the bare
 * recursion of the modes that still move.
 */
final class SpectrumPath {
    /** d and λ of one block stay in the first-level cache. */
    private static final int BLOCK = 512;

    private static final int STRIDE = ModeBlock.STRIDE;
    private static final int MOST_STRIDES = 64;
    /** Doubles kept to play strides again. */
    private static final int MEMORY = 1 << 22;

    private final List<ModeBlock> blocks = new ArrayList<>();
    private final CrossingTable crossings;
    private final PlateauTracker tracker;
    private final StrideBounds bounds;
    private final int strides;
    /** Bounds of the effective rank over the last stride, in the end over all that is to come. */
    private double lowest;

    private double highest;
    private boolean rankEnds;

    SpectrumPath(Modes modes, Start start, double stepSize, double[] levels, PlateauTracker tracker) {
        this.crossings = new CrossingTable(levels, modes.size());
        this.tracker = tracker;
        int size = modes.size();
        strides = Math.max(1, Math.min(MOST_STRIDES, MEMORY / size));
        bounds = new StrideBounds(strides);
        int cores = Runtime.getRuntime().availableProcessors();
        int parts = Math.max((size + BLOCK - 1) / BLOCK, Math.min(cores, size / 32));
        parts = Math.max(1, parts);
        for (int part = 0; part < parts; part++) {
            // every parts-th mode: blocks then come to rest together
            int offset = part;
            int step = parts;
            int[] id = IntStream.range(0, (size - part + parts - 1) / parts)
                    .map(i -> offset + i * step)
                    .toArray();
            double[] lambda =
                    IntStream.of(id).mapToDouble(i -> modes.lambda()[i]).toArray();
            int[] count = IntStream.of(id).map(i -> modes.count()[i]).toArray();
            blocks.add(new ModeBlock(start, stepSize, lambda, count, id, crossings, strides));
        }
    }

    /** Runs up to the horizon, or until nothing changes any more. */
    void run(long horizon) {
        double[] sums = new double[STRIDE];
        double[] maxima = new double[STRIDE];
        blocks.forEach(block -> block.measure(sums, maxima));
        tracker.observe(0, sums[0] / maxima[0]);
        int repeated = 0;
        for (long k = 0; k < horizon && repeated < 2; ) {
            boolean moves = blocks.stream().anyMatch(block -> block.active() > 0);
            repeated = moves ? 0 : repeated + 1;
            long left = horizon - k;
            int now = moves ? (int) Math.min(strides, (left + STRIDE - 1) / STRIDE) : 1;
            int last = (int) Math.min(STRIDE, left - (long) (now - 1) * STRIDE);
            advance(k, now, last);
            follow(k, now, last);
            k += (long) (now - 1) * STRIDE + last;
            if (repeated == 2) {
                // every later stride is this one
                tracker.settle(k, lowest, highest);
            }
        }
        if (repeated < 2) {
            StrideBounds tail = new StrideBounds(1);
            blocks.forEach(block -> block.boundTail(tail));
            lowest = tail.lowestRank(0);
            highest = tail.highestRank(0);
        }
    }

    private void advance(long k, int now, int last) {
        IntStream range = IntStream.range(0, blocks.size());
        long work = blocks.stream().mapToLong(ModeBlock::active).sum() * now;
        (work > 256 ? range.parallel() : range).forEach(i -> blocks.get(i).advance(k, now, last));
        bounds.clear();
        blocks.forEach(block -> bounds.add(block.bounds(), now));
    }

    private void follow(long k, int now, int last) {
        for (int stride = 0; stride < now && !rankEnds; stride++) {
            lowest = bounds.lowestRank(stride);
            highest = bounds.highestRank(stride);
            if (tracker.mayMove(lowest, highest)) {
                replay(k + (long) stride * STRIDE, stride, stride == now - 1 ? last : STRIDE);
            }
        }
    }

    private void replay(long k, int stride, int length) {
        double[] sums = new double[length];
        double[] maxima = new double[length];
        blocks.forEach(block -> block.replay(stride, length, sums, maxima));
        lowest = Double.POSITIVE_INFINITY;
        highest = Double.NEGATIVE_INFINITY;
        for (int step = 0; step < length; step++) {
            double rank = sums[step] / maxima[step];
            lowest = Math.min(lowest, rank);
            highest = Math.max(highest, rank);
            tracker.observe(k + step + 1, rank);
        }
        // a diverged mode stays so: NaN, or infinite over infinite, at every later step
        rankEnds = Double.isNaN(sums[length - 1] / maxima[length - 1]) && maxima[length - 1] != 0;
    }

    CrossingTable crossings() {
        return crossings;
    }

    /** The longest interval of each band of the tracker. */
    List<PlateauTracker.ExactPlateau> plateaus(long horizon) {
        return IntStream.range(0, tracker.bands())
                .mapToObj(band -> tracker.longest(band, horizon, !rankEnds && tracker.stays(band, lowest, highest)))
                .toList();
    }
}
