package org.gradus.cli;

import static org.gradus.baseline.Baselines.NUCLEAR_NORM;
import static org.gradus.baseline.Baselines.SOFT_IMPUTE;
import static org.gradus.baseline.Baselines.TRUNCATED_SVD;

import java.util.ArrayList;
import java.util.List;
import org.gradus.baseline.Baselines;
import org.gradus.baseline.Estimate;
import org.gradus.baseline.Watch;
import org.gradus.experiment.ConfigException;
import org.gradus.linalg.LinearMap;
import org.gradus.linalg.Matrix;
import org.gradus.problem.LinearObservations;

/**
 * What a method made of a problem.
 *
 * @param entries one; of a path one for each penalty, descending
 * @param chosen which of them the matrix is
 * @param matrix W
 */
record BaselineResult(BaselineOptions.Terms terms, List<BaselineEntry> entries, int chosen, Matrix matrix) {
    /** From the largest penalty of a path to its smallest. */
    private static final double DECADES = 3;

    BaselineEntry entry() {
        return entries.get(chosen);
    }

    boolean isPath() {
        return terms.path() > 0;
    }

    boolean choosesByTestError() {
        return entry().testError().isPresent();
    }

    /** How many did not come within the tolerance. */
    long unreached() {
        return entries.stream().filter(entry -> !entry.reached()).count();
    }

    /** @throws ConfigException where the observations have no path of penalties */
    static double[] penalties(BaselineOptions.Terms terms, LinearObservations observations) {
        if (terms.penalty().isPresent()) {
            return new double[] {terms.penalty().get()};
        }
        double largest = Baselines.largestPenalty(observations.map(), observations.y());
        if (!(largest > 0)) {
            throw new ConfigException(
                    "nothing but zeros is observed, so the estimate is zero for every penalty; give" + " --penalty");
        }
        double[] penalties = new double[terms.path()];
        for (int i = 0; i < penalties.length; i++) {
            penalties[i] = largest * Math.pow(10, -DECADES * i / (penalties.length - 1));
        }
        return penalties;
    }

    /**
     * @param penalties of soft-impute
     * @throws java.util.concurrent.CancellationException if the watch is interrupted
     */
    static BaselineResult of(
            BaselineOptions.Terms terms, LinearObservations observations, double[] penalties, Watch watch) {
        LinearMap map = observations.map();
        double[] y = observations.y();
        Best best = new Best(observations);
        switch (terms.method()) {
            case NUCLEAR_NORM -> best.add(Baselines.nuclearNorm(map, y, terms.accuracy(), watch));
            case SOFT_IMPUTE -> Baselines.softImpute(map, y, penalties, terms.accuracy(), watch, best::add);
            case TRUNCATED_SVD -> best.add(Baselines.truncatedSvd(map, y, terms.rank()));
            default -> best.add(Baselines.depthOne(map, y));
        }
        return new BaselineResult(terms, best.entries, best.chosen, best.matrix);
    }

    /** All in numbers, and the one of least test error, or where there is none the last, in full. */
    private static final class Best {
        private final LinearObservations observations;
        private final List<BaselineEntry> entries = new ArrayList<>();
        private int chosen;
        private Matrix matrix;

        Best(LinearObservations observations) {
            this.observations = observations;
        }

        void add(Estimate estimate) {
            BaselineEntry entry = BaselineEntry.of(estimate, observations);
            boolean first = entries.isEmpty();
            entries.add(entry);
            if (first
                    || entry.testError().isEmpty()
                    || entry.testError().getAsDouble()
                            < entries.get(chosen).testError().getAsDouble()) {
                chosen = entries.size() - 1;
                matrix = estimate.matrix();
            }
        }
    }
}
