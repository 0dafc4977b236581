package org.gradus.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.gradus.baseline.Certificate;
import org.gradus.experiment.Data;
import org.gradus.problem.Completion;

/** A baseline for people. */
final class BaselineTable {
    private BaselineTable() {}

    static List<String> lines(Data data, BaselineResult result) {
        BaselineEntry entry = result.entry();
        List<String> lines = new ArrayList<>();
        if (result.isPath()) {
            path(result, lines);
            lines.add("");
        }
        lines.add("method          " + result.terms().method() + ", " + data.describe());
        if (result.isPath()) {
            lines.add(
                    "penalty         " + NumberText.near(entry.certificate().penalty()) + ": " + reason(data, result));
        }
        lines.add("rank            " + entry.rank() + ", effective rank " + NumberText.near(entry.effectiveRank()));
        lines.add("nuclear norm    " + NumberText.near(entry.nuclearNorm()));
        lines.add("loss            " + NumberText.near(entry.loss()));
        entry.testError().ifPresent(error -> lines.add("test error      " + NumberText.near(error)));
        if (entry.certificate() != null) {
            lines.add("certificate     " + certificate(entry.certificate()));
        }
        return lines;
    }

    private static String reason(Data data, BaselineResult result) {
        if (!result.choosesByTestError()) {
            return "the smallest, since no test error is defined";
        }
        boolean heldOut = data.problem() instanceof Completion completion
                && completion.truth().isEmpty();
        return heldOut ? "the least error on what is held out" : "the least test error, which takes the truth to know";
    }

    private static void path(BaselineResult result, List<String> lines) {
        boolean tested = result.choosesByTestError();
        lines.add("     penalty   rank  nuclear norm          loss" + (tested ? "  test error" : "") + "  iterations");
        for (int i = 0; i < result.entries().size(); i++) {
            BaselineEntry entry = result.entries().get(i);
            String error = entry.testError().isPresent()
                    ? String.format(Locale.ROOT, "  %10.4g", entry.testError().getAsDouble())
                    : "";
            lines.add(String.format(
                    Locale.ROOT,
                    "%12.5g  %5d  %12.6g  %12.5g%s  %10d%s",
                    entry.certificate().penalty(),
                    entry.rank(),
                    entry.nuclearNorm(),
                    entry.loss(),
                    error,
                    entry.certificate().iterations(),
                    i == result.chosen() ? "  <" : ""));
        }
    }

    static String certificate(Certificate certificate) {
        return String.format(
                Locale.ROOT,
                "gap %.1e, tangent deviation %.1e, feasibility %.1e after %d iterations",
                certificate.gap(),
                certificate.tangent(),
                certificate.feasibility(),
                certificate.iterations());
    }
}
