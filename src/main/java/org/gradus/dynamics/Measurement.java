package org.gradus.dynamics;

import static org.gradus.backend.Transpose.NO;
import static org.gradus.backend.Transpose.YES;

import java.util.Arrays;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Ops;
import org.gradus.init.Dimensions;
import org.gradus.problem.BoundProblem;
import org.gradus.problem.Problem;

/** What is measured of a dense descent, whatever the {@link Snapshot} that it is measured in. */
final class Measurement {
    private final Problem problem;
    private final BoundProblem bound;
    private final double squaredTruth;
    private final Dimensions dimensions;
    private final Measures measures;
    private final Workspace workspace;
    private final DescentStep descentStep;
    private final DenseState.FactorSource factors;
    private final int runs;

    Measurement(
            Problem problem,
            BoundProblem bound,
            MemoryDemand demand,
            Workspace workspace,
            DescentStep descentStep,
            DenseState.FactorSource factors) {
        this.problem = problem;
        this.bound = bound;
        squaredTruth = problem.squaredTruth();
        dimensions = demand.dimensions();
        measures = demand.measures();
        this.workspace = workspace;
        this.descentStep = descentStep;
        this.factors = factors;
        runs = workspace.factor(1).shape().batch();
    }

    /** What has to see the factors as they are now; on the main line. */
    void begin(Ops main, Snapshot snapshot) {
        if (measures.balancedness()) {
            defects(main, snapshot);
        }
        snapshot.take(main, descentStep);
    }

    /** The squares of max_j ‖W_{j+1}ᵀW_{j+1} − W_jW_jᵀ‖_F, in scratch. */
    private void defects(Ops main, Snapshot snapshot) {
        for (int j = 1; j < dimensions.depth(); j++) {
            MatrixBatch defect = workspace.gradientMemory(0).reshape(dimensions.size(j), dimensions.size(j));
            main.multiply(1, YES, workspace.factor(j + 1), NO, workspace.factor(j + 1), 0, defect);
            main.multiply(-1, NO, workspace.factor(j), YES, workspace.factor(j), 1, defect);
            main.sumOfSquares(defect, snapshot.defect(j));
        }
    }

    /** Everything else; on the side line. */
    State finish(Ops side, Snapshot snapshot, long step) {
        DenseState state =
                new DenseState(step, runs, dimensions, snapshot.hostProducts(), workspace.transposed(), factors);
        snapshot.hostProducts().download(side, snapshot.product());
        bound.squaredResidual(side, snapshot.product(), snapshot.residual(), snapshot.sums());
        double[] squares = numbers(side, snapshot.sums());
        Arrays.setAll(state.losses, run -> problem.loss().of(squares[run], problem.observations()));
        if (problem.hasTestError()) {
            bound.squaredTestError(side, snapshot.product(), snapshot.residual(), snapshot.sums());
            double[] errors = numbers(side, snapshot.sums());
            Arrays.setAll(state.testErrors, run -> Math.sqrt(errors[run] / squaredTruth));
        }
        snapshot.findSingularValues(side);
        split(side, snapshot.values(0), state.singularValues);
        for (int j = 1; measures.factors() && j <= dimensions.depth(); j++) {
            split(side, snapshot.values(j), state.factorSingularValues[j - 1]);
        }
        if (measures.balancedness()) {
            balancedness(side, snapshot, state);
        }
        return state;
    }

    private void balancedness(Ops side, Snapshot snapshot, DenseState state) {
        Arrays.fill(state.balancedness, 0);
        for (int j = 1; j < dimensions.depth(); j++) {
            double[] squares = numbers(side, snapshot.defect(j));
            for (int run = 0; run < runs; run++) {
                state.balancedness[run] = Math.max(state.balancedness[run], Math.sqrt(squares[run]));
            }
        }
    }

    private static void split(Ops side, MatrixBatch values, double[][] perRun) {
        int count = values.shape().rows();
        double[] host = numbers(side, values);
        Arrays.setAll(perRun, run -> Arrays.copyOfRange(host, run * count, (run + 1) * count));
    }

    private static double[] numbers(Ops side, MatrixBatch batch) {
        double[] host = new double[Math.toIntExact(batch.shape().size())];
        side.download(batch, host);
        return host;
    }
}
