package org.gradus.random;

/**
 * Philox4x32-10, a counter-based generator: a keyed bijection of 128-bit counters (J. Salmon, M. Moraes, R. Dror, D. Shaw,
 * Parallel random numbers: as easy as 1, 2, 3, SC 2011).
 */
final class Philox {
    private static final int ROUNDS = 10;
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;

    private Philox() {}

    /** The two 64-bit halves (first word low) of the block that belongs to a counter and a key. */
    record Block(long low, long high) {}

    /**
     * The block of one counter.
     *
     * @param counterLow words 0 and 1 of the counter, low word first
     * @param counterHigh words 2 and 3
     * @param key words 0 and 1 of the key
     */
    static Block block(long counterLow, long counterHigh, long key) {
        int x0 = (int) counterLow;
        int x1 = (int) (counterLow >>> 32);
        int x2 = (int) counterHigh;
        int x3 = (int) (counterHigh >>> 32);
        int k0 = (int) key;
        int k1 = (int) (key >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = MULTIPLIER_0 * (x0 & 0xFFFFFFFFL);
            long product1 = MULTIPLIER_1 * (x2 & 0xFFFFFFFFL);
            x0 = (int) (product1 >>> 32) ^ x1 ^ k0;
            x1 = (int) product1;
            x2 = (int) (product0 >>> 32) ^ x3 ^ k1;
            x3 = (int) product0;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        return new Block(join(x0, x1), join(x2, x3));
    }

    private static long join(int low, int high) {
        return (low & 0xFFFFFFFFL) | (long) high << 32;
    }
}
