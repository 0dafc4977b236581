package org.gradus.backend.reference;

import org.gradus.backend.Arena;
import org.gradus.backend.Backend;
import org.gradus.backend.HostMailbox;
import org.gradus.backend.HostPlaces;
import org.gradus.backend.Mailbox;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Ops;
import org.gradus.backend.Places;
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
    public double workPerSecond(Precision precision) {
        return 1e9;
    }

    @Override
    public int slowTransposedProductsUpTo() {
        return 100; // not for speed: so that both ways of a step are compared with other backends
    }

    @Override
    public Recording record(Runnable step, Runnable check) {
        return new Recording() {
            private long carriedOut;

            @Override
            public void replay(long times) {
                for (long i = 0; i < times; i++) {
                    step.run();
                }
                check.run();
                carriedOut += times;
            }

            @Override
            public long carriedOut() {
                return carriedOut;
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
        protected Mailbox newMailbox(int size) {
            return new HostMailbox(this, size);
        }

        @Override
        protected Places newPlaces(int rows, int[] starts, int[] rowIndices) {
            return new HostPlaces(this, rows, starts, rowIndices);
        }

        @Override
        protected void release() {
            owner.openArenas--;
        }
    }
}
