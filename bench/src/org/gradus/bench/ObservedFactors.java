package org.gradus.bench;

import static org.gradus.backend.Transpose.NO;
import static org.gradus.backend.Transpose.YES;

import java.util.SplittableRandom;
import org.gradus.backend.Arena;
import org.gradus.backend.Backend;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Ops;
import org.gradus.backend.Places;
import org.gradus.backend.Precision;
import org.gradus.backend.Recording;
import org.gradus.backend.Shape;

/**
 * Three factors W_3 (rows×width), W_2 (width×width), W_1 (width×cols) and the memory of a step on them, with the verbs in the
 * order in which the dense descent issues them: six products, one pass, and what makes the gradient of the product.
 */
final class ObservedFactors {
    private static final double STEP = -1e-9;

    /** Makes s·(gradient of the loss at the product) and says where it lies, which may be the product's memory. */
    interface Gradient {
        MatrixBatch of(MatrixBatch product);
    }

    private final Backend backend;
    private final Arena arena;
    private final Precision precision;
    private final int runs;
    private final MatrixBatch w1;
    private final MatrixBatch w2;
    private final MatrixBatch w3;
    private final MatrixBatch p2;
    private final MatrixBatch b1;
    private final MatrixBatch b2;
    private final MatrixBatch product;
    private final MatrixBatch minusStep;
    private final MatrixBatch one;

    ObservedFactors(Backend backend, Arena arena, Precision precision, int runs, int rows, int width, int cols) {
        this.backend = backend;
        this.arena = arena;
        this.precision = precision;
        this.runs = runs;
        w1 = random(runs, width, cols);
        w2 = random(runs, width, width);
        w3 = random(runs, rows, width);
        p2 = zeros(runs, width, cols);
        b1 = zeros(runs, width, cols);
        b2 = zeros(runs, width, cols);
        product = zeros(runs, rows, cols);
        minusStep = filled(STEP);
        one = filled(1);
    }

    /** Normal entries of variance 1/rows. */
    MatrixBatch random(int batch, int rows, int cols) {
        MatrixBatch out = zeros(batch, rows, cols);
        SplittableRandom random = new SplittableRandom(rows * 31L + cols);
        int entries = rows * cols;
        for (int i = 0; i < batch; i++) {
            double[] host = random.doubles(entries, -1, 1)
                    .map(number -> number * Math.sqrt(3.0 / rows))
                    .toArray();
            backend.ops().upload(host, out.slice(i, i + 1));
        }
        return out;
    }

    MatrixBatch zeros(int batch, int rows, int cols) {
        return arena.allocate(new Shape(batch, rows, cols), precision);
    }

    private MatrixBatch filled(double number) {
        MatrixBatch out = zeros(1, 1, 1);
        backend.ops().upload(new double[] {number}, out);
        return out;
    }

    /** The gradient from measurements of zero by {@code operators}. */
    Gradient sensing(MatrixBatch operators) {
        int count = operators.shape().batch();
        MatrixBatch y = zeros(count, 1, 1);
        MatrixBatch residuals = zeros(runs, count, 1);
        MatrixBatch gradient =
                zeros(runs, product.shape().rows(), product.shape().cols());
        return x -> {
            backend.ops().normalResidual(minusStep, operators, y, x, residuals, 0, gradient);
            return gradient;
        };
    }

    /** The gradient from the entries at {@code places}. */
    Gradient completion(Places places) {
        MatrixBatch values = random(1, places.count(), 1);
        MatrixBatch residuals = zeros(runs, places.count(), 1);
        return x -> {
            backend.ops().observedResidual(minusStep, places, values, residuals, x);
            return x;
        };
    }

    /** A step. */
    Recording step(Gradient gradient) {
        return backend.record(() -> issue(backend.ops(), gradient));
    }

    private void issue(Ops ops, Gradient gradient) {
        ops.multiply(1, NO, w2, NO, w1, 0, p2);
        ops.multiply(1, NO, w3, NO, p2, 0, product);
        MatrixBatch b3 = gradient.of(product);
        ops.multiply(1, YES, w3, NO, b3, 0, b2);
        ops.multiply(1, YES, w2, NO, b2, 0, b1);
        ops.multiply(1, NO, b3, YES, p2, 1, w3);
        ops.multiply(1, NO, b2, YES, w1, 1, w2);
        ops.addScaled(one, b1, w1);
    }

    /** The gradient alone, at the product as it is. */
    Recording gradientAlone(Gradient gradient) {
        return backend.record(() -> gradient.of(product));
    }

    /** The product of the other factors as often as a step multiplies: six products of the factors' sizes. */
    Recording products() {
        Ops ops = backend.ops();
        return backend.record(() -> {
            for (int i = 0; i < 3; i++) {
                ops.multiply(1, NO, w2, NO, w1, 0, p2);
                ops.multiply(1, NO, w3, NO, p2, 0, product);
            }
        });
    }
}
