package org.gradus.theory;

import java.util.List;
import java.util.stream.IntStream;

/** Answers a {@link Query}: exact steps by the scalar recursion, bounds and certificates without it. Uses all cores. */
public final class Predictor {
    private Predictor() {}

    public static Prediction predict(Query query) {
        Modes modes = query.modes();
        Start start = query.start();
        double[] ranks = modes.effectiveRanks(start);
        double[] levels =
                query.levels().stream().mapToDouble(Double::doubleValue).toArray();
        SpectrumPath path =
                new SpectrumPath(modes, start, query.stepSize(), levels, new PlateauTracker(ranks, query.tolerance()));
        path.run(query.horizon());
        List<Prediction.Plateau> plateaus = RankPlateaus.combine(
                ranks,
                path.plateaus(query.horizon()),
                RankPlateaus.certificates(modes, start, query.stepSize(), query.tolerance()),
                query.horizon());
        List<Prediction.Mode> described = IntStream.range(0, modes.size())
                .parallel()
                .mapToObj(i -> mode(query, i, levels, path.crossings()))
                .toList();
        return new Prediction(described, plateaus, stepSizes(query));
    }

    private static Prediction.Mode mode(Query query, int i, double[] levels, CrossingTable table) {
        double lambda = query.modes().lambda()[i];
        int count = query.modes().count()[i];
        boolean crosses = lambda > 0 || (lambda < 0 && query.start().isPerturbed());
        long[] steps = table.steps(i);
        List<Prediction.Crossing> crossings = IntStream.range(0, crosses ? levels.length : 0)
                .mapToObj(j -> crossing(query, lambda, levels[j], steps[j] < 0 ? null : (Long) steps[j]))
                .toList();
        return new Prediction.Mode(lambda, count, crossings);
    }

    private static Prediction.Crossing crossing(Query query, double lambda, double level, Long step) {
        Start start = query.start();
        if (start.isPerturbed()) {
            return new Prediction.Crossing(level, null, null, null, step);
        }
        CrossingBounds bounds = CrossingBounds.rise(start.depth(), lambda, start.scale(), level, query.stepSize());
        return new Prediction.Crossing(level, bounds.flowTime(), bounds.lower(), bounds.upper(), step);
    }

    private static Prediction.StepSizes stepSizes(Query query) {
        int depth = query.start().depth();
        double largest = query.modes().largest();
        return new Prediction.StepSizes(
                query.stepSize(),
                StepSize.monotoneLimit(depth, largest, query.start().scale()),
                StepSize.stableLimit(depth, largest));
    }
}
