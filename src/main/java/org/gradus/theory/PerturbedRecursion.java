package org.gradus.theory;

import static org.gradus.theory.IdenticalRecursion.power;

import java.util.Arrays;

/** a ← a − η·(s·e), b ← b − η·(a·q·e) from the old a, with q = b^{N−2}, s = q·b, e = a·s − λ; p = a·s. For N = 1 p = a. */
final class PerturbedRecursion implements Recursion {
    private final int depth;
    private final double stepSize;

    PerturbedRecursion(int depth, double stepSize) {
        this.depth = depth;
        this.stepSize = stepSize;
    }

    @Override
    public void advance(double[] a, double[] b, double[] lambda, int size, int steps) {
        if (depth == 1) {
            new IdenticalRecursion(1, stepSize).advance(a, b, lambda, size, steps);
        } else if (size < SMALL) {
            for (int i = 0; i < size; i++) {
                advanceOne(a, b, lambda[i], i, steps);
            }
        } else {
            advanceBlock(a, b, lambda, size, steps);
        }
    }

    private void advanceOne(double[] first, double[] second, double lambda, int i, int steps) {
        double a = first[i];
        double b = second[i];
        for (int step = 0; step < steps; step++) {
            double q = power(b, depth - 2);
            double s = q * b;
            double e = a * s - lambda;
            double next = a - stepSize * (s * e);
            b = b - stepSize * (a * q * e);
            a = next;
        }
        first[i] = a;
        second[i] = b;
    }

    private void advanceBlock(double[] a, double[] b, double[] lambda, int size, int steps) {
        double[] q = new double[size];
        for (int step = 0; step < steps; step++) {
            if (depth == 2) {
                Arrays.fill(q, 1);
            } else {
                System.arraycopy(b, 0, q, 0, size);
            }
            for (int factor = 2; factor <= depth - 2; factor++) {
                for (int i = 0; i < size; i++) {
                    q[i] *= b[i];
                }
            }
            for (int i = 0; i < size; i++) {
                double x = a[i];
                double s = q[i] * b[i];
                double e = x * s - lambda[i];
                a[i] = x - stepSize * (s * e);
                b[i] = b[i] - stepSize * (x * q[i] * e);
            }
        }
    }

    @Override
    public double product(double a, double b) {
        return depth == 1 ? a : a * (power(b, depth - 2) * b);
    }
}
