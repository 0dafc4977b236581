package org.gradus.backend.cuda;

import java.util.LinkedHashSet;
import java.util.Set;
import org.gradus.backend.Arena;
import org.gradus.backend.Mailbox;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Places;
import org.gradus.backend.Precision;

/** What a step and its check touch and how much they compute, taken down before any of it is carried out. */
final class Listing {
    private final Set<Arena> arenas = new LinkedHashSet<>();
    private double work;
    private Precision precision = Precision.FLOAT64;
    private double stepWork;

    void add(double operations, MatrixBatch... batches) {
        work += operations;
        for (MatrixBatch batch : batches) {
            arenas.add(batch.arena());
        }
        if (operations > 0) {
            precision = batches[batches.length - 1].precision();
        }
    }

    void add(Places places) {
        arenas.add(places.arena());
    }

    void add(Mailbox mailbox) {
        arenas.add(mailbox.arena());
    }

    /** What follows belongs to the check. */
    void stepEnds() {
        stepWork = work;
    }

    /** Floating-point operations of the products of one step. */
    double stepWork() {
        return stepWork;
    }

    /** Of its products. */
    Precision precision() {
        return precision;
    }

    /** @throws IllegalStateException if memory that is used has gone */
    void requireOpen() {
        for (Arena arena : arenas) {
            if (!arena.isOpen()) {
                throw new IllegalStateException("replay: an arena whose memory the recording uses is closed");
            }
        }
    }
}
