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
 * @param open whether it goes on beyond the axis
 * @param certainFrom left end of the certified part; NaN where there is none
 * @param certainTo its right end
 */
record Shade(
        String label,
        String brief,
        boolean odd,
        double from,
        double to,
        boolean open,
        double certainFrom,
        double certainTo) {

    /**
     * The plateaus that can be told apart: of ranks 1 to {@value Predicted#MOST}, as the dashed levels are, those at least a third of {@code room} wide that lie outside the
     * ones taken before by half or by {@code room}.
     *
     * @param room what a label needs, on the step axis
     */
    static List<Shade> of(List<Predicted.Band> bands, StepScale steps, double room) {
        List<Shade> taken = new ArrayList<>();
        for (Predicted.Band band : bands) {
            Shade shade = of(band, steps);
            double width = shade.to - shade.from;
            double own = width - taken.stream().mapToDouble(shade::common).sum();
            if (width >= room / 3 && own >= Math.min(0.5 * width, room) && band.rank() <= Predicted.MOST) {
                taken.add(shade);
            }
        }
        return taken;
    }

    /** Plateaus by their number, those at least a third of {@code room} wide. */
    static List<Shade> found(List<Found> plateaus, StepScale steps, double room) {
        List<Shade> shades = new ArrayList<>();
        for (int i = 0; i < plateaus.size(); i++) {
            double from = steps.within((double) plateaus.get(i).first());
            double to = steps.within((double) plateaus.get(i).last());
            if (to - from >= room / 3) {
                String number = String.valueOf(i + 1);
                shades.add(new Shade("no. " + number, number, i % 2 == 0, from, to, false, Double.NaN, Double.NaN));
            }
        }
        return shades;
    }

    static boolean haveBothTints(List<Shade> shades) {
        return shades.stream().anyMatch(Shade::odd) && !shades.stream().allMatch(Shade::odd);
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
                band.last() == null,
                certain ? steps.within(band.certifiedFirst().doubleValue()) : Double.NaN,
                band.certifiedLast() == null
                        ? to
                        : steps.within(band.certifiedLast().doubleValue()));
    }

    private double common(Shade other) {
        return Math.max(0, Math.min(to, other.to) - Math.max(from, other.from));
    }

    boolean isCertain() {
        return !Double.isNaN(certainFrom);
    }
}
