package org.gradus.backend.cuda;

import java.nio.DoubleBuffer;
import jcuda.Pointer;
import org.gradus.backend.Arena;
import org.gradus.backend.Mailbox;

/** A mailbox in page-locked host memory, into which the device copies when its stream comes to it. */
final class CudaMailbox extends Mailbox {
    private final Pointer pointer;
    private final DoubleBuffer numbers;

    CudaMailbox(Arena arena, int size, Context.Pinned memory) {
        super(arena, size);
        pointer = memory.pointer();
        numbers = memory.bytes().asDoubleBuffer();
        for (int i = 0; i < size; i++) {
            numbers.put(i, 0);
        }
    }

    Pointer pointer() {
        return pointer;
    }

    @Override
    protected void copyTo(double[] out) {
        numbers.get(0, out);
    }
}
