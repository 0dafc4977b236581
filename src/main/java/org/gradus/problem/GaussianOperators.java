package org.gradus.problem;

import java.util.stream.IntStream;
import org.gradus.linalg.MatrixSource;
import org.gradus.random.RandomStream;
import org.gradus.random.RandomStream.Purpose;

/**
 * Operators with independent normal entries G of mean 0 and the given standard deviation; symmetric: (G + Gᵀ)/2, entries off
 * the diagonal then have 1/√2 of it. Made anew whenever they are read, from the seed.
 */
public record GaussianOperators(int count, int rows, int cols, double standardDeviation, boolean symmetric, long seed)
        implements MatrixSource {

    /** @throws IllegalArgumentException if they are to be symmetric and are not square */
    public GaussianOperators {
        if (symmetric && rows != cols) {
            throw new IllegalArgumentException("symmetric operators of " + rows + "×" + cols);
        }
    }

    @Override
    public void read(int from, int to, double[] out) {
        int entries = rows * cols;
        IntStream.range(from, to).parallel().forEach(i -> {
            double[] numbers = new RandomStream(seed, Purpose.OPERATOR, i).gaussians(entries, standardDeviation);
            if (symmetric) {
                average(numbers);
            }
            System.arraycopy(numbers, 0, out, (i - from) * entries, entries);
        });
    }

    private void average(double[] numbers) {
        for (int j = 0; j < cols; j++) {
            for (int i = 0; i < j; i++) {
                double mean = (numbers[i + j * rows] + numbers[j + i * rows]) / 2;
                numbers[i + j * rows] = mean;
                numbers[j + i * rows] = mean;
            }
        }
    }
}
