package org.gradus.backend.cuda;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.gradus.backend.Arena;
import org.gradus.backend.Backend;
import org.gradus.backend.BackendException;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Ops;
import org.gradus.backend.Options;
import org.gradus.backend.Precision;
import org.gradus.backend.Recording;
import org.gradus.backend.Shape;
import org.gradus.backend.SideLine;

/** An NVIDIA GPU. The main line's steps are graphs that follow each other without the host; measurements go beside them. */
public final class CudaBackend implements Backend {
    /** Measurements under way while the main line goes on: one is computed while the next is waiting. */
    private static final int LOOKAHEAD = 2;

    /** Of the device's memory, for handles, modules and the measurements' own workspace. */
    private static final long RESERVE = 192L << 20;

    private static final AtomicBoolean OPEN = new AtomicBoolean();

    private final DeviceInfo device;

    /** Asked for once: what is written at the end of a run must not need the device. */
    private final String libraries;

    private final List<Map<String, Object>> libraryDetails;
    private final Options options;
    private final Context context;
    private final Resources resources;
    private final Line line;
    private final KernelCache cache;
    private final Modules modules;
    private final CudaKernels kernels;
    private final Ops ops;
    private CudaKernels sideKernels;
    private MeasurementLine measurements;
    private int openArenas;

    /**
     * Opens the device with the number that the options name.
     *
     * @throws BackendException if there is no driver, no library or no such device, or if the device is open in this
     *     process already: one sentence
     */
    public CudaBackend(Options options) {
        if (!OPEN.compareAndSet(false, true)) {
            throw new BackendException("cuda: is open already in this process; close that backend first");
        }
        this.options = options;
        Resources opened = null;
        try {
            Libraries.load();
            libraries = Libraries.describe();
            libraryDetails = Libraries.details();
            device = DeviceInfo.select(options.device());
            if (options.tf32()) {
                device.requireTf32();
            }
            context = new Context(device.index());
            opened = new Resources();
            opened.add(context::close);
            resources = opened;
            line = new Line(context);
            resources.add(line::close);
            cache = KernelCache.ofUser();
            modules = new Modules(context, new Compiler(cache, device.major(), device.minor()));
            resources.add(modules::close);
            kernels = newKernels(line);
            resources.add(kernels::close);
            resources.add(line::settle);
            ops = new Ops(this, kernels);
        } catch (RuntimeException | Error thrown) {
            if (opened != null) {
                opened.closeAfter(thrown);
            }
            OPEN.set(false);
            throw thrown;
        }
    }

    private CudaKernels newKernels(Line on) {
        return new CudaKernels(on, modules, device, options.tf32(), options.gramSingularValues());
    }

    @Override
    public String name() {
        return "cuda";
    }

    @Override
    public String describe() {
        return device.describe() + ", " + libraries + (options.tf32() ? ", TF32 products" : "")
                + cache.note().map(note -> "; " + note).orElse("");
    }

    @Override
    public Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>(device.details());
        details.put("arithmetic", options.tf32() ? "float32 products with inputs rounded to TF32" : "as the precision");
        details.put("singular_values", singularValueCalls());
        details.put("libraries", libraryDetails);
        details.put("environment", Environment.set());
        details.put(
                "remarks",
                Stream.of(Libraries.remark(), cache.note())
                        .flatMap(Optional::stream)
                        .toList());
        return details;
    }

    private List<String> singularValueCalls() {
        EnumSet<SingularValueCall> used = EnumSet.noneOf(SingularValueCall.class);
        used.addAll(kernels.singularValues().used());
        if (sideKernels != null) {
            used.addAll(sideKernels.singularValues().used());
        }
        return used.stream().map(SingularValueCall::description).toList();
    }

    @Override
    public long availableBytes() {
        return Math.max(0, context.freeBytes() - RESERVE);
    }

    @Override
    public long singularValuesBytes(List<Shape> matrices, Precision precision) {
        return kernels.singularValues().bytes(matrices, precision);
    }

    @Override
    public double workPerSecond(Precision precision) {
        return device.workPerSecond(precision);
    }

    @Override
    public Arena openArena() {
        openArenas++;
        return new CudaArena(this, context, line, kernels.transfers());
    }

    /** Before its memory goes: no measurement may be using it. */
    void arenaClosed() {
        openArenas--;
        if (measurements != null) {
            measurements.settle();
        }
    }

    @Override
    public Ops ops() {
        return ops;
    }

    @Override
    public int lookahead() {
        return LOOKAHEAD;
    }

    @Override
    public SideLine openSideLine() {
        if (measurements == null) {
            Line sideLine = new Line(context);
            resources.add(sideLine::close);
            sideKernels = newKernels(sideLine);
            resources.add(sideKernels::close);
            measurements = new MeasurementLine(line, sideLine, new Ops(this, sideKernels));
            resources.add(measurements::close);
        }
        return measurements.share();
    }

    @Override
    public Recording record(Runnable step, Runnable check) {
        Listing listing = kernels.list(step, check);
        return new GraphRecording(line, listing, step, check, device.workPerSecond(listing.precision()));
    }

    @Override
    public Optional<Recording> fuse(List<MatrixBatch> factors, MatrixBatch target, MatrixBatch perRun, Runnable check) {
        return FusedDescent.of(line, modules, device, kernels, factors, target, perRun, check);
    }

    @Override
    public void close() {
        if (openArenas > 0) {
            throw new IllegalStateException("cuda: closed with " + openArenas + " arenas open");
        }
        try {
            resources.close();
        } finally {
            OPEN.set(false);
        }
    }
}
