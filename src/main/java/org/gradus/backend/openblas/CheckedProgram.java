package org.gradus.backend.openblas;

import org.gradus.backend.Recording;

/** A step, repeated, and then its check. */
final class CheckedProgram implements Recording {
    private final Program step;
    private final Program check;
    private long carriedOut;

    CheckedProgram(Program step, Program check) {
        this.step = step;
        this.check = check;
    }

    @Override
    public void replay(long times) {
        step.replay(times);
        check.replay(1);
        carriedOut += times;
    }

    @Override
    public long carriedOut() {
        return carriedOut;
    }

    @Override
    public void close() {
        step.close();
        check.close();
    }
}
