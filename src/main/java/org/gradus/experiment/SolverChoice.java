package org.gradus.experiment;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.gradus.backend.Backend;
import org.gradus.dynamics.DenseDescent;
import org.gradus.dynamics.MemoryDemand;
import org.gradus.dynamics.ModalBasis;
import org.gradus.dynamics.Solver;
import org.gradus.dynamics.SpectralModes;
import org.gradus.dynamics.SubspaceDescent;
import org.gradus.experiment.Config.PrecisionKind;
import org.gradus.experiment.Config.ProblemKind;
import org.gradus.experiment.Config.SolverKind;
import org.gradus.init.Balanced;
import org.gradus.init.Dimensions;
import org.gradus.init.Identical;
import org.gradus.init.Initialization;
import org.gradus.init.Orthogonal;
import org.gradus.init.Perturbed;
import org.gradus.linalg.Lapack;
import org.gradus.linalg.LowRank;
import org.gradus.problem.Estimation;
import org.gradus.problem.Footprint;

/**
 * The solver of a run: for {@code auto} the cheapest that is exact; one that was asked for and is not exact is refused.
 *
 * @param kind never AUTO
 * @param reason one clause, for the log and the manifest
 * @param rank the target's numerical rank
 * @param modesRefusal why the spectrum does not run value by value from this start; empty if it does
 * @param warning about a path that rounding leaves
 */
public record SolverChoice(
        SolverKind kind,
        String reason,
        int rank,
        Dimensions dimensions,
        Optional<String> modesRefusal,
        Optional<String> warning) {
    /** Entries of a target may differ from their mirror images by rounding, relative to the largest. */
    private static final double ROUNDING = 1e-14;

    /** Whether nothing but the dense descent can come out, which can be told before the target is loaded. */
    static boolean mustBeDense(Config config) {
        return config.descent().solver() == SolverKind.DENSE
                || config.problem().kind() != ProblemKind.ESTIMATION
                || switch (config.factors().start().kind()) {
                    case GAUSSIAN, UNIFORM, GIVEN -> true;
                    case IDENTICAL, PERTURBED, BALANCED, ORTHOGONAL -> false;
                };
    }

    /** @throws ConfigException if the solver that was asked for is not exact here */
    static SolverChoice of(Config config, Data data, Dimensions dimensions, Initialization start, double[] values) {
        int rank = LowRank.rank(values, data.problem().rows(), data.problem().cols());
        if (data.estimation().isEmpty()) {
            return observed(config, rank, dimensions);
        }
        Estimation problem = data.estimation().get();
        boolean symmetric = problem.target().isSymmetric(ROUNDING);
        Optional<String> noScalars = noScalars(config, start, symmetric);
        Optional<String> noModes =
                config.compute().precision() == PrecisionKind.FLOAT64 ? noScalars : Optional.of("modes run in float64");
        Optional<String> noSubspace = noSubspace(start, dimensions, rank);
        Optional<String> warning = saddle(problem, start, symmetric, values[0]);
        return switch (config.descent().solver()) {
            case DENSE -> new SolverChoice(SolverKind.DENSE, "asked for", rank, dimensions, noScalars, warning);
            case MODES -> asked(config, SolverKind.MODES, noModes, rank, dimensions, noScalars, warning);
            case SUBSPACE -> asked(config, SolverKind.SUBSPACE, noSubspace, rank, dimensions, noScalars, warning);
            case AUTO -> {
                if (noModes.isEmpty()) {
                    String reason = "every value of the spectrum runs on its own, exactly, from this start";
                    yield new SolverChoice(SolverKind.MODES, reason, rank, dimensions, noScalars, warning);
                }
                if (noSubspace.isEmpty()) {
                    String reason = "the target has rank " + rank + ", so this start leaves a problem of size "
                            + Math.min(2 * rank, dimensions.rows()) + " at most, exactly";
                    yield new SolverChoice(SolverKind.SUBSPACE, reason, rank, dimensions, noScalars, warning);
                }
                String reason = "no exact reduction: " + noModes.get() + "; " + noSubspace.get();
                yield new SolverChoice(SolverKind.DENSE, reason, rank, dimensions, noScalars, warning);
            }
        };
    }

    /** Sensing and completion mix what the exact reductions keep apart. */
    private static SolverChoice observed(Config config, int rank, Dimensions dimensions) {
        String kind = nameOf(config.problem().kind());
        String reason = "no exact reduction: " + kind + " couples the values of the spectrum";
        Optional<String> noTheory = Optional.of("there is no theorem for " + kind + ", only for kind estimation");
        SolverKind wanted = config.descent().solver();
        if (wanted == SolverKind.MODES || wanted == SolverKind.SUBSPACE) {
            return asked(config, wanted, noTheory, rank, dimensions, noTheory, Optional.empty());
        }
        String why = wanted == SolverKind.DENSE ? "asked for" : reason;
        return new SolverChoice(SolverKind.DENSE, why, rank, dimensions, noTheory, Optional.empty());
    }

    private static SolverChoice asked(
            Config config,
            SolverKind kind,
            Optional<String> refusal,
            int rank,
            Dimensions dimensions,
            Optional<String> noScalars,
            Optional<String> warning) {
        refusal.ifPresent(reason -> {
            throw config.source()
                    .error("descent.solver", nameOf(kind) + " is not exact here: " + reason + "; use auto or dense");
        });
        return new SolverChoice(kind, "asked for", rank, dimensions, noScalars, warning);
    }

    private static Optional<String> noScalars(Config config, Initialization start, boolean symmetric) {
        boolean diagonal = start instanceof Identical || start instanceof Perturbed;
        if (diagonal && !symmetric) {
            return Optional.of("modes want a symmetric target for "
                    + nameOf(config.factors().start().kind()) + " starts");
        }
        return diagonal || start instanceof Balanced
                ? Optional.empty()
                : Optional.of("modes want an identical, perturbed or balanced start");
    }

    private static Optional<String> noSubspace(Initialization start, Dimensions dimensions, int rank) {
        if (!(start instanceof Identical || start instanceof Orthogonal)) {
            return Optional.of("the subspace wants an identical or orthogonal start");
        }
        if (!dimensions.allEqual()) {
            return Optional.of("the subspace wants square factors");
        }
        return 2 * rank < dimensions.rows()
                ? Optional.empty()
                : Optional.of("the subspace wants a target of rank below " + (dimensions.rows() + 1) / 2
                        + ", this one has " + rank);
    }

    private static Optional<String> saddle(
            Estimation problem, Initialization start, boolean symmetric, double largest) {
        if (!(start instanceof Identical) || !symmetric) {
            return Optional.empty();
        }
        double[] eigenvalues = Lapack.symmetricEigenvalues(problem.target().copy());
        double least = eigenvalues[eigenvalues.length - 1];
        return least < -ROUNDING * problem.rows() * largest
                ? Optional.of(
                        "the target has negative eigenvalues (down to " + String.format(Locale.ROOT, "%.4g", least)
                                + "), which identical starts do not recover exactly; that path is a saddle: rounding drives a"
                                + " dense run off it after some hundred to thousand steps, while modes stays on it;"
                                + " kind: perturbed recovers them")
                : Optional.empty();
    }

    /** The name that configurations use. */
    public String name() {
        return nameOf(kind);
    }

    private static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** What the solver keeps on the device: for modes nothing. */
    Optional<MemoryDemand> demand(MemoryDemand dense) {
        return switch (kind) {
            case MODES -> Optional.empty();
            case SUBSPACE -> Optional.of(subspaceDemand(dense));
            case DENSE, AUTO -> Optional.of(dense);
        };
    }

    private MemoryDemand subspaceDemand(MemoryDemand dense) {
        Dimensions reduced = reducedDimensions();
        return new MemoryDemand(
                Footprint.matrices(1, reduced.rows(), reduced.cols()), reduced, dense.precision(), dense.measures());
    }

    private Dimensions reducedDimensions() {
        return new Dimensions(Collections.nCopies(dimensions.depth() + 1, 2 * rank));
    }

    /** @param plans of runs with the same choice that differ in start and step size only; of subspaces just one */
    Solver open(List<Plan> plans, Backend backend) {
        Plan plan = plans.get(0);
        return switch (kind) {
            case MODES -> modes(plans, plan.data().estimation().orElseThrow());
            case SUBSPACE ->
                new SubspaceDescent(
                        backend,
                        plan.precision(),
                        plan.data().estimation().orElseThrow(),
                        LowRank.of(plan.data().reference()),
                        dimensions,
                        plan.start(),
                        plan.stepSize().value(),
                        plan.measures());
            case DENSE, AUTO ->
                new DenseDescent(
                        backend,
                        plan.precision(),
                        plan.data().problem(),
                        dimensions,
                        plans.stream()
                                .map(each -> new DenseDescent.Run(
                                        each.start(), each.stepSize().value()))
                                .toList(),
                        plan.measures());
        };
    }

    private Solver modes(List<Plan> plans, Estimation problem) {
        Plan plan = plans.get(0);
        boolean balanced = plan.start() instanceof Balanced;
        ModalBasis basis = balanced
                ? ModalBasis.ofBalanced((Balanced) plan.start(), plan.targetValues(), dimensions.smallest())
                : ModalBasis.ofSymmetric(problem.target());
        int threads =
                plan.config().compute().threads().orElse(Runtime.getRuntime().availableProcessors());
        List<SpectralModes.Run> runs =
                plans.stream().map(each -> modesRun(each, dimensions)).toList();
        return new SpectralModes(problem, basis, dimensions, balanced, runs, threads);
    }

    private static SpectralModes.Run modesRun(Plan plan, Dimensions dimensions) {
        double scale = plan.start().largestSingularValue(dimensions);
        double first = plan.start() instanceof Perturbed perturbed ? scale - perturbed.perturbation() : scale;
        return new SpectralModes.Run(first, scale, plan.stepSize().value());
    }
}
