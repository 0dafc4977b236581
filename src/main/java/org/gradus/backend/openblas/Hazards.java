package org.gradus.backend.openblas;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;

/**
 * Finds where workers that each compute their own columns have to wait for each other. A command may start without a
 * barrier while every column it reads was written by its own worker (same number of columns, hence the same
 * {@link Partition}) and nobody else may still be reading what it overwrites. The chain P_j = W_j P_{j−1},
 * G = W_N P_{N−1} − Ŵ, G_{j−1} = W_jᵀ G_j is of this kind throughout: column c of each depends on column c of the one
 * before; only the updates W_j += G_j P_{j−1}ᵀ need all columns.
 */
final class Hazards {

    /** What has happened to an allocation since the last barrier; 0 columns: nothing, −1: beyond one partition. */
    private static final class Use {
        int writtenBy;
        int readBy;
    }

    private static final int ALL = -1;

    private final Map<Pointer, Use> uses = new HashMap<>();
    private boolean needed;

    /** A piece reads only its own of the batch's columns. */
    void readsOwnColumns(NativeBatch batch) {
        read(batch, batch.shape().cols());
    }

    /** A piece may read every column of the batch. */
    void readsAll(NativeBatch batch) {
        read(batch, ALL);
    }

    /** A piece writes its own columns of the batch, and perhaps reads them before. */
    void writesOwnColumns(NativeBatch batch) {
        Use use = use(batch);
        int cols = batch.shape().cols();
        needed |= conflicts(use.writtenBy, cols) || conflicts(use.readBy, cols);
        use.writtenBy = cols;
    }

    /** Whether {@code command} must wait for the others before it starts; takes its accesses into account. */
    boolean barrierBefore(Command command) {
        needed = false;
        command.declare(this);
        boolean barrier = needed;
        if (barrier) {
            uses.clear();
            command.declare(this);
        }
        return barrier;
    }

    private void read(NativeBatch batch, int cols) {
        Use use = use(batch);
        needed |= conflicts(use.writtenBy, cols);
        use.readBy = use.readBy == 0 || use.readBy == cols ? cols : ALL;
    }

    private Use use(NativeBatch batch) {
        return uses.computeIfAbsent(batch.memory(), memory -> new Use());
    }

    private static boolean conflicts(int before, int now) {
        return before != 0 && (before != now || before == ALL);
    }
}
