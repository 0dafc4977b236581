package org.gradus.backend.openblas;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;

/**
 * Finds where workers that each compute their own columns have to wait for each other. A command may start without a
 * barrier while every column it reads was written by its own worker (same shape, hence the same {@link Partition} of the
 * same memory) and nobody else may still be reading what it overwrites. The chain P_j = W_j P_{j−1},
 * G = W_N P_{N−1} − Ŵ, G_{j−1} = W_jᵀ G_j is of this kind throughout: column c of each depends on column c of the one
 * before; only the updates W_j += G_j P_{j−1}ᵀ need all columns.
 */
final class Hazards {

    /** What has happened to an allocation since the last barrier, and divided in which way. */
    private static final class Use {
        long writtenBy = NOTHING;
        long readBy = NOTHING;
    }

    private static final long NOTHING = 0;

    /** Beyond one partition. */
    private static final long ALL = -1;

    private final Map<Pointer, Use> uses = new HashMap<>();
    private boolean needed;

    /** A piece reads only its own of the batch's columns. */
    void readsOwnColumns(NativeBatch batch) {
        read(batch, partition(batch));
    }

    /** A piece may read every column of the batch. */
    void readsAll(NativeBatch batch) {
        read(batch, ALL);
    }

    /** A piece writes its own columns of the batch, and perhaps reads them before. */
    void writesOwnColumns(NativeBatch batch) {
        Use use = use(batch);
        long partition = partition(batch);
        needed |= conflicts(use.writtenBy, partition) || conflicts(use.readBy, partition);
        use.writtenBy = partition;
    }

    /** A piece writes entries of the batch that belong to its own columns of another; no two pieces the same. */
    void scatters(NativeBatch batch) {
        Use use = use(batch);
        needed |= use.writtenBy != NOTHING || use.readBy != NOTHING;
        use.writtenBy = ALL;
    }

    /** Whether {@code command} must wait for the others before it starts; takes its accesses into account. */
    boolean barrierBefore(DividedCommand command) {
        needed = false;
        command.declare(this);
        boolean barrier = needed;
        if (barrier) {
            uses.clear();
            command.declare(this);
        }
        return barrier;
    }

    private void read(NativeBatch batch, long partition) {
        Use use = use(batch);
        needed |= conflicts(use.writtenBy, partition);
        use.readBy = use.readBy == NOTHING || use.readBy == partition ? partition : ALL;
    }

    private Use use(NativeBatch batch) {
        return uses.computeIfAbsent(batch.memory(), memory -> new Use());
    }

    /** Rows and columns as one number: what decides which of a run's memory belongs to which worker. */
    private static long partition(NativeBatch batch) {
        return (long) batch.shape().rows() << 32 | batch.shape().cols();
    }

    private static boolean conflicts(long before, long now) {
        return before != NOTHING && (before != now || before == ALL);
    }
}
