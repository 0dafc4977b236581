package org.gradus.cli;

import java.util.Optional;
import java.util.OptionalDouble;
import org.gradus.denoise.Discrepancy;
import org.gradus.denoise.LongestPlateau;
import org.gradus.denoise.OfRank;
import org.gradus.denoise.StoppingRule;
import org.gradus.denoise.Threshold;
import org.gradus.experiment.ConfigException;
import org.gradus.experiment.OptionNumber;
import picocli.CommandLine.Option;

/** When a descent that denoises is stopped. */
final class StopOptions {
    @Option(
            names = "--rank",
            paramLabel = "L",
            description = "Stop in the middle, floor(sqrt(first*last)), of the plateau of rank L: the steps at which L"
                    + " singular values are at least half recovered and the next is not yet.")
    private Optional<String> rank;

    @Option(
            names = "--noise-level",
            paramLabel = "SIGMA",
            description =
                    "Stop at the first step with |W - estimate|_F <= SIGMA*sqrt(rows*columns), W the input and SIGMA"
                            + " the standard deviation of its noise (discrepancy principle, Morozov 1966).")
    private Optional<String> noiseLevel;

    @Option(
            names = "--rule",
            paramLabel = "RULE",
            description = {
                "Without either. discrepancy (default): as --noise-level, with SIGMA = median(s)/sqrt(n*mu), s the singular"
                        + " values, n the larger side, mu the median of the Marchenko-Pastur law (Gavish and Donoho 2014).",
                "threshold: as --rank, with the number of singular values above Gavish and Donoho's optimal hard threshold"
                        + " at that SIGMA, 4/sqrt(3)*sqrt(n)*SIGMA where square.",
                "plateau: as --rank, with the plateau longest in the logarithm of steps, of ranks up to half of full."
            })
    private Optional<String> rule;

    /** @throws ConfigException for values that are none, and for rules that exclude each other */
    StoppingRule rule() {
        if (rank.isPresent() && (noiseLevel.isPresent() || rule.isPresent())) {
            throw new ConfigException(
                    "--rank excludes " + (rule.isPresent() ? "--rule" : "--noise-level") + "; give one of them");
        }
        if (rank.isPresent()) {
            return new OfRank(OptionNumber.count("--rank", rank.get(), 1, Integer.MAX_VALUE));
        }
        OptionalDouble sigma = noiseLevel.stream()
                .mapToDouble(text -> OptionNumber.positive("--noise-level", text))
                .findFirst();
        String name = rule.orElse("discrepancy");
        if (sigma.isPresent() && !name.equals("discrepancy")) {
            throw new ConfigException("--noise-level belongs to the discrepancy rule; --rule " + name + " takes none");
        }
        return switch (name) {
            case "discrepancy" -> new Discrepancy(sigma);
            case "threshold" -> new Threshold();
            case "plateau" -> new LongestPlateau();
            default ->
                throw new ConfigException("--rule must be discrepancy, threshold or plateau, not '" + name + "'");
        };
    }
}
