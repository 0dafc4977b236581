package org.gradus.backend.cuda;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.gradus.backend.BackendException;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;

/**
 * The singular values of batches, by the calls of {@link SingularValueCall}: batches of one shape that go through the same
 * batched call go through it together. Matrices with non-finite entries are kept away from cuSOLVER, whose iterations they
 * might not end, and get NaN.
 */
final class SingularValues implements AutoCloseable {

    /** One way to singular values. */
    interface Method {
        /** Bytes of scratch for batches of one shape in one call. */
        long bytes(List<Shape> shapes, Precision precision);

        /**
         * Computes batches of one shape.
         *
         * @param work with finite[i][run], whether that matrix is to be looked at
         * @throws BackendException if an iteration does not converge
         */
        void compute(List<Work> work);
    }

    /**
     * @param in overwritten
     * @param out batch·(k×1), descending
     * @param finite of each matrix, whether its entries are
     * @param squares of each matrix, ‖A‖_F², infinite where it overflows
     */
    record Work(CudaBatch in, CudaBatch out, boolean[] finite, double[] squares) {}

    private final Map<SingularValueCall, Method> methods = new EnumMap<>(SingularValueCall.class);
    private final JacobiKernel jacobiKernel;
    private final DeviceInfo device;
    private final boolean gram;
    private final Transfers transfers;
    private final FiniteMatrices finiteMatrices;
    private final Resources resources;
    private final SortedSet<SingularValueCall> used = new TreeSet<>();

    SingularValues(
            Line line,
            Modules modules,
            DeviceInfo device,
            Products products,
            Transfers transfers,
            Passes passes,
            boolean gram) {
        this.device = device;
        this.gram = gram;
        this.transfers = transfers;
        resources = new Resources();
        try {
            Scratch scratch = new Scratch(line, false, "singular values");
            resources.add(scratch::close);
            Infos infos = new Infos(line);
            resources.add(infos::close);
            Cusolver cusolver = new Cusolver(line, infos.host());
            resources.add(cusolver::close);
            finiteMatrices = new FiniteMatrices(line, passes, transfers);
            resources.add(finiteMatrices::close);
            Gesvd gesvd = new Gesvd(cusolver, scratch, infos, passes);
            jacobiKernel = new JacobiKernel(line, modules, device, infos, gesvd);
            DeviceMemory any = infos.pointer();
            methods.put(
                    SingularValueCall.GESVDJ_BATCHED, new GesvdjBatched(cusolver, scratch, infos, passes, gesvd, any));
            methods.put(SingularValueCall.JACOBI_KERNEL, jacobiKernel);
            methods.put(SingularValueCall.GESVDJ, new Gesvdj(cusolver, scratch, infos, passes, gesvd, any));
            methods.put(SingularValueCall.GESVD, gesvd);
            methods.put(
                    SingularValueCall.GRAM, new GramValues(cusolver, scratch, infos, products, transfers, gesvd, any));
        } catch (RuntimeException | Error thrown) {
            resources.closeAfter(thrown);
            throw thrown;
        }
    }

    /** The calls made so far, for the manifest. */
    SortedSet<SingularValueCall> used() {
        return used;
    }

    /** Bytes that {@link #compute} of such batches takes beside them. */
    long bytes(List<Shape> shapes, Precision precision) {
        long most = 0;
        for (List<Shape> group : groups(shapes)) {
            SingularValueCall call = call(group.get(0), precision);
            most = Math.max(most, methods.get(call).bytes(group, precision));
        }
        return most + FiniteMatrices.bytes(shapes);
    }

    private static List<List<Shape>> groups(List<Shape> shapes) {
        Map<List<Integer>, List<Shape>> groups = new LinkedHashMap<>();
        for (Shape shape : shapes) {
            groups.computeIfAbsent(List.of(shape.rows(), shape.cols()), key -> new ArrayList<>())
                    .add(shape);
        }
        return List.copyOf(groups.values());
    }

    private SingularValueCall call(Shape shape, Precision precision) {
        boolean fits = jacobiKernel.fits(shape.rows(), shape.cols(), precision);
        return SingularValueCall.of(shape.rows(), shape.cols(), precision, fits, device.hasFastDoubles(), gram);
    }

    void compute(List<MatrixBatch> matrices, List<MatrixBatch> out) {
        Map<List<Object>, List<Work>> groups = new LinkedHashMap<>();
        for (int i = 0; i < matrices.size(); i++) {
            CudaBatch in = CudaBatch.of(matrices.get(i));
            Shape shape = in.shape();
            FiniteMatrices.Found found = finiteMatrices.of(in);
            Work work = new Work(in, CudaBatch.of(out.get(i)), found.finite(), found.squares());
            groups.computeIfAbsent(List.of(shape.rows(), shape.cols(), in.precision()), key -> new ArrayList<>())
                    .add(work);
        }
        for (List<Work> group : groups.values()) {
            Work first = group.get(0);
            SingularValueCall call = call(first.in.shape(), first.in.precision());
            used.add(call);
            methods.get(call).compute(group);
            group.forEach(this::markNonFinite);
        }
    }

    private void markNonFinite(Work work) {
        for (int run = 0; run < work.finite.length; run++) {
            if (!work.finite[run]) {
                double[] nan = new double[work.out.shape().rows()];
                Arrays.fill(nan, Double.NaN);
                transfers.upload(nan, CudaBatch.of(work.out.slice(run, run + 1)));
            }
        }
    }

    /** The failure that a call's info reports. */
    static BackendException notConverged(String call, Shape shape, int run, int info) {
        return new BackendException("cuda: " + call + ": the singular values of matrix " + run + " of " + shape
                + " did not converge (info " + info + ")");
    }

    @Override
    public void close() {
        resources.close();
    }
}
