package org.gradus.backend.reference;

import java.util.List;
import org.gradus.backend.HostMailbox;
import org.gradus.backend.HostPlaces;
import org.gradus.backend.Kernels;
import org.gradus.backend.Mailbox;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Places;
import org.gradus.backend.Transpose;

/** Every verb as the loop that defines it. Sums are accumulated in float64, also for FLOAT32. */
final class ReferenceKernels implements Kernels {

    @Override
    public void upload(double[] host, MatrixBatch out) {
        ReferenceBatch target = ReferenceBatch.of(out);
        int[] next = {0};
        forEach(out, (run, i, j) -> target.set(run, i, j, host[next[0]++]));
    }

    @Override
    public void download(MatrixBatch in, double[] host) {
        ReferenceBatch source = ReferenceBatch.of(in);
        int[] next = {0};
        forEach(in, (run, i, j) -> host[next[0]++] = source.get(run, i, j));
    }

    @Override
    public void copy(MatrixBatch in, MatrixBatch out) {
        ReferenceBatch source = ReferenceBatch.of(in);
        ReferenceBatch target = ReferenceBatch.of(out);
        forEach(out, (run, i, j) -> target.set(run, i, j, source.get(run, i, j)));
    }

    /** out(i,j) = alpha Σ_l op(a)(i,l)·op(b)(l,j) + beta·out(i,j). */
    @Override
    public void multiply(
            double alpha,
            Transpose transA,
            MatrixBatch a,
            Transpose transB,
            MatrixBatch b,
            double beta,
            MatrixBatch out) {
        ReferenceBatch left = ReferenceBatch.of(a);
        ReferenceBatch right = ReferenceBatch.of(b);
        ReferenceBatch target = ReferenceBatch.of(out);
        int inner = transA == Transpose.NO ? a.shape().cols() : a.shape().rows();
        forEach(out, (run, i, j) -> {
            double sum = 0;
            for (int l = 0; l < inner; l++) {
                double x = transA == Transpose.NO ? left.get(run, i, l) : left.get(run, l, i);
                double y = transB == Transpose.NO ? right.get(run, l, j) : right.get(run, j, l);
                sum += x * y;
            }
            target.set(run, i, j, beta == 0 ? alpha * sum : alpha * sum + beta * target.get(run, i, j));
        });
    }

    /** out(i,j) = s·(Σ_l op(a)(i,l)·op(b)(l,j) − target(i,j)). */
    @Override
    public void residual(
            MatrixBatch perRun,
            Transpose transA,
            MatrixBatch a,
            Transpose transB,
            MatrixBatch b,
            MatrixBatch target,
            MatrixBatch out) {
        copy(target, out);
        multiply(1, transA, a, transB, b, -1, out);
        scale(perRun, out);
    }

    @Override
    public void scale(MatrixBatch perRun, MatrixBatch x) {
        ReferenceBatch factor = ReferenceBatch.of(perRun);
        ReferenceBatch target = ReferenceBatch.of(x);
        forEach(x, (run, i, j) -> target.set(run, i, j, factor.get(run, 0, 0) * target.get(run, i, j)));
    }

    @Override
    public void addScaled(MatrixBatch perRun, MatrixBatch x, MatrixBatch out) {
        ReferenceBatch factor = ReferenceBatch.of(perRun);
        ReferenceBatch source = ReferenceBatch.of(x);
        ReferenceBatch target = ReferenceBatch.of(out);
        forEach(
                out,
                (run, i, j) ->
                        target.set(run, i, j, target.get(run, i, j) + factor.get(run, 0, 0) * source.get(run, i, j)));
    }

    @Override
    public void sumOfSquares(MatrixBatch x, MatrixBatch out) {
        ReferenceBatch source = ReferenceBatch.of(x);
        ReferenceBatch target = ReferenceBatch.of(out);
        for (int run = 0; run < out.shape().batch(); run++) {
            target.set(run, 0, 0, 0);
        }
        forEach(x, (run, i, j) -> {
            double entry = source.get(run, i, j);
            target.set(run, 0, 0, target.get(run, 0, 0) + entry * entry);
        });
    }

    @Override
    public void measure(MatrixBatch operators, MatrixBatch observations, MatrixBatch x, MatrixBatch out) {
        ReferenceBatch y = ReferenceBatch.of(observations);
        ReferenceBatch a = ReferenceBatch.of(operators);
        ReferenceBatch product = ReferenceBatch.of(x);
        ReferenceBatch target = ReferenceBatch.of(out);
        forEach(out, (run, i, unused) -> {
            double[] sum = {0};
            forEachOf(x, (row, col) -> sum[0] += a.get(i, row, col) * product.get(run, row, col));
            target.set(run, i, 0, sum[0] - y.get(i, 0, 0));
        });
    }

    @Override
    public void normalResidual(
            MatrixBatch perRun,
            MatrixBatch operators,
            MatrixBatch observations,
            MatrixBatch x,
            MatrixBatch residuals,
            double beta,
            MatrixBatch out) {
        measure(operators, observations, x, residuals);
        ReferenceBatch a = ReferenceBatch.of(operators);
        ReferenceBatch residual = ReferenceBatch.of(residuals);
        ReferenceBatch factor = ReferenceBatch.of(perRun);
        ReferenceBatch target = ReferenceBatch.of(out);
        forEach(out, (run, row, col) -> {
            double sum = 0;
            for (int i = 0; i < operators.shape().batch(); i++) {
                sum += residual.get(run, i, 0) * a.get(i, row, col);
            }
            double scaled = factor.get(run, 0, 0) * sum;
            target.set(run, row, col, beta == 0 ? scaled : scaled + beta * target.get(run, row, col));
        });
    }

    @Override
    public void columnInnerProducts(MatrixBatch a, MatrixBatch b, MatrixBatch out) {
        ReferenceBatch left = ReferenceBatch.of(a);
        ReferenceBatch right = ReferenceBatch.of(b);
        ReferenceBatch target = ReferenceBatch.of(out);
        forEach(out, (run, i, unused) -> {
            double sum = 0;
            for (int row = 0; row < a.shape().rows(); row++) {
                sum += left.get(run, row, i) * right.get(run, row, i);
            }
            target.set(run, i, 0, sum);
        });
    }

    @Override
    public void scaleColumns(MatrixBatch factors, MatrixBatch in, MatrixBatch out) {
        ReferenceBatch factor = ReferenceBatch.of(factors);
        ReferenceBatch source = ReferenceBatch.of(in);
        ReferenceBatch target = ReferenceBatch.of(out);
        forEach(out, (run, i, j) -> target.set(run, i, j, factor.get(run, j, 0) * source.get(run, i, j)));
    }

    @Override
    public void gather(Places places, MatrixBatch x, MatrixBatch out) {
        ReferenceBatch source = ReferenceBatch.of(x);
        ReferenceBatch target = ReferenceBatch.of(out);
        for (int run = 0; run < x.shape().batch(); run++) {
            int to = run;
            forEachPlace(places, (k, i, j) -> target.set(to, k, 0, source.get(to, i, j)));
        }
    }

    @Override
    public void observedResidual(
            MatrixBatch perRun, Places places, MatrixBatch values, MatrixBatch residuals, MatrixBatch x) {
        gather(places, x, residuals);
        ReferenceBatch factor = ReferenceBatch.of(perRun);
        ReferenceBatch y = ReferenceBatch.of(values);
        ReferenceBatch residual = ReferenceBatch.of(residuals);
        ReferenceBatch target = ReferenceBatch.of(x);
        forEach(
                residuals,
                (run, k, unused) ->
                        residual.set(run, k, 0, factor.get(run, 0, 0) * (residual.get(run, k, 0) - y.get(run, k, 0))));
        forEach(x, (run, i, j) -> target.set(run, i, j, 0));
        for (int run = 0; run < x.shape().batch(); run++) {
            int to = run;
            forEachPlace(places, (k, i, j) -> target.set(to, i, j, residual.get(to, k, 0)));
        }
    }

    @Override
    public void post(MatrixBatch in, Mailbox out) {
        download(in, ((HostMailbox) out).numbers());
    }

    @Override
    public void singularValues(List<MatrixBatch> matrices, List<MatrixBatch> out) {
        for (int batch = 0; batch < matrices.size(); batch++) {
            ReferenceBatch matrix = ReferenceBatch.of(matrices.get(batch));
            ReferenceBatch target = ReferenceBatch.of(out.get(batch));
            for (int run = 0; run < matrix.shape().batch(); run++) {
                double[] values = JacobiSingularValues.of(matrix, run);
                for (int i = 0; i < values.length; i++) {
                    target.set(run, i, 0, values[i]);
                }
            }
        }
    }

    private interface PlaceAction {
        void at(int number, int i, int j);
    }

    private static void forEachPlace(Places places, PlaceAction action) {
        HostPlaces host = (HostPlaces) places;
        for (int j = 0; j < places.cols(); j++) {
            for (int k = host.starts()[j]; k < host.starts()[j + 1]; k++) {
                action.at(k, host.rowIndices()[k], j);
            }
        }
    }

    private interface MatrixAction {
        void at(int i, int j);
    }

    /** Every entry of one matrix of the batch. */
    private static void forEachOf(MatrixBatch batch, MatrixAction action) {
        for (int j = 0; j < batch.shape().cols(); j++) {
            for (int i = 0; i < batch.shape().rows(); i++) {
                action.at(i, j);
            }
        }
    }

    private interface EntryAction {
        void at(int run, int i, int j);
    }

    /** Every entry in the order in which it lies in memory. */
    private static void forEach(MatrixBatch batch, EntryAction action) {
        for (int run = 0; run < batch.shape().batch(); run++) {
            for (int j = 0; j < batch.shape().cols(); j++) {
                for (int i = 0; i < batch.shape().rows(); i++) {
                    action.at(run, i, j);
                }
            }
        }
    }
}
