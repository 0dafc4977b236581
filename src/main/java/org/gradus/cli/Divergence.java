package org.gradus.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.gradus.theory.Modes;
import org.gradus.theory.Query;
import org.gradus.theory.ScalarDynamics;
import org.gradus.theory.Start;
import org.gradus.theory.StepSize;

/** What the scalar recursion does with a step size that is too large, in one line. */
final class Divergence {
    /** Steps looked at: with an unstable rest point all is over long before. */
    private static final long LONGEST = 1 << 20;

    private Divergence() {}

    /** Of the largest or the smallest eigenvalue; empty where both come to rest. */
    static Optional<String> of(Query query) {
        Start start = query.start();
        Modes modes = query.modes();
        if (query.stepSize() <= StepSize.monotoneLimit(start.depth(), modes.largest(), start.scale())) {
            return Optional.empty();
        }
        return DoubleStream.of(modes.lambda()[0], modes.lambda()[modes.size() - 1])
                .mapToObj(lambda -> of(query, lambda))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> of(Query query, double lambda) {
        long horizon = Math.min(query.horizon(), LONGEST);
        long[] steps = LongStream.concat(LongStream.iterate(1, k -> k < horizon, k -> 2 * k), LongStream.of(horizon))
                .toArray();
        double[] product = product(query, lambda, steps);
        int at = firstNotFinite(product);
        if (at < 0) {
            double limit =
                    StepSize.stableLimit(query.start().depth(), query.start().limit(lambda));
            return query.stepSize() < limit
                    ? Optional.empty()
                    : Optional.of(String.format(
                            Locale.ROOT,
                            "eigenvalue %.6g does not come to rest: product %.6g at step %d",
                            lambda,
                            product[product.length - 1],
                            horizon));
        }
        long[] between =
                LongStream.rangeClosed(at == 0 ? 0 : steps[at - 1], steps[at]).toArray();
        long first = between[firstNotFinite(product(query, lambda, between))];
        return Optional.of(
                String.format(Locale.ROOT, "eigenvalue %.6g diverges: not finite from step %d on", lambda, first));
    }

    private static double[] product(Query query, double lambda, long[] steps) {
        return ScalarDynamics.path(query.start(), lambda, query.stepSize(), steps)
                .product();
    }

    private static int firstNotFinite(double[] values) {
        double[] finite = Arrays.stream(values).takeWhile(Double::isFinite).toArray();
        return finite.length == values.length ? -1 : finite.length;
    }
}
