package org.gradus.cli;

import static org.gradus.baseline.Baselines.DEPTH_ONE;
import static org.gradus.baseline.Baselines.NUCLEAR_NORM;
import static org.gradus.baseline.Baselines.SOFT_IMPUTE;
import static org.gradus.baseline.Baselines.TRUNCATED_SVD;

import java.util.List;
import java.util.Optional;
import org.gradus.baseline.Accuracy;
import org.gradus.experiment.ConfigException;
import org.gradus.experiment.OptionNumber;
import picocli.CommandLine.Option;

/** Which estimate to compare descent with, and what it needs to be told. */
final class BaselineOptions {
    private static final List<String> METHODS = List.of(NUCLEAR_NORM, SOFT_IMPUTE, TRUNCATED_SVD, DEPTH_ONE);
    private static final int USUAL_PATH = 20;
    private static final int LONGEST_PATH = 1000;

    @Option(
            names = "--method",
            required = true,
            paramLabel = "METHOD",
            description = {
                "nuclear-norm: of all matrices that agree with the observations that of least nuclear norm.",
                "soft-impute: 1/2 of the sum of squared residuals plus a penalty times the nuclear norm, at its least.",
                "truncated-svd: of rank L, of the target or of the observations' rescaled back-projection.",
                "depth-1: where descent on a single factor from zero ends, the solution of least Frobenius norm."
            })
    private String method;

    @Option(
            names = "--penalty",
            paramLabel = "LAMBDA",
            description = "Of soft-impute; for 1/2 of the sum of squares, whatever problem.loss says.")
    private Optional<String> penalty;

    @Option(
            names = "--path",
            paramLabel = "N",
            description = "Of soft-impute: N penalties from the least with estimate 0 down to 1e-3 of it; default 20.")
    private Optional<String> path;

    @Option(names = "--rank", paramLabel = "L", description = "Of truncated-svd.")
    private Optional<String> rank;

    @Option(
            names = "--tolerance",
            paramLabel = "FRACTION",
            description =
                    "Of nuclear-norm and soft-impute: of relative duality gap, tangent deviation and feasibility; default"
                            + " 1e-4.")
    private Optional<String> tolerance;

    @Option(
            names = "--max-iterations",
            paramLabel = "COUNT",
            description = "Of the same, for each penalty; default 10000.")
    private Optional<String> iterations;

    /**
     * What was asked for.
     *
     * @param path how many penalties soft-impute takes where none is given; else 0
     * @param rank of truncated-svd; else 0
     */
    record Terms(String method, Optional<Double> penalty, int path, int rank, Accuracy accuracy) {

        boolean iterates() {
            return method.equals(NUCLEAR_NORM) || method.equals(SOFT_IMPUTE);
        }
    }

    /** @throws ConfigException for values that are none, and for options of other methods */
    Terms terms() {
        if (!METHODS.contains(method)) {
            throw new ConfigException(
                    "--method must be one of " + String.join(", ", METHODS) + ", not '" + method + "'");
        }
        boolean penalized = method.equals(SOFT_IMPUTE);
        boolean truncated = method.equals(TRUNCATED_SVD);
        boolean iterated = penalized || method.equals(NUCLEAR_NORM);
        requireBelongs("--penalty", penalty, penalized, SOFT_IMPUTE);
        requireBelongs("--path", path, penalized, SOFT_IMPUTE);
        requireBelongs("--rank", rank, truncated, TRUNCATED_SVD);
        requireBelongs("--tolerance", tolerance, iterated, NUCLEAR_NORM + " and " + SOFT_IMPUTE);
        requireBelongs("--max-iterations", iterations, iterated, NUCLEAR_NORM + " and " + SOFT_IMPUTE);
        if (penalty.isPresent() && path.isPresent()) {
            throw new ConfigException("--penalty and --path exclude each other; give one of them");
        }
        if (truncated && rank.isEmpty()) {
            throw new ConfigException("--method " + TRUNCATED_SVD + " needs --rank L");
        }
        return new Terms(
                method,
                penalty.map(text -> OptionNumber.positive("--penalty", text)),
                penalized && penalty.isEmpty() ? pathLength() : 0,
                rank.map(text -> OptionNumber.count("--rank", text, 1, Integer.MAX_VALUE))
                        .orElse(0),
                accuracy());
    }

    private int pathLength() {
        return path.map(text -> OptionNumber.count("--path", text, 2, LONGEST_PATH))
                .orElse(USUAL_PATH);
    }

    private Accuracy accuracy() {
        return new Accuracy(
                tolerance.map(text -> OptionNumber.inside("--tolerance", text)).orElse(Accuracy.USUAL.tolerance()),
                iterations
                        .map(text -> OptionNumber.count("--max-iterations", text, 1, Integer.MAX_VALUE))
                        .orElse(Accuracy.USUAL.iterations()));
    }

    private void requireBelongs(String option, Optional<String> given, boolean belongs, String methods) {
        if (given.isPresent() && !belongs) {
            throw new ConfigException(option + " belongs to " + methods + ", not to " + method);
        }
    }
}
