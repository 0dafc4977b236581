package org.gradus.experiment;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.gradus.experiment.Config.StopSection;
import org.gradus.observe.StopRule;
import org.gradus.theory.Advice;
import org.gradus.theory.Prediction.Plateau;
import org.gradus.theory.Predictor;
import org.gradus.theory.Query;

/**
 * Where a run ends early. {@code rank: L} is the step ⌊√(first·last)⌋ of L's exact plateau where theory covers the start, 2·first
 * where the plateau lasts for ever; otherwise the row at which the L-th plateau is found on line.
 *
 * @param step that theory gives for the rank; it has a row whatever the schedule
 * @param rule that stops at the step, or at a row
 */
public record StopChoice(OptionalLong step, StopRule rule) {
    static final StopChoice NEVER = new StopChoice(OptionalLong.empty(), (state, run, previous) -> Optional.empty());

    /** @throws ConfigException if theory knows that the rank has no plateau */
    static StopChoice of(Plan plan) {
        StopSection stop = plan.config().descent().stop();
        StopRule rule = StopRule.anyOf(stop.loss(), stop.relativeChange());
        if (stop.plateau().isPresent()) {
            rule = rule.or(StopRule.plateau(stop.plateau().getAsInt()));
        }
        if (stop.rank().isEmpty()) {
            return new StopChoice(OptionalLong.empty(), rule);
        }
        int rank = stop.rank().getAsInt();
        if (Forecast.refusal(plan).isPresent()) {
            return new StopChoice(OptionalLong.empty(), rule.or(StopRule.plateau(rank)));
        }
        long step = middle(plan, rank);
        String why = "the middle of the plateau of rank " + rank;
        return new StopChoice(OptionalLong.of(step), rule.or(StopRule.at(step, why)));
    }

    private static long middle(Plan plan, int rank) {
        Query query = Forecast.query(plan, List.of(), Query.DEFAULT_TOLERANCE, Query.DEFAULT_HORIZON)
                .orElseThrow();
        List<Plateau> plateaus = Predictor.predict(query).plateaus();
        if (rank > plateaus.size()) {
            throw plan.config().source().error("descent.stop.rank", "the target has rank " + plateaus.size());
        }
        Plateau plateau = plateaus.get(rank - 1);
        if (!plateau.exists()) {
            throw plan.config()
                    .source()
                    .error(
                            "descent.stop.rank",
                            "rank " + rank + " has no plateau here; "
                                    + Advice.forRank(query, rank)
                                            .sentence(query.stepSize()
                                                    / plan.stepSize().value()));
        }
        if (plateau.last() == null) {
            return plateau.forEver() ? 2 * plateau.first() : middle(plateau.first(), query.horizon());
        }
        return middle(plateau.first(), plateau.last());
    }

    /** ⌊√(first·last)⌋. */
    private static long middle(long first, long last) {
        return (long) Math.floor(Math.sqrt((double) first * last));
    }
}
