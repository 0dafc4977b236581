package org.gradus.backend.reference;

import org.gradus.backend.Arena;
import org.gradus.backend.Backend;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Ops;
import org.gradus.backend.Precision;
import org.gradus.backend.Recording;
import org.gradus.backend.Shape;

/** The backend of plain loops. A recording runs its body again. */
public final class ReferenceBackend implements Backend {
    private final Ops ops = new Ops(this, new ReferenceKernels());
    private int openArenas;

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public String describe() {
        return "plain Java loops, one thread";
    }

    @Override
    public long availableBytes() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    }

    @Override
    public Arena openArena() {
        openArenas++;
        return new ReferenceArena(this);
    }

    @Override
    public Ops ops() {
        return ops;
    }

    @Override
    public Recording record(Runnable steps) {
        return new Recording() {
            @Override
            public void replay(long times) {
                for (long i = 0; i < times; i++) {
                    steps.run();
                }
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {
        if (openArenas > 0) {
            throw new IllegalStateException("reference: closed with " + openArenas + " arenas open");
        }
    }

    private static final class ReferenceArena extends Arena {
        private final ReferenceBackend owner;

        ReferenceArena(ReferenceBackend owner) {
            super(owner);
            this.owner = owner;
        }

        @Override
        protected MatrixBatch newBatch(Shape shape, Precision precision) {
            double[] data = new double[Math.toIntExact(shape.size())];
            return new ReferenceBatch(this, shape, precision, data, 0, (int) shape.entries());
        }

        @Override
        protected void release() {
            owner.openArenas--;
        }
    }
}
