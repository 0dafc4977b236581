package org.gradus.check;

import static org.gradus.backend.Transpose.NO;

import java.util.EnumMap;
import java.util.Map;
import org.gradus.backend.Arena;
import org.gradus.backend.Backend;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Places;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;
import org.gradus.backend.Transpose;

/** Operands of verbs with the same numbers on any backend. */
final class Operands {

    /** op(A) is m×k, op(B) is k×n, all else m×n; k is also the number of operators. */
    record Size(int m, int k, int n) {
        int largest() {
            return Math.max(m, Math.max(k, n));
        }
    }

    final MatrixBatch x;
    final MatrixBatch shared;
    final MatrixBatch out;
    final MatrixBatch perRun;
    final MatrixBatch sums;
    final MatrixBatch values;
    final Map<Transpose, MatrixBatch> a = new EnumMap<>(Transpose.class);
    final Map<Transpose, MatrixBatch> b = new EnumMap<>(Transpose.class);
    final MatrixBatch operators;
    final MatrixBatch observations;
    final MatrixBatch residuals;
    final MatrixBatch columns;
    final Places places;
    final MatrixBatch observed;
    final MatrixBatch gathered;

    Operands(Backend backend, Arena arena, int batch, Size size, Precision precision) {
        Shape shape = new Shape(batch, size.m, size.n);
        for (Transpose each : Transpose.values()) {
            Shape left = each == NO ? new Shape(batch, size.m, size.k) : new Shape(batch, size.k, size.m);
            Shape right = each == NO ? new Shape(batch, size.k, size.n) : new Shape(batch, size.n, size.k);
            a.put(each, Subject.random(backend, arena, left, precision, 1));
            b.put(each, Subject.random(backend, arena, right, precision, 2));
        }
        x = Subject.random(backend, arena, shape, precision, 3);
        shared = Subject.random(backend, arena, new Shape(1, size.m, size.n), precision, 4);
        out = Subject.random(backend, arena, shape, precision, 5);
        perRun = Subject.random(backend, arena, new Shape(batch, 1, 1), precision, 6);
        sums = arena.allocate(new Shape(batch, 1, 1), Precision.FLOAT64);
        values = arena.allocate(new Shape(batch, Math.min(size.m, size.n), 1), precision);
        operators = Subject.random(backend, arena, new Shape(size.k, size.m, size.n), precision, 7);
        observations = Subject.random(backend, arena, new Shape(size.k, 1, 1), precision, 8);
        residuals = arena.allocate(new Shape(batch, size.k, 1), precision);
        columns = Subject.random(backend, arena, new Shape(batch, size.n, 1), precision, 9);
        places = everyThird(arena, size);
        observed = Subject.random(backend, arena, new Shape(1, places.count(), 1), precision, 10);
        gathered = arena.allocate(new Shape(batch, places.count(), 1), precision);
    }

    private static Places everyThird(Arena arena, Size size) {
        int count = (size.m * size.n + 2) / 3;
        int[] starts = new int[size.n + 1];
        int[] rows = new int[count];
        for (int k = 0; k < count; k++) {
            rows[k] = 3 * k % size.m;
            starts[3 * k / size.m + 1]++;
        }
        for (int j = 0; j < size.n; j++) {
            starts[j + 1] += starts[j];
        }
        return arena.places(size.m, starts, rows);
    }

    /** What {@code verb} makes of {@link #out}. */
    MatrixBatch into(Runnable verb) {
        verb.run();
        return out;
    }
}
