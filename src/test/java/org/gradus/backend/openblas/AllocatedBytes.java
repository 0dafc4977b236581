package org.gradus.backend.openblas;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** What the calling thread and the workers of all teams allocate on the heap. */
public final class AllocatedBytes {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private AllocatedBytes() {}

    /** What {@code body} allocates, without what it takes to find out. */
    public static long during(Runnable body) {
        long measuring = -now();
        measuring += now();
        long before = now();
        body.run();
        return now() - before - measuring;
    }

    private static long now() {
        long own = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        long[] workers = Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(info -> info != null && info.getThreadName().startsWith("gradus-blas-"))
                .mapToLong(info -> info.getThreadId())
                .toArray();
        return own
                + Arrays.stream(THREADS.getThreadAllocatedBytes(workers))
                        .filter(bytes -> bytes > 0)
                        .sum();
    }
}
