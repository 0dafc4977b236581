package org.gradus.backend.cuda;

import java.util.List;
import java.util.Optional;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Precision;
import org.gradus.backend.Recording;

/** Steps of small factors by kernels/descent.cu: each replay is one launch, whatever its length, and the check. */
final class FusedDescent implements Recording {
    private final Line line;
    private final DescentKernels kernels;
    private final int[] sizes;
    private final DeviceMemory chain;
    private final CudaBatch target;
    private final CudaBatch perRun;
    private final int runs;
    private final Listing listing;
    private final Runnable check;
    private final Pace pace;
    private final Resources resources = new Resources();

    /** Empty where the factors are too large for it; see {@link org.gradus.backend.Backend#fuse}. */
    static Optional<Recording> of(
            Line line,
            Modules modules,
            DeviceInfo device,
            CudaKernels verbs,
            List<MatrixBatch> factors,
            MatrixBatch target,
            MatrixBatch perRun,
            Runnable check) {
        int[] sizes = sizes(factors);
        Precision precision = target.precision();
        return DescentKernels.fits(sizes, precision, device.sharedBytesPerBlock())
                ? Optional.of(new FusedDescent(line, modules, verbs, sizes, factors, target, perRun, check))
                : Optional.empty();
    }

    /** n_0 … n_N. */
    private static int[] sizes(List<MatrixBatch> factors) {
        int[] sizes = new int[factors.size() + 1];
        sizes[0] = factors.get(0).shape().cols();
        for (int j = 1; j < sizes.length; j++) {
            sizes[j] = factors.get(j - 1).shape().rows();
        }
        return sizes;
    }

    private FusedDescent(
            Line line,
            Modules modules,
            CudaKernels verbs,
            int[] sizes,
            List<MatrixBatch> factors,
            MatrixBatch target,
            MatrixBatch perRun,
            Runnable check) {
        this.line = line;
        this.sizes = sizes;
        this.target = CudaBatch.of(target);
        this.perRun = CudaBatch.of(perRun);
        this.check = check;
        runs = factors.get(0).shape().batch();
        listing = verbs.list(() -> {}, check);
        factors.forEach(factor -> listing.add(0, factor));
        listing.add(0, target, perRun);
        try {
            kernels = new DescentKernels(modules, target.precision());
            long[] description = DescentKernels.chain(
                    sizes,
                    factors.stream()
                            .map(factor -> CudaBatch.of(factor).output())
                            .toList());
            chain = line.context().allocate((long) description.length * Long.BYTES, "the fused descent", resources);
            upload(description);
            pace = new Pace(line, Pace.TWO_LAUNCHES);
            resources.add(pace::close);
        } catch (RuntimeException | Error thrown) {
            resources.closeAfter(thrown);
            throw thrown;
        }
    }

    /** From a page-locked block, which stays until the device has certainly done with it. */
    private void upload(long[] description) {
        Context.Pinned pinned = line.context().pin(description.length * Long.BYTES, resources);
        pinned.bytes().asLongBuffer().put(description);
        resources.add(line::settle);
        line.upload(pinned, chain, (long) description.length * Long.BYTES);
    }

    @Override
    public void replay(long times) {
        listing.requireOpen();
        pace.before(times);
        if (times > 0) {
            kernels.descend(line.stream(), sizes, chain.address(), target.input(), perRun.input(), runs, times);
        }
        check.run();
        pace.handedOver(times);
    }

    @Override
    public long carriedOut() {
        return pace.carriedOut();
    }

    @Override
    public void close() {
        resources.close();
    }
}
