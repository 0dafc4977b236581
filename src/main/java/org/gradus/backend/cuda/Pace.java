package org.gradus.backend.cuda;

import java.util.concurrent.locks.LockSupport;
import jcuda.driver.CUevent;

/**
 * Keeps account of the launches under way on a line, so that the host hands over about a second's work at most: an
 * interrupt must not have to wait for hours of it. The device is asked and never waited for, since it has work left as long
 * as the host has to hold back.
 */
final class Pace implements AutoCloseable {
    /** One launch under way and one behind it, however long they are. */
    static final long TWO_LAUNCHES = 0;

    private static final int RING = 64;
    private static final long NAP_NANOS = 50_000;

    private final Line line;
    private final Context context;
    private final Resources resources;
    private final CUevent[] ends = new CUevent[RING];
    private final long[] totals = new long[RING];
    private final long most;
    private int first;
    private int count;
    private long handedOver;
    private long carriedOut;

    /** @param most steps under way beyond which the host holds back, unless they are one launch */
    Pace(Line line, long most) {
        this.line = line;
        this.most = most;
        context = line.context();
        resources = new Resources();
        try {
            for (int i = 0; i < RING; i++) {
                ends[i] = Line.event(context, resources);
            }
        } catch (RuntimeException | Error thrown) {
            resources.closeAfter(thrown);
            throw thrown;
        }
    }

    /** Holds back until {@code steps} more may be handed over. */
    void before(long steps) {
        look();
        while (count == RING || (count > 1 && handedOver - carriedOut + steps > most)) {
            LockSupport.parkNanos(NAP_NANOS);
            look();
        }
    }

    /** {@code steps} have been given to the line. */
    void handedOver(long steps) {
        handedOver += steps;
        int last = (first + count) % RING;
        totals[last] = handedOver;
        line.record(ends[last]);
        count++;
    }

    /** Steps known to have been carried out. */
    long carriedOut() {
        look();
        return carriedOut;
    }

    private void look() {
        while (count > 0 && Line.hasCome(context, ends[first])) {
            carriedOut = totals[first];
            first = (first + 1) % RING;
            count--;
        }
    }

    @Override
    public void close() {
        resources.close();
    }
}
