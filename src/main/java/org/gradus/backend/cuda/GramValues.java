package org.gradus.backend.cuda;

import java.util.List;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;
import org.gradus.backend.Transpose;

/**
 * σ_i = √λ_i(AᵀA), or of AAᵀ where that is smaller: one product and an eigenvalue problem of half the work of gesvd, at the
 * price of errors of about √ε·σ_1, since λ is known to ε·σ_1² only. Only where the user asked for it.
 */
final class GramValues implements SingularValues.Method {
    private final Cusolver cusolver;
    private final Scratch scratch;
    private final Infos infos;
    private final Products products;
    private final Transfers transfers;
    private final DeviceMemory any;

    /** @param any a little memory that stands for matrices where only sizes are asked for */
    GramValues(
            Cusolver cusolver, Scratch scratch, Infos infos, Products products, Transfers transfers, DeviceMemory any) {
        this.cusolver = cusolver;
        this.scratch = scratch;
        this.infos = infos;
        this.products = products;
        this.transfers = transfers;
        this.any = any;
    }

    @Override
    public long bytes(List<Shape> shapes, Precision precision) {
        int k = Math.min(shapes.get(0).rows(), shapes.get(0).cols());
        int numbers = cusolver.syevdNumbers(precision, k, any);
        return Scratch.aligned((long) k * k * precision.bytes()) + Scratch.aligned((long) numbers * precision.bytes());
    }

    @Override
    public void compute(List<SingularValues.Work> work) {
        for (SingularValues.Work batch : work) {
            for (int run = 0; run < batch.finite().length; run++) {
                if (batch.finite()[run]) {
                    compute(batch, run);
                }
            }
        }
    }

    private void compute(SingularValues.Work batch, int run) {
        CudaBatch in = CudaBatch.of(batch.in().slice(run, run + 1));
        CudaBatch out = CudaBatch.of(batch.out().slice(run, run + 1));
        Shape shape = in.shape();
        Precision precision = in.precision();
        int k = Math.min(shape.rows(), shape.cols());
        scratch.begin(bytes(List.of(shape), precision));
        DeviceMemory memory = scratch.take((long) k * k * precision.bytes());
        CudaBatch gram = new CudaBatch(in.arena(), new Shape(1, k, k), precision, memory, 0, (long) k * k);
        boolean tall = shape.rows() >= shape.cols();
        products.multiply(1, tall ? Transpose.YES : Transpose.NO, in, tall ? Transpose.NO : Transpose.YES, in, 0, gram);
        int numbers = cusolver.syevdNumbers(precision, k, any);
        DeviceMemory space = scratch.take((long) numbers * precision.bytes());
        cusolver.syevd(precision, k, memory, out.pointer(), space, numbers, infos.pointer());
        int info = infos.read(1)[0];
        if (info != 0) {
            throw SingularValues.notConverged("syevd", shape, run, info);
        }
        double[] ascending = new double[k];
        transfers.download(out, ascending);
        double[] values = new double[k];
        for (int i = 0; i < k; i++) {
            values[i] = Math.sqrt(Math.max(0, ascending[k - 1 - i]));
        }
        transfers.upload(values, out);
    }
}
