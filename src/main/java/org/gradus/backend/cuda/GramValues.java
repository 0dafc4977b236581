package org.gradus.backend.cuda;

import java.util.List;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;
import org.gradus.backend.Transpose;

/**
 * σ_i = √λ_i(AᵀA), or of AAᵀ where that is smaller: one product and an eigenvalue problem of half the work of gesvd, at the
 * price of errors of about √ε·σ_1, since λ is known to ε·σ_1² only. Only where the user asked for it. Matrices whose squares
 * overflow or underflow are gesvd's.
 */
final class GramValues implements SingularValues.Method {
    private final Cusolver cusolver;
    private final Scratch scratch;
    private final Infos infos;
    private final Products products;
    private final Transfers transfers;
    private final Gesvd gesvd;
    private final DeviceMemory any;

    /** @param any a little memory that stands for matrices where only sizes are asked for */
    GramValues(
            Cusolver cusolver,
            Scratch scratch,
            Infos infos,
            Products products,
            Transfers transfers,
            Gesvd gesvd,
            DeviceMemory any) {
        this.cusolver = cusolver;
        this.scratch = scratch;
        this.infos = infos;
        this.products = products;
        this.transfers = transfers;
        this.gesvd = gesvd;
        this.any = any;
    }

    @Override
    public long bytes(List<Shape> shapes, Precision precision) {
        return Math.max(gramBytes(shapes.get(0), precision), gesvd.bytes(shapes, precision));
    }

    private long gramBytes(Shape shape, Precision precision) {
        int k = Math.min(shape.rows(), shape.cols());
        int numbers = cusolver.syevdNumbers(precision, k, any);
        return Scratch.aligned((long) k * k * precision.bytes()) + Scratch.aligned((long) numbers * precision.bytes());
    }

    @Override
    public void compute(List<SingularValues.Work> work) {
        for (SingularValues.Work batch : work) {
            for (int run = 0; run < batch.finite().length; run++) {
                if (batch.finite()[run] && !(hasSquares(batch, run) && converges(batch, run))) {
                    gesvd.compute(batch, run);
                }
            }
        }
    }

    /** Whether A's squares, of which ‖A‖_F² is the sum, are numbers, and what underflows is below the errors. */
    private static boolean hasSquares(SingularValues.Work batch, int run) {
        boolean wide = batch.in().precision() == Precision.FLOAT64;
        double most = (wide ? Double.MAX_VALUE : Float.MAX_VALUE) / 4;
        double epsilon = wide ? Math.ulp(1.0) : Math.ulp(1.0f);
        double least = (wide ? Double.MIN_NORMAL : Float.MIN_NORMAL) / (epsilon * epsilon);
        double squares = batch.squares()[run];
        return least <= squares && squares <= most;
    }

    private boolean converges(SingularValues.Work batch, int run) {
        CudaBatch in = CudaBatch.of(batch.in().slice(run, run + 1));
        CudaBatch out = CudaBatch.of(batch.out().slice(run, run + 1));
        Shape shape = in.shape();
        Precision precision = in.precision();
        int k = Math.min(shape.rows(), shape.cols());
        scratch.begin(gramBytes(shape, precision));
        DeviceMemory memory = scratch.take((long) k * k * precision.bytes());
        CudaBatch gram = new CudaBatch(in.arena(), new Shape(1, k, k), precision, memory, 0, (long) k * k);
        boolean tall = shape.rows() >= shape.cols();
        products.multiply(1, tall ? Transpose.YES : Transpose.NO, in, tall ? Transpose.NO : Transpose.YES, in, 0, gram);
        int numbers = cusolver.syevdNumbers(precision, k, any);
        DeviceMemory space = scratch.take((long) numbers * precision.bytes());
        cusolver.syevd(precision, k, memory, out.pointer(), space, numbers, infos.pointer());
        if (infos.read(1)[0] != 0) {
            return false;
        }
        double[] ascending = new double[k];
        transfers.download(out, ascending);
        double[] values = new double[k];
        for (int i = 0; i < k; i++) {
            values[i] = Math.sqrt(Math.max(0, ascending[k - 1 - i]));
        }
        transfers.upload(values, out);
        return true;
    }
}
