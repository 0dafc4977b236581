package org.gradus.theory;

import java.util.Arrays;

/** Lower and upper bounds of Σ|p| and of max|p| over each of some strides; those of several blocks add up. */
final class StrideBounds {
    final double[] sumLow;
    final double[] sumHigh;
    final double[] maxLow;
    final double[] maxHigh;
    private double restSumLow;
    private double restSumHigh;
    private double restMaxLow;
    private double restMaxHigh;

    StrideBounds(int strides) {
        sumLow = new double[strides];
        sumHigh = new double[strides];
        maxLow = new double[strides];
        maxHigh = new double[strides];
    }

    void clear() {
        for (double[] values : new double[][] {sumLow, sumHigh, maxLow, maxHigh}) {
            Arrays.fill(values, 0);
        }
    }

    /** What modes from an index on, which repeat themselves, contribute to every later stride. */
    void setRest(double[] weight, double[] low, double[] high, int from) {
        restSumLow = 0;
        restSumHigh = 0;
        restMaxLow = 0;
        restMaxHigh = 0;
        for (int i = weight.length - 1; i >= from; i--) {
            restSumLow += weight[i] * low[i];
            restSumHigh += weight[i] * high[i];
            restMaxLow = Math.max(restMaxLow, low[i]);
            restMaxHigh = Math.max(restMaxHigh, high[i]);
        }
    }

    void startFromRest(int stride) {
        sumLow[stride] = restSumLow;
        sumHigh[stride] = restSumHigh;
        maxLow[stride] = restMaxLow;
        maxHigh[stride] = restMaxHigh;
    }

    void add(int stride, double weight, double low, double high) {
        sumLow[stride] += weight * low;
        sumHigh[stride] += weight * high;
        maxLow[stride] = Math.max(maxLow[stride], low);
        maxHigh[stride] = Math.max(maxHigh[stride], high);
    }

    void add(StrideBounds other, int strides) {
        for (int stride = 0; stride < strides; stride++) {
            sumLow[stride] += other.sumLow[stride];
            sumHigh[stride] += other.sumHigh[stride];
            maxLow[stride] = Math.max(maxLow[stride], other.maxLow[stride]);
            maxHigh[stride] = Math.max(maxHigh[stride], other.maxHigh[stride]);
        }
    }

    /** Lower bound of the effective rank Σ|p|/max|p|, with room for rounding. */
    double lowestRank(int stride) {
        return sumLow[stride] / maxHigh[stride] * (1 - 1e-12);
    }

    double highestRank(int stride) {
        return sumHigh[stride] / maxLow[stride] * (1 + 1e-12);
    }
}
