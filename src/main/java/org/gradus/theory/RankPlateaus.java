package org.gradus.theory;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The steps at which the effective rank is that of the rank-L truncation, within a tolerance, for L = 1, …, rank of what the
 * start recovers. Exact: by the scalar recursion. Certified: by {@link CrossingBounds}, without it.
 */
public final class RankPlateaus {
    private RankPlateaus() {}

    /** Certified plateaus; certifiedLast is null where it lasts for ever, both where none is certain; first and last are null. */
    public static List<Prediction.Plateau> certified(Modes modes, Start start, double stepSize, Tolerance tolerance) {
        double[] ranks = modes.effectiveRanks(start);
        List<CertifiedPlateaus.Certificate> certificates = certificates(modes, start, stepSize, tolerance);
        return IntStream.range(0, ranks.length)
                .mapToObj(i -> {
                    CertifiedPlateaus.Certificate found = certificates.get(i);
                    Long first = found == null ? null : (Long) found.first();
                    Long last = found == null ? null : found.last();
                    boolean forEver = found != null && last == null;
                    return new Prediction.Plateau(i + 1, null, null, first, last, ranks[i], forEver);
                })
                .toList();
    }

    /**
     * Exact and certified plateaus up to a horizon.
     *
     * @see Prediction.Plateau
     */
    public static List<Prediction.Plateau> exact(
            Modes modes, Start start, double stepSize, Tolerance tolerance, long horizon) {
        Query query = new Query(modes, start, stepSize, List.of(), tolerance, horizon);
        return Predictor.predict(query).plateaus();
    }

    static List<CertifiedPlateaus.Certificate> certificates(
            Modes modes, Start start, double stepSize, Tolerance tolerance) {
        CertifiedPlateaus certified = new CertifiedPlateaus(modes, start, stepSize, tolerance);
        List<CertifiedPlateaus.Certificate> certificates = new ArrayList<>();
        for (int rank = 1; rank <= modes.effectiveRanks(start).length; rank++) {
            certificates.add(certified.ofRank(rank));
        }
        return certificates;
    }

    static List<Prediction.Plateau> combine(
            double[] ranks,
            List<PlateauTracker.ExactPlateau> exact,
            List<CertifiedPlateaus.Certificate> certificates,
            long horizon) {
        return IntStream.range(0, ranks.length)
                .mapToObj(i -> plateau(i + 1, ranks[i], exact.get(i), certificates.get(i), horizon))
                .toList();
    }

    /** A certificate counts only where it begins within the horizon and belongs to the longest interval. */
    private static Prediction.Plateau plateau(
            int rank,
            double effectiveRank,
            PlateauTracker.ExactPlateau exact,
            CertifiedPlateaus.Certificate certificate,
            long horizon) {
        boolean counts = certificate != null
                && certificate.first() <= horizon
                && exact.first() != null
                && exact.first() <= certificate.first()
                && (exact.last() == null || (certificate.last() != null && certificate.last() <= exact.last()));
        Long last = counts && certificate.last() != null && certificate.last() <= horizon ? certificate.last() : null;
        return new Prediction.Plateau(
                rank,
                exact.first(),
                exact.last(),
                counts ? (Long) certificate.first() : null,
                last,
                effectiveRank,
                exact.forEver());
    }
}
