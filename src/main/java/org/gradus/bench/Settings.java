package org.gradus.bench;

/**
 * How long is measured.
 *
 * @param threads workers of the CPU
 * @param rounds that count, in which all pieces of a cell take turns
 * @param slot seconds of a piece in a round
 * @param limit seconds in all, after which no cell is begun
 */
public record Settings(int threads, int rounds, double slot, double limit) {
    /** Rounds that find out how often a piece fits its slot. */
    static final int WARM_UP_ROUNDS = 2;

    /** @throws IllegalArgumentException for what is not positive */
    public Settings {
        if (threads < 1 || rounds < 1 || !(slot > 0) || !(limit > 0)) {
            throw new IllegalArgumentException(
                    threads + " threads, " + rounds + " rounds of " + slot + " s in " + limit);
        }
    }
}
