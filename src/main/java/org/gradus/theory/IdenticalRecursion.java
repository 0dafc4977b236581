package org.gradus.theory;

import java.util.Arrays;

/** d ← d − η·(q·(q·d − λ)), q = d^{N−1} multiplied up from the left, p = q·d. */
final class IdenticalRecursion implements Recursion {
    private final int depth;
    private final double stepSize;

    IdenticalRecursion(int depth, double stepSize) {
        this.depth = depth;
        this.stepSize = stepSize;
    }

    @Override
    public void advance(double[] d, double[] unused, double[] lambda, int size, int steps) {
        if (size < SMALL) {
            for (int i = 0; i < size; i++) {
                d[i] = advance(d[i], lambda[i], steps);
            }
        } else if (depth == 2) {
            advance2(d, lambda, size, steps);
        } else if (depth == 3) {
            advance3(d, lambda, size, steps);
        } else if (depth == 4) {
            advance4(d, lambda, size, steps);
        } else {
            advanceAny(d, lambda, size, steps);
        }
    }

    private double advance(double start, double lambda, int steps) {
        double d = start;
        for (int step = 0; step < steps; step++) {
            double q = power(d, depth - 1);
            d = d - stepSize * (q * (q * d - lambda));
        }
        return d;
    }

    private void advance2(double[] d, double[] lambda, int size, int steps) {
        for (int step = 0; step < steps; step++) {
            for (int i = 0; i < size; i++) {
                double x = d[i];
                d[i] = x - stepSize * (x * (x * x - lambda[i]));
            }
        }
    }

    private void advance3(double[] d, double[] lambda, int size, int steps) {
        for (int step = 0; step < steps; step++) {
            for (int i = 0; i < size; i++) {
                double x = d[i];
                double q = x * x;
                d[i] = x - stepSize * (q * (q * x - lambda[i]));
            }
        }
    }

    private void advance4(double[] d, double[] lambda, int size, int steps) {
        for (int step = 0; step < steps; step++) {
            for (int i = 0; i < size; i++) {
                double x = d[i];
                double q = x * x * x;
                d[i] = x - stepSize * (q * (q * x - lambda[i]));
            }
        }
    }

    /** Two multiplications in a pass over the block: plain loops that the compiler turns into vector code. */
    private void advanceAny(double[] d, double[] lambda, int size, int steps) {
        double[] q = new double[size];
        for (int step = 0; step < steps; step++) {
            int done = depth - 1 & 1;
            if (done == 0) {
                Arrays.fill(q, 1);
            } else {
                System.arraycopy(d, 0, q, 0, size);
            }
            for (; done < depth - 1; done += 2) {
                for (int i = 0; i < size; i++) {
                    q[i] = q[i] * d[i] * d[i];
                }
            }
            for (int i = 0; i < size; i++) {
                d[i] = d[i] - stepSize * (q[i] * (q[i] * d[i] - lambda[i]));
            }
        }
    }

    @Override
    public double product(double d, double unused) {
        return power(d, depth);
    }

    /** x^n by n − 1 multiplications, 1 for n = 0. */
    static double power(double x, int n) {
        double q = n == 0 ? 1 : x;
        for (int factor = 2; factor <= n; factor++) {
            q *= x;
        }
        return q;
    }
}
