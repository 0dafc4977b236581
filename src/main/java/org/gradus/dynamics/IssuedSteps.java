package org.gradus.dynamics;

import org.gradus.backend.Recording;

/** Steps that cannot be captured, since they bring data along: each is issued anew. Returns when they have been carried out. */
final class IssuedSteps implements Recording {
    private final Runnable step;
    private final Runnable check;
    private final Runnable await;
    private long carriedOut;

    /** @param await waits until all that was issued has been carried out */
    IssuedSteps(Runnable step, Runnable check, Runnable await) {
        this.step = step;
        this.check = check;
        this.await = await;
    }

    @Override
    public void replay(long times) {
        for (long i = 0; i < times; i++) {
            step.run();
        }
        check.run();
        await.run();
        carriedOut += times;
    }

    @Override
    public long carriedOut() {
        return carriedOut;
    }

    @Override
    public void close() {}
}
