package org.gradus.check;

import static org.gradus.backend.Transpose.NO;
import static org.gradus.backend.Transpose.YES;

import java.util.Arrays;
import java.util.List;
import org.gradus.backend.Arena;
import org.gradus.backend.Backend;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Ops;
import org.gradus.backend.Precision;
import org.gradus.backend.Recording;
import org.gradus.backend.Shape;

/** A batch of descents with three n×n factors, its step written out verb by verb: 6 products of 2n³ operations a run. */
final class ThreeFactors {
    private final Ops ops;
    private final MatrixBatch[] w = new MatrixBatch[3];
    private final MatrixBatch[] b = new MatrixBatch[3];
    private final MatrixBatch prefix;
    private final MatrixBatch target;
    private final MatrixBatch perRun;
    private final MatrixBatch one;

    ThreeFactors(Backend backend, Arena arena, int runs, int n, Precision precision) {
        ops = backend.ops();
        Shape shape = new Shape(runs, n, n);
        double scale = 1 / Math.sqrt(n);
        for (int j = 0; j < 3; j++) {
            w[j] = arena.allocate(shape, precision);
            double[] start = Subject.numbers(shape, j + 1);
            for (int i = 0; i < start.length; i++) {
                start[i] *= scale;
            }
            ops.upload(start, w[j]);
            b[j] = arena.allocate(shape, precision);
        }
        prefix = arena.allocate(shape, precision);
        target = Subject.random(backend, arena, new Shape(1, n, n), precision, 4);
        perRun = filled(arena, runs, -1e-3 / n, precision);
        one = filled(arena, 1, 1, precision);
    }

    private MatrixBatch filled(Arena arena, int runs, double value, Precision precision) {
        MatrixBatch batch = arena.allocate(new Shape(runs, 1, 1), precision);
        double[] values = new double[runs];
        Arrays.fill(values, value);
        ops.upload(values, batch);
        return batch;
    }

    static double operationsPerStep(int runs, int n) {
        return 6 * 2.0 * n * n * n * runs;
    }

    /** The least time of a recorded step of one run. */
    static double secondsPerStep(Subject subject, int n, Precision precision) {
        Backend device = subject.device();
        try (Arena arena = device.openArena();
                Recording step = device.record(new ThreeFactors(device, arena, 1, n, precision)::step)) {
            return subject.secondsPerStep(step::replay, arena);
        }
    }

    List<MatrixBatch> factors() {
        return List.of(w);
    }

    MatrixBatch target() {
        return target;
    }

    MatrixBatch perRun() {
        return perRun;
    }

    /** All factors at once, from the old ones. */
    void step() {
        ops.multiply(1, NO, w[1], NO, w[0], 0, prefix);
        ops.residual(perRun, NO, w[2], NO, prefix, target, b[2]);
        ops.multiply(1, YES, w[2], NO, b[2], 0, b[1]);
        ops.multiply(1, NO, b[2], YES, prefix, 1, w[2]);
        ops.multiply(1, YES, w[1], NO, b[1], 0, b[0]);
        ops.multiply(1, NO, b[1], YES, w[0], 1, w[1]);
        ops.addScaled(one, b[0], w[0]);
    }
}
