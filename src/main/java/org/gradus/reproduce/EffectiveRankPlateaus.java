package org.gradus.reproduce;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.gradus.report.Chart;
import org.gradus.report.Plots;
import org.gradus.theory.Prediction;
import org.gradus.theory.Tolerance;

/** The effective rank rests where, and as long as, theory says. */
final class EffectiveRankPlateaus implements Experiment {
    private static final String DEPTHS = "depths";
    private static final double TOLERANCE = 0.05;

    /** A predicted plateau beside the measured ranks. */
    private record Seen(FinishedRun run, Prediction.Plateau plateau) {
        /** Distance from r(Ŵ_L), in units of it. */
        double distance(int row) {
            return Numbers.deviation(run.effectiveRank()[row], plateau.effectiveRank());
        }

        private boolean isCertified(int row) {
            double step = run.steps()[row];
            return step >= plateau.certifiedFirst()
                    && (plateau.certifiedLast() == null || step <= plateau.certifiedLast());
        }

        /** The largest over the certified interval. */
        double largestDistance() {
            double largest = Double.NaN;
            for (int row = 0; row < run.table().rows(); row++) {
                if (isCertified(row)) {
                    largest = Double.isNaN(largest) ? distance(row) : Math.max(largest, distance(row));
                }
            }
            return largest;
        }

        /** First and last recorded step, around the certified interval, at which the distance is within the tolerance. */
        double[] observed() {
            int from = 0;
            while (from < run.table().rows() && !isCertified(from)) {
                from++;
            }
            if (from == run.table().rows() || distance(from) > TOLERANCE) {
                return new double[] {Double.NaN, Double.NaN};
            }
            int to = from;
            while (from > 0 && distance(from - 1) <= TOLERANCE) {
                from--;
            }
            while (to < run.table().rows() - 1 && distance(to + 1) <= TOLERANCE) {
                to++;
            }
            return new double[] {run.steps()[from], run.steps()[to]};
        }

        /** How far an end is from the recursion's, in steps. */
        double endsApart() {
            double[] ends = observed();
            double last = plateau.last() == null ? run.last("step") : plateau.last();
            return Numbers.largest(Math.abs(ends[0] - plateau.first()), Math.abs(ends[1] - last));
        }

        /** The certified part of the observed plateau; NaN where it has no end. */
        double share() {
            double[] ends = observed();
            return plateau.certifiedLast() == null
                    ? Double.NaN
                    : (plateau.certifiedLast() - plateau.certifiedFirst() + 1) / (ends[1] - ends[0] + 1);
        }
    }

    @Override
    public Card card() {
        return Card.of(
                "effective-rank-plateaus",
                "At depths 2, 3 and 4 the effective rank of plain descent rests at that of each truncation of the target"
                        + " throughout the interval that is certified before anything runs.",
                Paper.NAME + "intervals of the effective rank of a low-rank projection",
                1,
                DEPTHS);
    }

    private static List<Seen> seen(Evidence evidence) {
        List<Seen> seen = new ArrayList<>();
        for (FinishedRun run : evidence.runs(DEPTHS)) {
            run.predict(List.of(), Tolerance.relative(TOLERANCE)).plateaus().stream()
                    .filter(plateau -> plateau.certifiedFirst() != null && plateau.certifiedFirst() <= run.last("step"))
                    .forEach(plateau -> seen.add(new Seen(run, plateau)));
        }
        return seen;
    }

    @Override
    public Verdict judge(Evidence evidence) {
        List<Seen> seen = seen(evidence);
        double distance =
                Numbers.largest(seen.stream().mapToDouble(Seen::largestDistance).toArray());
        double apart =
                Numbers.largest(seen.stream().mapToDouble(Seen::endsApart).toArray());
        double share = Numbers.median(seen.stream()
                .mapToDouble(Seen::share)
                .filter(v -> !Double.isNaN(v))
                .toArray());
        return Verdict.of(
                        Measure.atLeast("certified intervals", seen.size(), 1, "nothing is claimed of nothing"),
                        Measure.atMost(
                                "largest relative distance from the truncation's effective rank within them",
                                distance,
                                TOLERANCE,
                                "the tolerance that was certified"),
                        Measure.atMost(
                                "largest deviation of a plateau's end from the recursion, in steps,",
                                apart,
                                1,
                                "rounding may move an end to the next step"))
                .remarking(String.format(
                        Locale.ROOT, "In the median the certified interval is %.0f %% of the plateau.", 100 * share));
    }

    @Override
    public void draw(Evidence evidence, Path figure) {
        List<Chart.Panel> panels = evidence.runs(DEPTHS).stream()
                .map(run -> Curves.ranks("N = " + run.depth(), run, 2))
                .toList();
        double last = Numbers.largest(evidence.runs(DEPTHS).stream()
                .mapToDouble(run -> run.last("step"))
                .toArray());
        Plots.chart(figure, new Chart(card().name(), Chart.Axis.steps().between(10, last), panels));
    }
}
