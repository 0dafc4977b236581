package org.gradus.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A plateau as it is painted, in coordinates of the step axis.
 *
 * @param label "L = 3"
 * @param brief "3", where the other does not fit
 * @param from left end
 * @param to right end
 * @param certainFrom left end of the certified part; NaN where there is none
 * @param certainTo its right end
 */
record Shade(String label, String brief, boolean odd, double from, double to, double certainFrom, double certainTo) {

    /**
     * The plateaus that can be told apart: from rank 1 on those that are at least {@code least} wide and lie by half or more
     * outside the one taken before.
     */
    static List<Shade> of(List<Predicted.Band> bands, StepScale steps, double least) {
        List<Shade> taken = new ArrayList<>();
        for (Predicted.Band band : bands) {
            Shade shade = of(band, steps);
            double width = shade.to - shade.from;
            double common = taken.isEmpty() ? 0 : shade.common(taken.get(taken.size() - 1));
            if (width >= least && common <= 0.5 * width && taken.size() < Predicted.MOST) {
                taken.add(shade);
            }
        }
        return taken;
    }

    private static Shade of(Predicted.Band band, StepScale steps) {
        double from = steps.within((double) band.first());
        double to =
                band.last() == null ? steps.upper() : steps.within(band.last().doubleValue());
        boolean certain = band.certifiedFirst() != null;
        return new Shade(
                "L = " + band.rank(),
                String.valueOf(band.rank()),
                band.rank() % 2 == 1,
                from,
                to,
                certain ? steps.within(band.certifiedFirst().doubleValue()) : Double.NaN,
                band.certifiedLast() == null
                        ? to
                        : steps.within(band.certifiedLast().doubleValue()));
    }

    private double common(Shade other) {
        return Math.min(to, other.to) - Math.max(from, other.from);
    }

    boolean isCertain() {
        return !Double.isNaN(certainFrom);
    }
}
