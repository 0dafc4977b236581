package org.gradus.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One configuration as its author wrote it, checked key by key; nothing is loaded or computed yet.
 *
 * <p>Paths of inputs are resolved against the configuration's folder, {@code output} against the working directory.
 *
 * @param source where each value stands, for messages, and the resolved tree for the manifest
 */
public record Config(
        ConfigSource source,
        ProblemSection problem,
        FactorsSection factors,
        DescentSection descent,
        RecordSection record,
        ComputeSection compute,
        Path output) {

    /**
     * What is fitted.
     *
     * @param target the matrix, where one is named; always for estimation
     * @param noise on the target, seen by the loss
     * @param operators for sensing only
     * @param observations for sensing: y from a file, and noise on it
     * @param mask for completion only
     */
    public record ProblemSection(
            ProblemKind kind,
            Optional<TargetSection> target,
            Optional<NoiseSection> noise,
            LossKind loss,
            Optional<OperatorsSection> operators,
            ObservationsSection observations,
            Optional<MaskSection> mask) {}

    public enum ProblemKind {
        ESTIMATION,
        SENSING,
        COMPLETION
    }

    /**
     * The operators of sensing, by exactly one way.
     *
     * @param rows of each, where neither the target nor the file tells
     * @param columns likewise
     */
    public record OperatorsSection(OperatorsWay way, OptionalInt rows, OptionalInt columns) {}

    public sealed interface OperatorsWay permits OperatorsFile, RandomOperators, RankOneFiles {}

    /** m × (rows·columns), or m × rows × columns. */
    public record OperatorsFile(Path file) implements OperatorsWay {}

    public enum OperatorsKind {
        GAUSSIAN,
        SYMMETRIC_GAUSSIAN,
        RANK_ONE
    }

    /** @param standardDeviation of an operator's entries; empty for 1/√count */
    public record RandomOperators(OperatorsKind kind, int count, OptionalDouble standardDeviation, long seed)
            implements OperatorsWay {}

    /** The i-th operator is column i of {@code left} times column i of {@code right}, transposed. */
    public record RankOneFiles(Path left, Path right) implements OperatorsWay {}

    public record ObservationsSection(Optional<Path> file, Optional<NoiseSection> noise) {}

    /**
     * Which entries are observed, by exactly one of file, fraction and count.
     *
     * @param heldOut fraction of a file's entries that is kept for the test error
     */
    public record MaskSection(
            Optional<Path> file, OptionalDouble fraction, OptionalInt count, OptionalDouble heldOut, long seed) {}

    /** A matrix from a file, or one made from a spectrum. */
    public sealed interface TargetSection permits FileTarget, SyntheticTarget {}

    public record FileTarget(Path file) implements TargetSection {}

    /** U diag(spectrum) Vᵀ with seeded orthogonal frames; symmetric: V diag(spectrum) Vᵀ, eigenvalues of any sign. */
    public record SyntheticTarget(int rows, int columns, List<Double> spectrum, boolean symmetric, long seed)
            implements TargetSection {}

    public record NoiseSection(double standardDeviation, long seed) {}

    /** SUM: ½ of the sum of squares; MEAN: sum of squares over the number of observations. */
    public enum LossKind {
        SUM,
        MEAN
    }

    /** Depth N, hidden widths n_1 … n_{N−1} (empty: max(rows, columns)), and the start. */
    public record FactorsSection(int depth, Optional<List<Integer>> widths, StartSection start) {}

    /** The start as written: exactly one of the scales, except for GIVEN, which has none. */
    public record StartSection(
            StartKind kind,
            OptionalDouble scale,
            OptionalDouble productScale,
            OptionalDouble standardDeviation,
            OptionalDouble perturbation,
            long seed,
            List<Path> files) {}

    public enum StartKind {
        IDENTICAL,
        PERTURBED,
        BALANCED,
        ORTHOGONAL,
        GAUSSIAN,
        UNIFORM,
        GIVEN
    }

    /** @param stepSize empty for auto */
    public record DescentSection(OptionalDouble stepSize, long steps, SolverKind solver, StopSection stop) {}

    public enum SolverKind {
        AUTO,
        DENSE,
        MODES,
        SUBSPACE
    }

    /**
     * @param rank L: the middle of its plateau
     * @param plateau L: the L-th plateau found on line
     */
    public record StopSection(
            OptionalDouble loss, OptionalDouble relativeChange, OptionalInt rank, OptionalInt plateau) {}

    /**
     * @param singularValues how many of the product's singular values become columns: empty for all, 0 for none
     * @param alignment how many leading singular vectors of product and target are compared; 0 for none
     * @param products steps at which the product is written as .npy and .png
     * @param checkpoint when what {@code resume} needs is written; empty for never
     */
    public record RecordSection(
            StepsSection steps,
            OptionalInt singularValues,
            boolean factors,
            boolean balancedness,
            int alignment,
            List<Long> products,
            Optional<CheckpointSection> checkpoint) {}

    /** When a checkpoint is due, besides at an interrupt and at the end. */
    public sealed interface CheckpointSection permits EverySeconds, EverySteps {}

    public record EverySeconds(double seconds) implements CheckpointSection {}

    public record EverySteps(long steps) implements CheckpointSection {}

    /** When a row is recorded; the first and the last step always are. */
    public sealed interface StepsSection permits Every, Geometric, Listed {}

    public record Every(long steps) implements StepsSection {}

    public record Geometric(double ratio) implements StepsSection {}

    public record Listed(List<Long> steps) implements StepsSection {}

    /**
     * @param threads empty for as many as there are cores
     * @param device number of the GPU, where one is used
     */
    public record ComputeSection(
            BackendKind backend,
            PrecisionKind precision,
            OptionalInt threads,
            int device,
            SingularValuesKind singularValues) {}

    public enum BackendKind {
        AUTO,
        CPU,
        CUDA,
        REFERENCE
    }

    public enum PrecisionKind {
        FLOAT64,
        FLOAT32,
        TF32
    }

    /** GRAM: square roots of the eigenvalues of WᵀW, wrong by up to about √ε·σ_1; on a GPU only. */
    public enum SingularValuesKind {
        EXACT,
        GRAM
    }
}
