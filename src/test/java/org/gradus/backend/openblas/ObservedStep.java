package org.gradus.backend.openblas;

import static org.gradus.backend.Transpose.NO;
import static org.gradus.backend.Transpose.YES;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.gradus.backend.Arena;
import org.gradus.backend.Backend;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Ops;
import org.gradus.backend.Places;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;

/** Two factors n×n and a step on them that uses every verb of sensing and completion, each on what others have written. */
final class ObservedStep {
    private final Ops ops;
    private final Arena arena;
    private final Precision precision;
    private final SplittableRandom random = new SplittableRandom(3);
    private final MatrixBatch operators;
    private final MatrixBatch y;
    private final MatrixBatch w;
    private final MatrixBatch v;
    private final MatrixBatch product;
    private final MatrixBatch gradient;
    private final MatrixBatch residuals;
    private final MatrixBatch minusStep;
    private final Places places;
    private final MatrixBatch values;
    private final MatrixBatch observed;
    private final MatrixBatch inner;

    ObservedStep(Backend backend, Arena arena, Precision precision, int runs, int n, int m) {
        ops = backend.ops();
        this.arena = arena;
        this.precision = precision;
        operators = random(m, n, n);
        y = random(m, 1, 1);
        w = random(runs, n, n);
        v = random(runs, n, n);
        product = random(runs, n, n);
        gradient = random(runs, n, n);
        residuals = random(runs, m, 1);
        minusStep = random(runs, 1, 1);
        int[] starts = new int[n + 1];
        int[] rowIndices = new int[n * ((n + 2) / 3)];
        int count = 0;
        for (int j = 0; j < n; j++) {
            for (int i = j % 3; i < n; i += 3) {
                rowIndices[count++] = i;
            }
            starts[j + 1] = count;
        }
        places = arena.places(n, starts, Arrays.copyOf(rowIndices, count));
        values = random(1, count, 1);
        observed = random(runs, count, 1);
        inner = random(runs, n, 1);
    }

    /** Uniform in [−1/(2√entries), 1/(2√entries)]. */
    private MatrixBatch random(int batch, int rows, int cols) {
        Shape shape = new Shape(batch, rows, cols);
        MatrixBatch out = arena.allocate(shape, precision);
        double bound = 0.5 / Math.sqrt(rows * cols);
        ops.upload(random.doubles(shape.size(), -bound, bound).toArray(), out);
        return out;
    }

    void issue() {
        ops.multiply(1, NO, w, NO, v, 0, product);
        ops.normalResidual(minusStep, operators, y, product, residuals, 0, gradient);
        ops.multiply(1, NO, gradient, YES, v, 1, w);
        ops.measure(operators, y, product, residuals);
        ops.observedResidual(minusStep, places, values, observed, product);
        ops.multiply(1, YES, w, NO, product, 1, v);
        ops.gather(places, w, observed);
        ops.observedResidual(minusStep, places, values, observed, gradient);
        ops.multiply(1, NO, w, NO, gradient, 1, v);
        ops.columnInnerProducts(w, v, inner);
        ops.scaleColumns(inner, v, product);
        ops.multiply(1, NO, product, NO, gradient, 1, w);
    }

    /** Everything that steps have changed. */
    double[] state() {
        List<MatrixBatch> all = List.of(w, v, product, gradient, residuals, observed, inner);
        int size = all.stream()
                .mapToInt(batch -> Math.toIntExact(batch.shape().size()))
                .sum();
        double[] state = new double[size];
        int from = 0;
        for (MatrixBatch batch : all) {
            double[] host = new double[Math.toIntExact(batch.shape().size())];
            ops.download(batch, host);
            System.arraycopy(host, 0, state, from, host.length);
            from += host.length;
        }
        return state;
    }
}
