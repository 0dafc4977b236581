package org.gradus.cli;

import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.gradus.experiment.Forecast;
import org.gradus.experiment.Plan;
import org.gradus.experiment.StepSizeChoice;
import org.gradus.theory.Advice;
import org.gradus.theory.Prediction;
import org.gradus.theory.Predictor;
import org.gradus.theory.Query;
import org.gradus.theory.Start;
import org.gradus.theory.Tolerance;

/** A prediction for people: crossings, plateaus, step sizes and advice, in at most 100 columns. */
final class PredictionTable {
    /** Eigenvalues and ranks shown; JSON has all. */
    private static final int LONGEST = 20;

    private final Question question;
    private final Query query;
    private final Prediction prediction;

    PredictionTable(Question question, Prediction prediction) {
        this.question = question;
        this.query = question.query();
        this.prediction = prediction;
    }

    List<String> lines() {
        return Stream.of(head(), List.of(""), crossings(), List.of(""), plateaus(), advice())
                .flatMap(List::stream)
                .toList();
    }

    private List<String> head() {
        Start start = query.start();
        StepSizeChoice choice = question.stepSize();
        String perturbation = start.isPerturbed() ? ", perturbation " + NumberText.near(start.perturbation()) : "";
        List<String> lines = new ArrayList<>(List.of(
                "start      depth " + start.depth() + ", scale " + NumberText.near(start.scale()) + " per factor, "
                        + NumberText.near(Math.pow(start.scale(), start.depth())) + " for the product" + perturbation,
                "step size  " + NumberText.near(choice.value())
                        + (choice.automatic() ? " (auto: half the monotone limit)" : " (given)"),
                "limits     monotone up to " + NumberText.near(choice.monotoneLimit()) + ", stable below "
                        + NumberText.near(choice.stableLimit()),
                "horizon    " + query.horizon() + " steps"));
        question.divergence().ifPresent(line -> lines.add("beware     " + line));
        return lines;
    }

    private List<String> crossings() {
        List<String> lines = new ArrayList<>();
        lines.add(row("eigenvalue", "count", "level", "flow time", "lower bound", "upper bound", "step"));
        prediction.modes().stream().limit(LONGEST).forEach(mode -> lines.addAll(crossings(mode)));
        more("eigenvalues", prediction.modes().size(), lines);
        return lines;
    }

    private List<String> crossings(Prediction.Mode mode) {
        String lambda = NumberText.near(mode.lambda());
        String count = String.valueOf(mode.count());
        if (mode.crossings().isEmpty()) {
            String fate = query.start().limit(mode.lambda()) > 0
                    ? "tends to it"
                    : mode.lambda() < 0 ? "is not recovered from this start: tends to 0" : "tends to 0";
            return List.of(String.format(Locale.ROOT, "%12s %7s  %s", lambda, count, fate));
        }
        List<String> lines = new ArrayList<>();
        for (Prediction.Crossing crossing : mode.crossings()) {
            boolean first = lines.isEmpty();
            lines.add(row(
                    first ? lambda : "",
                    first ? count : "",
                    NumberText.near(crossing.level()),
                    crossing.flowTime() == null ? "-" : NumberText.near(crossing.flowTime()),
                    crossing.lower() == null ? "-" : NumberText.rounded(crossing.lower(), RoundingMode.FLOOR),
                    crossing.upper() == null ? "-" : NumberText.rounded(crossing.upper(), RoundingMode.CEILING),
                    crossing.step() == null ? "beyond" : String.valueOf(crossing.step())));
        }
        return lines;
    }

    private static String row(
            String lambda, String count, String level, String time, String lower, String upper, String step) {
        return String.format(
                Locale.ROOT, "%12s %7s %8s %14s %14s %14s %14s", lambda, count, level, time, lower, upper, step);
    }

    private List<String> plateaus() {
        if (prediction.plateaus().isEmpty()) {
            return List.of("plateaus   none, since nothing is recovered");
        }
        Tolerance tolerance = query.tolerance();
        String width = NumberText.near(tolerance.value());
        List<String> lines = new ArrayList<>();
        lines.add("plateaus   effective rank within " + width + (tolerance.relative() ? ", relative," : " ranks")
                + " of that of the target truncated to the rank");
        lines.add(plateau("rank", "effective rank", "first", "last", "certified"));
        prediction.plateaus().stream()
                .limit(LONGEST)
                .map(found -> plateau(
                        String.valueOf(found.rank()),
                        NumberText.near(found.effectiveRank()),
                        found.exists() ? String.valueOf(found.first()) : "none",
                        found.exists() ? last(found.last(), found.forEver()) : "",
                        certified(found)))
                .forEach(lines::add);
        more("ranks", prediction.plateaus().size(), lines);
        return lines;
    }

    private static String plateau(String rank, String effectiveRank, String first, String last, String certified) {
        return String.format(Locale.ROOT, "%12s %16s %14s %14s  %s", rank, effectiveRank, first, last, certified)
                .stripTrailing();
    }

    private static String last(Long last, boolean forEver) {
        return last != null ? String.valueOf(last) : forEver ? "for ever" : "beyond";
    }

    private static String range(long first, Long last, boolean forEver) {
        return last != null ? first + " to " + last : "from " + first + (forEver ? " for ever" : "");
    }

    private static String certified(Prediction.Plateau plateau) {
        return plateau.certifiedFirst() == null
                ? plateau.exists() ? "-" : ""
                : range(plateau.certifiedFirst(), plateau.certifiedLast(), plateau.forEver());
    }

    private static void more(String what, int size, List<String> lines) {
        if (size > LONGEST) {
            lines.add(String.format(
                    Locale.ROOT, "%12s and %d more %s; gradus predict --json has all", "…", size - LONGEST, what));
        }
    }

    private List<String> advice() {
        List<Integer> without = prediction.plateaus().stream()
                .filter(plateau -> !plateau.exists())
                .map(Prediction.Plateau::rank)
                .toList();
        if (without.isEmpty()) {
            return List.of();
        }
        if (prediction.modes().size() > LONGEST) { // each candidate α and N is tried by the recursion of all
            return List.of(
                    "",
                    without.size() + " ranks have no plateau; what would open one is told for up to " + LONGEST
                            + " distinct eigenvalues");
        }
        List<String> lines = new ArrayList<>(List.of(""));
        without.parallelStream()
                .limit(LONGEST)
                .map(rank -> Advice.forRank(query, rank).sentence(question.gradientFactor()))
                .forEachOrdered(lines::add);
        if (query.start().isPerturbed()) {
            lines.add("(of identical starts, for which it can be told)");
        }
        return lines;
    }

    /** Plateaus in short, one line each. */
    static List<String> brief(Prediction prediction) {
        List<String> lines = new ArrayList<>();
        for (Prediction.Plateau found : prediction
                .plateaus()
                .subList(0, Math.min(LONGEST, prediction.plateaus().size()))) {
            String certified = found.certifiedFirst() == null ? "" : " (certified " + certified(found) + ")";
            String where = found.exists()
                    ? "steps " + range(found.first(), found.last(), found.forEver()) + certified
                    : "no plateau";
            lines.add("rank " + found.rank() + ": " + where + ", effective rank "
                    + NumberText.near(found.effectiveRank()));
        }
        more("ranks", prediction.plateaus().size(), lines);
        return lines;
    }

    /** The plateaus within a run, up to the horizon that predictions have by default; or why there is nothing to tell. */
    static List<String> within(Plan plan) {
        long horizon = Math.min(plan.config().descent().steps(), Query.DEFAULT_HORIZON);
        return Forecast.query(plan, List.of(), Query.DEFAULT_TOLERANCE, horizon)
                .map(query -> brief(Predictor.predict(query)))
                .orElseGet(() -> List.of("nothing: " + Forecast.refusal(plan).orElseThrow()));
    }
}
