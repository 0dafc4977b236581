package org.gradus.backend.cuda;

import static jcuda.driver.JCudaDriver.cuMemcpyDtoHAsync;

/** What solvers report of each matrix: an int in device memory, brought to the host through a page-locked block. */
final class Infos implements AutoCloseable {
    /** Matrices of one call, at most. */
    static final int MOST = 32_768;

    private final Line line;
    private final DeviceMemory memory;
    private final Context.Pinned pinned;
    private final Resources resources;

    Infos(Line line) {
        this.line = line;
        resources = new Resources();
        try {
            memory = line.context().allocate(MOST * (long) Integer.BYTES, "the solvers' reports", resources);
            pinned = line.context().pin(MOST * Integer.BYTES, resources);
        } catch (RuntimeException | Error thrown) {
            resources.closeAfter(thrown);
            throw thrown;
        }
    }

    /** Where a call writes. */
    DeviceMemory pointer() {
        return memory;
    }

    /** A place for a single int that a call returns on the host. */
    Context.Pinned host() {
        return pinned;
    }

    /** What the last call wrote of its {@code count} matrices; waits for it. */
    int[] read(int count) {
        line.context()
                .check(
                        "cuMemcpyDtoHAsync",
                        cuMemcpyDtoHAsync(pinned.pointer(), memory, count * (long) Integer.BYTES, line.stream()));
        line.await();
        int[] infos = new int[count];
        pinned.bytes().asIntBuffer().get(infos);
        return infos;
    }

    @Override
    public void close() {
        resources.close();
    }
}
