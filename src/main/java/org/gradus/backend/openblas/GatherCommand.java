package org.gradus.backend.openblas;

import org.gradus.backend.HostPlaces;

/** out_b[k] ← x_b at place k, column by column of x. */
final class GatherCommand extends DividedCommand {
    /** A load that no neighbour shares, and a store. */
    private static final double WORK_PER_PLACE = 64;

    private final HostPlaces places;
    private final NativeBatch x;
    private final Numbers source;
    private final Numbers target;

    GatherCommand(HostPlaces places, NativeBatch x, NativeBatch out) {
        super(out, x);
        this.places = places;
        this.x = x;
        source = x.numbers();
        target = out.numbers();
    }

    @Override
    void requireOpen() {
        super.requireOpen();
        requireOpen(places.arena());
    }

    @Override
    void run(int worker, int fromRun, int toRun, int part, int parts) {
        int from = Partition.start(places.cols(), part, parts);
        int to = Partition.start(places.cols(), part + 1, parts);
        for (int run = fromRun; run < toRun; run++) {
            for (int col = from; col < to; col++) {
                gather(x.position(run, col), out().position(run, 0), places.starts()[col], places.starts()[col + 1]);
            }
        }
    }

    private void gather(long column, long numbers, int from, int to) {
        int[] rows = places.rowIndices();
        for (int k = from; k < to; k++) {
            target.put(numbers + k, source.get(column + rows[k]));
        }
    }

    @Override
    void declare(Hazards hazards) {
        hazards.readsOwnColumns(x);
        hazards.scatters(out());
    }

    @Override
    double work() {
        return WORK_PER_PLACE * out().shape().size();
    }
}
