package org.gradus.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.gradus.backend.Backend;

/** The pieces of one cell, which take turns so that a noisy machine disturbs all alike. */
final class CellBenchmark implements Resource {
    private static final int LARGEST_REFERENCE = 8192;
    private static final int SMALLEST_REFERENCE = 64;

    private final Cell cell;
    private final List<Resource> opened = new ArrayList<>();
    private final List<Piece> pieces = new ArrayList<>();
    private final Workbench bench;
    private final Piece step;
    private final Piece record;
    private final Optional<Piece> product;
    private final Optional<Piece> reference;
    private final Optional<Piece> factorsRecord;
    private final int referenceSize;
    private final long memory;

    CellBenchmark(Cell cell, Backend backend, Settings settings) {
        this.cell = cell;
        int threads = settings.threads();
        referenceSize = referenceSize(backend.workPerSecond(cell.arithmetic().precision()), settings.slot());
        boolean dense = cell.solver() == SolverKind.DENSE;
        try {
            memory = Workbench.bytes(cell, backend, false);
            bench = keep(new Workbench(cell, backend, threads, false));
            step = piece(bench::steps);
            record = piece(bench::records);
            product = dense ? Optional.of(products(backend, cell.n(), cell.runs(), cell.products())) : Optional.empty();
            reference = dense && cell.n() < referenceSize
                    ? Optional.of(products(backend, referenceSize, 1, 1))
                    : Optional.empty();
            factorsRecord = dense
                    ? Optional.of(piece(keep(new Workbench(cell, backend, threads, true))::records))
                    : Optional.empty();
        } catch (RuntimeException | Error thrown) {
            try (this) {
                throw thrown;
            }
        }
    }

    /** The largest power of two of which a product takes at most a quarter of the slot: large ones have reached their rate. */
    private static int referenceSize(double rate, double slot) {
        int size = LARGEST_REFERENCE;
        while (size > SMALLEST_REFERENCE && 2 * Math.pow(size, 3) / rate > slot / 4) {
            size /= 2;
        }
        return size;
    }

    private Piece products(Backend backend, int n, int runs, int count) {
        return piece(keep(new Products(backend, cell.arithmetic().precision(), n, runs, count))::repeat);
    }

    private Piece piece(Piece.Work work) {
        Piece piece = new Piece(work);
        pieces.add(piece);
        return piece;
    }

    private <T extends Resource> T keep(T resource) {
        opened.add(resource);
        return resource;
    }

    /**
     * All rounds, or as many as there is time for.
     *
     * @param goesOn asked before each round; at least one counts
     */
    Measured measure(Settings settings, BooleanSupplier goesOn) {
        for (int round = 0; round < Settings.WARM_UP_ROUNDS + settings.rounds(); round++) {
            if (round > Settings.WARM_UP_ROUNDS && !goesOn.getAsBoolean()) {
                break;
            }
            pieces.forEach(piece -> piece.round(settings.slot()));
        }
        bench.requireFinite();
        return new Measured(
                cell,
                memory,
                step.sample(),
                product.map(Piece::sample),
                reference.map(Piece::sample),
                referenceSize,
                record.sample(),
                factorsRecord.map(Piece::sample));
    }

    /** The last opened first. */
    @Override
    public void close() {
        RuntimeException failure = null;
        for (int i = opened.size() - 1; i >= 0; i--) {
            try {
                opened.get(i).close();
            } catch (RuntimeException thrown) {
                failure = failure == null ? thrown : failure;
            }
        }
        opened.clear();
        if (failure != null) {
            throw failure;
        }
    }
}
