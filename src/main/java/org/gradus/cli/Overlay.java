package org.gradus.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gradus.experiment.Forecast;
import org.gradus.experiment.Plan;
import org.gradus.report.Predicted;
import org.gradus.theory.Prediction;
import org.gradus.theory.Predictor;
import org.gradus.theory.Query;
import org.gradus.theory.ScalarDynamics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What theory says of a run, as pictures show it: the steps at which eigenvalues are half there, and the plateaus. */
final class Overlay {
    private static final Logger LOG = LoggerFactory.getLogger(Overlay.class);

    private static final double LEVEL = 0.5;

    /** Steps of the scalar recursion, over all modes: a second or two. */
    private static final double MOST_WORK = 2e9;

    /** The same where modes run one by one, to see in which order they stand. */
    private static final double MOST_WORK_ONE_BY_ONE = 2e7;

    private Overlay() {}

    /**
     * @param last recorded step
     * @return nothing where theory does not cover the start, or asking it would take long
     */
    static Predicted of(Plan plan, long last) {
        Optional<Query> query = Forecast.query(plan, List.of(LEVEL), Query.DEFAULT_TOLERANCE, last);
        if (query.isEmpty()) {
            LOG.debug("pictures without prediction: {}", Forecast.refusal(plan).orElseThrow());
            return Predicted.NONE;
        }
        double work = (double) query.get().modes().size() * last;
        if (work > (keepsOrder(query.get()) ? MOST_WORK : MOST_WORK_ONE_BY_ONE)) {
            LOG.debug(
                    "pictures without prediction: {} modes for {} steps would take long",
                    query.get().modes().size(),
                    last);
            return Predicted.NONE;
        }
        Prediction prediction = Predictor.predict(query.get());
        return new Predicted(crossings(query.get(), prediction), plateaus(prediction));
    }

    private static List<Predicted.Band> plateaus(Prediction prediction) {
        return prediction.plateaus().stream()
                .filter(Prediction.Plateau::exists)
                .map(p -> new Predicted.Band(p.rank(), p.first(), p.last(), p.certifiedFirst(), p.certifiedLast()))
                .toList();
    }

    /** Of the largest eigenvalues; what is half there from the start does not cross. */
    private static List<Predicted.Crossing> crossings(Query query, Prediction prediction) {
        List<Prediction.Mode> largest = prediction.modes().stream()
                .filter(mode -> mode.crossings().stream().anyMatch(c -> c.step() != null && c.step() > 0))
                .sorted(Comparator.comparingDouble(mode -> -Math.abs(mode.lambda())))
                .limit(Predicted.MOST)
                .toList();
        int[] index = indices(query, largest);
        List<Predicted.Crossing> crossings = new ArrayList<>();
        for (int i = 0; i < largest.size(); i++) {
            Prediction.Crossing crossing = largest.get(i).crossings().get(0);
            double lower = Objects.requireNonNullElse(crossing.lower(), Double.NaN);
            double upper = Objects.requireNonNullElse(crossing.upper(), Double.NaN);
            double level = LEVEL * Math.abs(largest.get(i).lambda());
            crossings.add(new Predicted.Crossing(index[i], level, lower, upper, crossing.step()));
        }
        return crossings;
    }

    /** The place of each mode's |p| among all of them at its crossing, from 1; of equal ones the first. */
    private static int[] indices(Query query, List<Prediction.Mode> crossing) {
        return crossing.stream()
                .mapToInt(mode -> 1 + (keepsOrder(query) ? before(query, mode) : above(query, mode)))
                .toArray();
    }

    /** Whether |p_i| stands in the order of λ_i all the time: positive modes do, and those that tend to 0. */
    private static boolean keepsOrder(Query query) {
        double[] lambda = query.modes().lambda();
        double least = lambda[lambda.length - 1];
        return least >= 0 || query.start().limit(least) == 0;
    }

    private static int before(Query query, Prediction.Mode mode) {
        return IntStream.range(0, query.modes().size())
                .filter(i -> query.modes().lambda()[i] > mode.lambda())
                .map(i -> query.modes().count()[i])
                .sum();
    }

    private static int above(Query query, Prediction.Mode mode) {
        long step = mode.crossings().get(0).step();
        double own = size(query, mode.lambda(), step);
        return IntStream.range(0, query.modes().size())
                .parallel()
                .filter(i -> size(query, query.modes().lambda()[i], step) > own)
                .map(i -> query.modes().count()[i])
                .sum();
    }

    /** |p| at a step. */
    private static double size(Query query, double lambda, long step) {
        return Math.abs(ScalarDynamics.path(query.start(), lambda, query.stepSize(), step)
                .product()[0]);
    }
}
