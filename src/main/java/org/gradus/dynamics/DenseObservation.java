package org.gradus.dynamics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.gradus.backend.Arena;
import org.gradus.backend.Ops;
import org.gradus.backend.SideLine;

/** Measures a dense descent on the side line, in the snapshots in turn, or in place if there are none. */
final class DenseObservation {
    private final Ops main;
    private final SideLine side;
    private final Measurement measurement;
    private final boolean inPlace;
    private final List<Snapshot> snapshots = new ArrayList<>();
    private final List<Future<State>> latest;
    private int next;

    DenseObservation(
            Arena arena, SideLine side, MemoryDemand demand, int count, Workspace workspace, Measurement measurement) {
        main = arena.backend().ops();
        this.side = side;
        this.measurement = measurement;
        int runs = workspace.factor(1).shape().batch();
        inPlace = count == 0;
        if (inPlace) {
            snapshots.add(new InPlaceSnapshot(arena, demand, runs, workspace));
        }
        for (int i = 0; i < count; i++) {
            snapshots.add(new OwnSnapshot(arena, demand, runs, workspace));
        }
        latest = new ArrayList<>(Collections.nCopies(snapshots.size(), CompletableFuture.completedFuture(null)));
    }

    /** How many measurements may be under way while the descent goes on. */
    int lookahead() {
        return inPlace ? 0 : snapshots.size();
    }

    /** @throws IllegalStateException if the snapshot whose turn it is has not been measured yet */
    Future<State> start(long step) {
        requireDone(next, "measured again");
        Snapshot snapshot = snapshots.get(next);
        measurement.begin(main, snapshot);
        Future<State> future = side.submit(() -> measurement.finish(side.ops(), snapshot, step));
        latest.set(next, future);
        next = (next + 1) % snapshots.size();
        return future;
    }

    /** @throws IllegalStateException if a measurement in place is under way */
    void requireRoomForSteps() {
        if (inPlace) {
            requireDone(0, "advanced");
        }
    }

    private void requireDone(int snapshot, String what) {
        if (!latest.get(snapshot).isDone()) {
            throw new IllegalStateException("the descent is " + what + " while its memory is being measured");
        }
    }
}
