package org.gradus.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.SplittableRandom;
import org.gradus.backend.reference.ReferenceBackend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A backend beside the reference, and batches that both hold. */
abstract class PairedBackends {
    Backend backend;
    Backend reference;
    Arena arena;
    Arena referenceArena;

    protected abstract Backend open();

    @BeforeEach
    void openBoth() {
        backend = open();
        reference = new ReferenceBackend();
        arena = backend.openArena();
        referenceArena = reference.openArena();
    }

    @AfterEach
    void closeBoth() {
        arena.close();
        referenceArena.close();
        backend.close();
        reference.close();
    }

    /** One batch on both backends, filled with the same numbers. */
    record Pair(MatrixBatch tested, MatrixBatch expected) {}

    final Pair pair(Shape shape, Precision precision, double[] host) {
        Pair pair = new Pair(arena.allocate(shape, precision), referenceArena.allocate(shape, precision));
        backend.ops().upload(host, pair.tested());
        reference.ops().upload(host, pair.expected());
        return pair;
    }

    final Pair random(SplittableRandom random, int batch, int rows, int cols, Precision precision) {
        Shape shape = new Shape(batch, rows, cols);
        double[] host = random.doubles(shape.size(), -1, 1).toArray();
        return pair(shape, precision, host);
    }

    static double tolerance(Precision precision, int inner) {
        return (precision == Precision.FLOAT64 ? 4e-16 : 3e-7) * (inner + 4);
    }

    static double[] read(Backend owner, MatrixBatch batch) {
        double[] host = new double[Math.toIntExact(batch.shape().size())];
        owner.ops().download(batch, host);
        return host;
    }

    final void assertSame(Pair pair, double tolerance, String what) {
        assertArrayEquals(read(reference, pair.expected()), read(backend, pair.tested()), tolerance, what);
    }
}
