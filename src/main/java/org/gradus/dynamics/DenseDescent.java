package org.gradus.dynamics;

import java.util.Arrays;
import java.util.List;
import org.gradus.backend.Arena;
import org.gradus.backend.Backend;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Ops;
import org.gradus.backend.Precision;
import org.gradus.backend.Recording;
import org.gradus.backend.Shape;
import org.gradus.backend.Transpose;
import org.gradus.init.Dimensions;
import org.gradus.init.Initialization;
import org.gradus.problem.BoundProblem;
import org.gradus.problem.Problem;

/** Gradient descent on the factors themselves: any depth, widths and start, several runs of one problem as one batch. */
public final class DenseDescent implements Solver {
    /** Operations between two checks: about a second on a small machine. */
    private static final double WORK_PER_CHECK = 5e10;

    private static final int MOST_STEPS_PER_CHECK = 256;

    /**
     * One run of the batch.
     *
     * @param stepSize η &gt; 0
     */
    public record Run(Initialization start, double stepSize) {}

    private final Problem problem;
    private final Dimensions dimensions;
    private final Ops ops;
    private final Arena arena;
    private final Workspace workspace;
    private final MatrixBatch minusStep;
    private final double[] minusSteps;
    private final MatrixBatch sums;
    private final Recording recording;
    private final DenseObservation observation;
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
        this.problem = problem;
        this.dimensions = dimensions;
        ops = backend.ops();
        arena = backend.openArena();
        try {
            workspace = new Workspace(arena, dimensions, runs.size(), precision, measures);
            Transpose orientation = workspace.transposed() ? Transpose.YES : Transpose.NO;
            BoundProblem bound = problem.bind(arena, precision, orientation);
            uploadStarts(runs);
            double factor = problem.loss().gradientFactor(problem.observations());
            minusSteps =
                    runs.stream().mapToDouble(run -> -run.stepSize() * factor).toArray();
            minusStep = arena.allocate(new Shape(runs.size(), 1, 1), precision);
            ops.upload(minusSteps, minusStep);
            MatrixBatch one = arena.allocate(new Shape(1, 1, 1), precision);
            ops.upload(new double[] {1}, one);
            sums = arena.allocate(new Shape(runs.size(), 1, 1), Precision.FLOAT64);
            DescentStep descentStep = new DescentStep(ops, workspace, bound, minusStep, one);
            recording = backend.record(descentStep::issue, () -> {});
            observation = new DenseObservation(arena, problem, bound, dimensions, workspace, descentStep, measures);
        } catch (RuntimeException | Error thrown) {
            arena.close();
            throw thrown;
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
        double work = 6.0 * dimensions.depth() * Math.pow(dimensions.largest(), 3) * runs();
        return (int) Math.max(1, Math.min(MOST_STEPS_PER_CHECK, WORK_PER_CHECK / work));
    }

    @Override
    public void advance(long steps) {
        recording.replay(steps);
        step += steps;
    }

    /** Looks at W_N, into which every non-finite residual is carried by the next update. */
    @Override
    public boolean[] finite() {
        double[] squares = new double[runs()];
        ops.sumOfSquares(workspace.factor(dimensions.depth()), sums);
        ops.download(sums, squares);
        boolean[] finite = new boolean[squares.length];
        for (int run = 0; run < finite.length; run++) {
            finite[run] = Double.isFinite(squares[run]);
        }
        return finite;
    }

    @Override
    public void freeze(int run) {
        minusSteps[run] = 0;
        ops.upload(Arrays.copyOf(minusSteps, minusSteps.length), minusStep);
    }

    @Override
    public State observe() {
        return observation.at(step, problem.loss());
    }

    @Override
    public void close() {
        recording.close();
        arena.close();
    }
}
