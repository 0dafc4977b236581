package org.gradus.backend.openblas;

import java.util.Arrays;
import org.gradus.backend.HostPlaces;

/**
 * residuals_b[k] ← s_b·(x_b − y) at place k; x_b ← these at the places, 0 elsewhere. A column's places are read, the column
 * is made zero, and its places are written, all while it is in the cache: x is read from memory once and written once.
 */
final class ObservedResidualCommand extends DividedCommand {
    private static final double WORK_PER_ENTRY = 8;
    private static final double WORK_PER_PLACE = 64;

    private final NativeBatch perRun;
    private final HostPlaces places;
    private final NativeBatch values;
    private final NativeBatch residuals;
    private final Numbers factors;
    private final Numbers observed;
    private final Numbers residual;
    private final Numbers target;
    private final Address[] columns;

    ObservedResidualCommand(
            int workers,
            NativeBatch perRun,
            HostPlaces places,
            NativeBatch values,
            NativeBatch residuals,
            NativeBatch x) {
        super(x, perRun, values, residuals);
        this.perRun = perRun;
        this.places = places;
        this.values = values;
        this.residuals = residuals;
        factors = perRun.numbers();
        observed = values.numbers();
        residual = residuals.numbers();
        target = x.numbers();
        columns = new Address[workers];
        Arrays.setAll(columns, worker -> new Address());
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
        int bytes = out().precision().bytes();
        for (int run = fromRun; run < toRun; run++) {
            double factor = factors.get(perRun.position(run, 0));
            long numbers = residuals.position(run, 0);
            for (int col = from; col < to; col++) {
                int first = places.starts()[col];
                int end = places.starts()[col + 1];
                long column = out().position(run, col);
                subtract(factor, column, numbers, first, end);
                columns[worker].at(out().memory().address() + column * bytes).clear((long) places.rows() * bytes);
                scatter(column, numbers, first, end);
            }
        }
    }

    private void subtract(double factor, long column, long numbers, int from, int to) {
        int[] rows = places.rowIndices();
        long y = values.position(0, 0);
        for (int k = from; k < to; k++) {
            residual.put(numbers + k, factor * (target.get(column + rows[k]) - observed.get(y + k)));
        }
    }

    private void scatter(long column, long numbers, int from, int to) {
        int[] rows = places.rowIndices();
        for (int k = from; k < to; k++) {
            target.put(column + rows[k], residual.get(numbers + k));
        }
    }

    @Override
    void declare(Hazards hazards) {
        hazards.readsAll(perRun);
        hazards.readsAll(values);
        hazards.scatters(residuals);
        hazards.writesOwnColumns(out());
    }

    @Override
    double work() {
        return WORK_PER_ENTRY * out().shape().size()
                + WORK_PER_PLACE * residuals.shape().size();
    }
}
