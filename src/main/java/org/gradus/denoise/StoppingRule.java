package org.gradus.denoise;

import java.util.function.LongConsumer;

/** When to stop a deep descent on a noisy matrix. */
public interface StoppingRule {

    /** As on the command line and in JSON. */
    String name();

    /**
     * The step to stop at.
     *
     * @param watcher hears now and then which step has been looked at
     * @throws NoStopException if there is none, with what would be possible
     */
    Stop choose(NoisyMatrix noisy, DeepDescent descent, LongConsumer watcher);
}
