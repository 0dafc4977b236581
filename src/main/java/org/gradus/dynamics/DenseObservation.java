package org.gradus.dynamics;

import static org.gradus.backend.Transpose.NO;
import static org.gradus.backend.Transpose.YES;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gradus.backend.Arena;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Ops;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;
import org.gradus.init.Dimensions;
import org.gradus.linalg.Matrix;
import org.gradus.problem.BoundProblem;
import org.gradus.problem.Loss;
import org.gradus.problem.Problem;

/**
 * Measures the factors of a dense descent. It works in the memory that every step makes anew, so it needs none of its own
 * on the device: the product goes where B_{N−1} lies, residuals where B_N lies; afterwards all of it, the prefix products
 * too, is scratch for singular values.
 */
final class DenseObservation {
    private final Problem problem;
    private final BoundProblem bound;
    private final Dimensions dimensions;
    private final Workspace workspace;
    private final DescentStep descentStep;
    private final Measures measures;
    private final Ops ops;
    private final int runs;
    private final double squaredTruth;
    private final MatrixBatch sums;
    private final MatrixBatch productValues;
    private final List<MatrixBatch> factorValues = new ArrayList<>();
    private final double[] hostProduct;

    DenseObservation(
            Arena arena,
            Problem problem,
            BoundProblem bound,
            Dimensions dimensions,
            Workspace workspace,
            DescentStep descentStep,
            Measures measures) {
        this.problem = problem;
        this.bound = bound;
        this.dimensions = dimensions;
        this.workspace = workspace;
        this.descentStep = descentStep;
        this.measures = measures;
        ops = arena.backend().ops();
        Precision precision = workspace.factor(1).precision();
        runs = workspace.factor(1).shape().batch();
        squaredTruth = bound.squaredTruth();
        sums = arena.allocate(new Shape(runs, 1, 1), Precision.FLOAT64);
        int rank = Math.min(dimensions.rows(), dimensions.cols());
        productValues = arena.allocate(new Shape(runs, rank, 1), precision);
        for (int j = 1; measures.factors() && j <= dimensions.depth(); j++) {
            int count = Math.min(dimensions.size(j), dimensions.size(j - 1));
            factorValues.add(arena.allocate(new Shape(runs, count, 1), precision));
        }
        hostProduct = new double[Math.toIntExact(new Shape(runs, dimensions.rows(), dimensions.cols()).size())];
    }

    State at(long step, Loss loss) {
        DenseState state =
                new DenseState(step, runs, dimensions, hostProduct, workspace.transposed(), this::downloadFactor);
        MatrixBatch residual = workspace.gradient(dimensions.depth());
        MatrixBatch product = product();
        ops.download(product, hostProduct);
        bound.squaredResidual(product, residual, sums);
        double[] squares = downloadSums();
        Arrays.setAll(state.losses, run -> loss.of(squares[run], problem.observations()));
        if (problem.hasTestError()) {
            bound.squaredTestError(product, residual, sums);
            double[] errors = downloadSums();
            Arrays.setAll(state.testErrors, run -> Math.sqrt(errors[run] / squaredTruth));
        }
        singularValues(product, state);
        if (measures.balancedness()) {
            balancedness(state);
        }
        return state;
    }

    /** W as the bound problem wants it; for N = 1 that is W_1 itself. */
    private MatrixBatch product() {
        if (dimensions.depth() == 1) {
            return workspace.factor(1);
        }
        descentStep.prefixes();
        descentStep.product(workspace.product());
        return workspace.product();
    }

    /** The product's and, where asked for, the factors' values, as many side by side as there is scratch. */
    private void singularValues(MatrixBatch product, DenseState state) {
        List<MatrixBatch> free = new ArrayList<>(workspace.scratch());
        List<MatrixBatch> matrices = new ArrayList<>();
        List<MatrixBatch> values = new ArrayList<>();
        MatrixBatch first = product;
        if (dimensions.depth() == 1) {
            first = workspace.product();
            ops.copy(product, first);
            free.remove(0);
        } else {
            free.remove(1);
        }
        matrices.add(first);
        values.add(productValues);
        for (int j = 1; j <= factorValues.size(); j++) {
            if (free.isEmpty()) {
                ops.singularValues(matrices, values);
                matrices.clear();
                values.clear();
                free.addAll(workspace.scratch());
            }
            MatrixBatch copy = free.remove(0).reshape(dimensions.size(j), dimensions.size(j - 1));
            ops.copy(workspace.factor(j), copy);
            matrices.add(copy);
            values.add(factorValues.get(j - 1));
        }
        ops.singularValues(matrices, values);
        split(productValues, state.singularValues);
        for (int j = 1; j <= factorValues.size(); j++) {
            split(factorValues.get(j - 1), state.factorSingularValues[j - 1]);
        }
    }

    /** max_j ‖W_{j+1}ᵀW_{j+1} − W_jW_jᵀ‖_F. */
    private void balancedness(DenseState state) {
        Arrays.fill(state.balancedness, 0);
        for (int j = 1; j < dimensions.depth(); j++) {
            MatrixBatch defect = workspace.gradientMemory(0).reshape(dimensions.size(j), dimensions.size(j));
            ops.multiply(1, YES, workspace.factor(j + 1), NO, workspace.factor(j + 1), 0, defect);
            ops.multiply(-1, NO, workspace.factor(j), YES, workspace.factor(j), 1, defect);
            ops.sumOfSquares(defect, sums);
            double[] squares = downloadSums();
            for (int run = 0; run < runs; run++) {
                state.balancedness[run] = Math.max(state.balancedness[run], Math.sqrt(squares[run]));
            }
        }
    }

    private double[] downloadSums() {
        double[] host = new double[runs];
        ops.download(sums, host);
        return host;
    }

    private void split(MatrixBatch values, double[][] perRun) {
        int count = values.shape().rows();
        double[] host = new double[runs * count];
        ops.download(values, host);
        Arrays.setAll(perRun, run -> Arrays.copyOfRange(host, run * count, (run + 1) * count));
    }

    private Matrix downloadFactor(int run, int j) {
        Matrix factor = Matrix.zeros(dimensions.size(j), dimensions.size(j - 1));
        ops.download(workspace.factor(j).slice(run, run + 1), factor.data());
        return factor;
    }
}
