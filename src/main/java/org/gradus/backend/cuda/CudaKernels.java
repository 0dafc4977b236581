package org.gradus.backend.cuda;

import static jcuda.driver.JCudaDriver.cuMemcpyDtoHAsync;

import java.util.List;
import org.gradus.backend.Kernels;
import org.gradus.backend.Mailbox;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Places;
import org.gradus.backend.Transpose;

/**
 * The verbs on one line: products by cuBLAS, passes over entries by our own kernels, singular values by cuSOLVER and our
 * own. While a {@link Listing} is made, verbs are taken down instead of being carried out; while a graph is captured, the
 * driver does so.
 */
final class CudaKernels implements Kernels, AutoCloseable {
    private final Line line;
    private final Products products;
    private final Transfers transfers;
    private final Passes passes;
    private final Observations observing;
    private final SingularValues singularValues;
    private final Resources resources;
    private Listing listing;

    CudaKernels(Line line, Modules modules, DeviceInfo device, boolean tf32, boolean gram) {
        this.line = line;
        resources = new Resources();
        try {
            products = new Products(line, tf32);
            resources.add(products::close);
            transfers = new Transfers(line);
            resources.add(transfers::close);
            passes = new Passes(line, modules);
            resources.add(passes::close);
            observing = new Observations(line, modules, products);
            resources.add(observing::close);
            singularValues = new SingularValues(line, modules, device, products, transfers, passes, gram);
            resources.add(singularValues::close);
        } catch (RuntimeException | Error thrown) {
            resources.closeAfter(thrown);
            throw thrown;
        }
    }

    Transfers transfers() {
        return transfers;
    }

    SingularValues singularValues() {
        return singularValues;
    }

    /** Takes down what {@code step} and {@code check} call. */
    Listing list(Runnable step, Runnable check) {
        if (listing != null) {
            throw new IllegalStateException("record: a recording is being made already");
        }
        listing = new Listing();
        try {
            step.run();
            listing.stepEnds();
            check.run();
            return listing;
        } finally {
            listing = null;
        }
    }

    private void refuseWhileListing(String verb) {
        if (listing != null) {
            throw new IllegalStateException(verb + ": cannot be part of a recording");
        }
    }

    /** Whether a recording is being made, which then holds these batches and this work. */
    private boolean listed(double work, MatrixBatch... batches) {
        if (listing == null) {
            return false;
        }
        listing.add(work, batches);
        return true;
    }

    @Override
    public void upload(double[] host, MatrixBatch out) {
        refuseWhileListing("upload");
        transfers.upload(host, CudaBatch.of(out));
    }

    @Override
    public void download(MatrixBatch in, double[] host) {
        refuseWhileListing("download");
        transfers.download(CudaBatch.of(in), host);
    }

    @Override
    public void copy(MatrixBatch in, MatrixBatch out) {
        if (!listed(0, in, out)) {
            passes.copy(CudaBatch.of(in), CudaBatch.of(out));
        }
    }

    @Override
    public void multiply(
            double alpha,
            Transpose transA,
            MatrixBatch a,
            Transpose transB,
            MatrixBatch b,
            double beta,
            MatrixBatch out) {
        if (!listed(work(transA, a, out), a, b, out)) {
            products.multiply(alpha, transA, CudaBatch.of(a), transB, CudaBatch.of(b), beta, CudaBatch.of(out));
        }
    }

    /** The product, and one pass over it: 3 numbers of traffic an entry. */
    @Override
    public void residual(
            MatrixBatch perRun,
            Transpose transA,
            MatrixBatch a,
            Transpose transB,
            MatrixBatch b,
            MatrixBatch target,
            MatrixBatch out) {
        if (!listed(work(transA, a, out), perRun, a, b, target, out)) {
            CudaBatch residual = CudaBatch.of(out);
            products.multiply(1, transA, CudaBatch.of(a), transB, CudaBatch.of(b), 0, residual);
            passes.residual(CudaBatch.of(perRun), CudaBatch.of(target), residual);
        }
    }

    private static double work(Transpose transA, MatrixBatch a, MatrixBatch out) {
        int k = transA == Transpose.NO ? a.shape().cols() : a.shape().rows();
        return 2.0 * k * out.shape().size();
    }

    @Override
    public void scale(MatrixBatch perRun, MatrixBatch x) {
        if (!listed(0, perRun, x)) {
            passes.scale(CudaBatch.of(perRun), CudaBatch.of(x));
        }
    }

    @Override
    public void addScaled(MatrixBatch perRun, MatrixBatch x, MatrixBatch out) {
        if (!listed(0, perRun, x, out)) {
            passes.addScaled(CudaBatch.of(perRun), CudaBatch.of(x), CudaBatch.of(out));
        }
    }

    @Override
    public void sumOfSquares(MatrixBatch x, MatrixBatch out) {
        if (listing != null) {
            passes.reserve(CudaBatch.of(x)); // nothing can be allocated during capture
        }
        if (!listed(0, x, out)) {
            passes.sumOfSquares(CudaBatch.of(x), CudaBatch.of(out));
        }
    }

    @Override
    public void measure(MatrixBatch operators, MatrixBatch observations, MatrixBatch x, MatrixBatch out) {
        if (!listed(Observations.passWork(operators, x), operators, observations, x, out)) {
            observing.measure(operators, observations, x, out);
        }
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
        if (listing != null) {
            observing.reserve(CudaBatch.of(residuals)); // nothing can be allocated during capture
        }
        if (!listed(2 * Observations.passWork(operators, x), perRun, operators, observations, x, residuals, out)) {
            observing.normalResidual(perRun, operators, observations, x, residuals, beta, out);
        }
    }

    @Override
    public void columnInnerProducts(MatrixBatch a, MatrixBatch b, MatrixBatch out) {
        if (!listed(0, a, b, out)) {
            observing.columnInnerProducts(a, b, out);
        }
    }

    @Override
    public void scaleColumns(MatrixBatch factors, MatrixBatch in, MatrixBatch out) {
        if (!listed(0, factors, in, out)) {
            observing.scaleColumns(factors, in, out);
        }
    }

    @Override
    public void gather(Places places, MatrixBatch x, MatrixBatch out) {
        if (listed(0, x, out)) {
            listing.add(places);
        } else {
            observing.gather(places, x, out);
        }
    }

    @Override
    public void observedResidual(
            MatrixBatch perRun, Places places, MatrixBatch values, MatrixBatch residuals, MatrixBatch x) {
        if (listed(0, perRun, values, residuals, x)) {
            listing.add(places);
        } else {
            observing.observedResidual(perRun, places, values, residuals, x);
        }
    }

    @Override
    public void post(MatrixBatch in, Mailbox out) {
        if (!listed(0, in)) {
            CudaBatch numbers = CudaBatch.of(in);
            long bytes = out.size() * (long) Double.BYTES;
            line.context()
                    .check(
                            "cuMemcpyDtoHAsync",
                            cuMemcpyDtoHAsync(((CudaMailbox) out).pointer(), numbers.pointer(), bytes, line.stream()));
        }
        if (listing != null) {
            listing.add(out);
        }
    }

    @Override
    public void singularValues(List<MatrixBatch> matrices, List<MatrixBatch> out) {
        refuseWhileListing("singularValues");
        singularValues.compute(matrices, out);
    }

    @Override
    public void close() {
        resources.close();
    }
}
