package org.gradus.random;

import java.util.stream.IntStream;

/**
 * An endless sequence of numbers addressed by position. Streams of one seed but different purpose or index are
 * independent. All arithmetic is IEEE or StrictMath, so the bits are the same on every machine.
 *
 * @param seed chosen by the user
 * @param purpose what the numbers are for
 * @param index which one of that purpose, for instance the number of the factor
 */
public record RandomStream(long seed, Purpose purpose, int index) {

    /** What a stream is drawn for; the numbers are part of what a seed means and are never changed. */
    public enum Purpose {
        LEFT_FRAME(0),
        RIGHT_FRAME(1),
        NOISE(2),
        FACTOR(3),
        OPERATOR(4),
        LEFT_VECTOR(5),
        RIGHT_VECTOR(6),
        MASK(7),
        HELD_OUT(8),
        OBSERVATION_NOISE(9);

        private final long number;

        Purpose(long number) {
            this.number = number;
        }
    }

    private static final double UNIT = 0x1p-53;
    private static final int PARALLEL_BLOCK = 1 << 14;

    /** Entry i of the uniform sequence on [0, 1), with 53 random bits. */
    public double uniform(long i) {
        Philox.Block block = block(i >> 1);
        return (((i & 1) == 0 ? block.low() : block.high()) >>> 11) * UNIT;
    }

    /**
     * Entry i of the standard normal sequence, by the transform of Box and Muller: entries 2k and 2k + 1 are
     * √(−2 ln u)·(cos, sin)(2πv) of the uniform pair k, u in (0, 1].
     */
    public double gaussian(long i) {
        Philox.Block block = block(i >> 1);
        double radius = StrictMath.sqrt(-2 * StrictMath.log(((block.low() >>> 11) + 1) * UNIT));
        double angle = 2 * Math.PI * ((block.high() >>> 11) * UNIT);
        return radius * ((i & 1) == 0 ? StrictMath.cos(angle) : StrictMath.sin(angle));
    }

    /** {@code length} normal numbers with mean 0 and the given standard deviation. */
    public double[] gaussians(int length, double standardDeviation) {
        double[] numbers = new double[length];
        fill(length, i -> numbers[i] = standardDeviation * gaussian(i));
        return numbers;
    }

    /** {@code length} uniform numbers on [−bound, bound). */
    public double[] uniforms(int length, double bound) {
        double[] numbers = new double[length];
        fill(length, i -> numbers[i] = bound * (2 * uniform(i) - 1));
        return numbers;
    }

    private interface At {
        void at(int i);
    }

    private static void fill(int length, At at) {
        int blocks = (int) ((length + PARALLEL_BLOCK - 1L) / PARALLEL_BLOCK);
        IntStream.range(0, blocks).parallel().forEach(block -> {
            int end = (int) Math.min(length, (block + 1L) * PARALLEL_BLOCK);
            for (int i = block * PARALLEL_BLOCK; i < end; i++) {
                at.at(i);
            }
        });
    }

    private Philox.Block block(long number) {
        return Philox.block(number, (purpose.number << 32) | (index & 0xFFFFFFFFL), seed);
    }
}
