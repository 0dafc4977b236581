package org.gradus.backend.openblas;

import org.bytedeco.javacpp.Pointer;

/** Puts a batch into a mailbox; where work is divided by columns, the first worker does it. */
final class PostCommand extends DividedCommand {
    private final NativeBatch in;
    private final double[] mailbox;
    private final int perRun;
    private final Pointer[] pointers;

    PostCommand(int workers, NativeBatch in, double[] mailbox) {
        super(in);
        this.in = in;
        this.mailbox = mailbox;
        pointers = in.pointers(workers);
        perRun = Math.toIntExact(in.shape().entries());
    }

    @Override
    void run(int worker, int fromRun, int toRun, int part, int parts) {
        if (part > 0) {
            return;
        }
        for (int run = fromRun; run < toRun; run++) {
            in.blas().download(pointers[worker].position(in.position(run, 0)), mailbox, run * perRun, perRun);
        }
    }

    @Override
    void declare(Hazards hazards) {
        hazards.readsAll(in);
    }

    @Override
    double work() {
        return in.shape().size();
    }
}
