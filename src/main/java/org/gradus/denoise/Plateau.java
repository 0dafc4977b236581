package org.gradus.denoise;

/**
 * The plateau of rank L: the steps at which σ_1, …, σ_L are at least half recovered and σ_{L+1} is not yet.
 *
 * @param first K_L, the first step with p_L ≥ σ_L/2
 * @param last K_{L+1} − 1; {@link #FOR_EVER} where nothing further is to come
 */
public record Plateau(int rank, long first, long last) {
    public static final long FOR_EVER = Long.MAX_VALUE;

    public boolean forEver() {
        return last == FOR_EVER;
    }

    /** ⌊√(first·last)⌋, its middle in log k, within it; 2·first where it lasts for ever. */
    public long middle() {
        return forEver() ? 2 * first : Math.max(first, (long) Math.floor(Math.sqrt((double) first * last)));
    }

    /** ln(last + 1) − ln(first). */
    public double logLength() {
        return forEver() ? Double.POSITIVE_INFINITY : Math.log((last + 1.0) / first);
    }
}
