package org.gradus.dynamics;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import org.gradus.backend.Arena;
import org.gradus.backend.Backend;
import org.gradus.backend.Mailbox;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Ops;
import org.gradus.backend.Precision;
import org.gradus.backend.Recording;
import org.gradus.backend.Shape;
import org.gradus.backend.SideLine;
import org.gradus.backend.Transpose;
import org.gradus.init.Dimensions;
import org.gradus.init.Initialization;
import org.gradus.linalg.Matrix;
import org.gradus.problem.BoundProblem;
import org.gradus.problem.Problem;

/** Gradient descent on the factors themselves: any depth, widths and start, several runs of one problem as one batch. */
public final class DenseDescent implements Solver {
    private static final int MOST_STEPS_PER_CHECK = 256;

    /**
     * A fused recording carries all the steps that it is given out at once, and waits for memory more than it computes: some
     * microseconds a step however small, and an interrupt has to wait for two times as many steps.
     */
    private static final int MOST_FUSED_STEPS_PER_CHECK = 1 << 16;

    /**
     * One run of the batch.
     *
     * @param stepSize η &gt; 0
     */
    public record Run(Initialization start, double stepSize) {}

    private final Dimensions dimensions;
    private final Ops ops;
    private final Arena arena;
    private final SideLine side;
    private final Workspace workspace;
    private final MatrixBatch minusStep;
    private final double[] minusSteps;
    private final MatrixBatch sums;
    private final Mailbox squares;
    private final int stepsPerCheck;

    /** Whether replays are graphs of 256 steps, of which the very first step is none: the others then fit. */
    private final boolean graphs;

    private final Recording recording;
    private final DenseObservation observation;
    private long first;
    private long step;

    /**
     * Allocates everything and uploads the start.
     *
     * @throws IllegalArgumentException if a start cannot be had for these dimensions, or they do not fit the problem
     * @throws org.gradus.backend.BackendException if the memory cannot be had
     */
    public DenseDescent(
            Backend backend,
            Precision precision,
            Problem problem,
            Dimensions dimensions,
            List<Run> runs,
            Measures measures) {
        check(problem, dimensions, runs);
        this.dimensions = dimensions;
        MemoryDemand demand = new MemoryDemand(problem.footprint(), dimensions, precision, measures);
        int snapshots = MemoryPlan.fitting(demand, backend, runs.size()).snapshots();
        ops = backend.ops();
        side = backend.openSideLine();
        arena = openArena(backend, side);
        try {
            workspace = new Workspace(arena, demand, runs.size(), demand.transposed(backend), snapshots == 0);
            Transpose orientation = workspace.transposed() ? Transpose.YES : Transpose.NO;
            BoundProblem bound = problem.bind(arena, precision, orientation, runs.size());
            uploadStarts(runs);
            double factor = problem.loss().gradientFactor(problem.observations());
            minusSteps =
                    runs.stream().mapToDouble(run -> -run.stepSize() * factor).toArray();
            minusStep = arena.allocate(new Shape(runs.size(), 1, 1), precision);
            ops.upload(minusSteps, minusStep);
            MatrixBatch one = arena.allocate(new Shape(1, 1, 1), precision);
            ops.upload(new double[] {1}, one);
            sums = arena.allocate(new Shape(runs.size(), 1, 1), Precision.FLOAT64);
            squares = arena.mailbox(runs.size());
            DescentStep descentStep = new DescentStep(ops, workspace, bound, minusStep, one);
            Measurement measurement = new Measurement(problem, bound, demand, workspace, descentStep, this::factor);
            observation = new DenseObservation(arena, side, demand, snapshots, workspace, measurement);
            Optional<Recording> fused = bound.fullTarget()
                    .flatMap(target -> backend.fuse(workspace.factors(), target, minusStep, this::issueCheck));
            stepsPerCheck = stepsPerCheck(
                    backend.workPerSecond(precision),
                    problem.workPerStep(),
                    fused.isPresent() ? MOST_FUSED_STEPS_PER_CHECK : MOST_STEPS_PER_CHECK);
            graphs = fused.isEmpty() && problem.recordable() && backend.lookahead() > 0;
            recording = fused.orElseGet(() -> problem.recordable()
                    ? backend.record(descentStep::issue, this::issueCheck)
                    : new IssuedSteps(
                            descentStep::issue, this::issueCheck, () -> ops.download(sums, new double[runs.size()])));
        } catch (RuntimeException | Error thrown) {
            try (side;
                    arena) {
                throw thrown;
            }
        }
    }

    private static Arena openArena(Backend backend, SideLine side) {
        try {
            return backend.openArena();
        } catch (RuntimeException | Error thrown) {
            try (side) {
                throw thrown;
            }
        }
    }

    private static void check(Problem problem, Dimensions dimensions, List<Run> runs) {
        if (dimensions.rows() != problem.rows() || dimensions.cols() != problem.cols()) {
            throw new IllegalArgumentException("factors of sizes " + dimensions.sizes() + " do not make a "
                    + problem.rows() + "×" + problem.cols() + " product");
        }
        for (Run run : runs) {
            run.start().refusal(dimensions).ifPresent(reason -> {
                throw new IllegalArgumentException(reason);
            });
        }
    }

    private void uploadStarts(List<Run> runs) {
        for (int run = 0; run < runs.size(); run++) {
            for (int j = 1; j <= dimensions.depth(); j++) {
                double[] entries = runs.get(run).start().factor(j, dimensions).data();
                ops.upload(entries, workspace.factor(j).slice(run, run + 1));
            }
        }
    }

    /** ‖W_N‖_F² of every run, into which every non-finite residual is carried by the next update. */
    private void issueCheck() {
        ops.sumOfSquares(workspace.factor(dimensions.depth()), sums);
        ops.post(sums, squares);
    }

    /** About a second's work of 3(N−1) products and the problem's own, at most {@code most}. */
    private int stepsPerCheck(double workPerSecond, double ownWork, int most) {
        double work = (6.0 * dimensions.depth() * Math.pow(dimensions.largest(), 3) + ownWork) * runs();
        return (int) Math.max(1, Math.min(most, workPerSecond / work));
    }

    @Override
    public int runs() {
        return minusSteps.length;
    }

    @Override
    public long step() {
        return step;
    }

    @Override
    public int stepsPerCheck() {
        return step == first && graphs ? stepsPerCheck + 1 : stepsPerCheck;
    }

    @Override
    public long settled() {
        return first + recording.carriedOut();
    }

    @Override
    public void advance(long steps) {
        observation.requireRoomForSteps();
        recording.replay(steps);
        step += steps;
    }

    @Override
    public boolean[] finite() {
        double[] known = new double[runs()];
        squares.read(known);
        boolean[] finite = new boolean[known.length];
        for (int run = 0; run < finite.length; run++) {
            finite[run] = Double.isFinite(known[run]);
        }
        return finite;
    }

    @Override
    public void freeze(int run) {
        minusSteps[run] = 0;
        ops.upload(Arrays.copyOf(minusSteps, minusSteps.length), minusStep);
    }

    @Override
    public int lookahead() {
        return observation.lookahead();
    }

    @Override
    public Future<State> measure() {
        return observation.start(step);
    }

    private Matrix factor(long measured, int run, int j) {
        if (measured != step) {
            throw new IllegalStateException(
                    "the factors of step " + measured + " are gone: the descent is at step " + step);
        }
        Matrix factor = Matrix.zeros(dimensions.size(j), dimensions.size(j - 1));
        ops.download(workspace.factor(j).slice(run, run + 1), factor.data());
        return factor;
    }

    /** The factors' entries, W_1 first, column by column. */
    @Override
    public int[] savedLengths() {
        int[] lengths = new int[dimensions.depth()];
        Arrays.setAll(lengths, i -> Math.multiplyExact(dimensions.size(i + 1), dimensions.size(i)));
        return lengths;
    }

    @Override
    public double[] save(int run, int index) {
        return factor(step, run, index + 1).data();
    }

    @Override
    public void restore(long restored, SavedNumbers saved) {
        for (int run = 0; run < runs(); run++) {
            for (int j = 1; j <= dimensions.depth(); j++) {
                ops.upload(saved.array(run, j - 1), workspace.factor(j).slice(run, run + 1));
            }
        }
        first = restored;
        step = restored;
    }

    /** Waits for measurements under way. */
    @Override
    public void close() {
        try (arena;
                recording;
                side) {}
    }
}
