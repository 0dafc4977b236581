package org.gradus.backend.cuda;

import java.util.HashMap;
import java.util.Map;
import jcuda.driver.CUmodule;
import jcuda.driver.JCudaDriver;
import org.gradus.backend.Precision;

/** The kernels of one context, each source compiled and loaded once for each precision when it is first asked for. */
final class Modules implements AutoCloseable {
    private final Context context;
    private final Compiler compiler;
    private final Resources resources = new Resources();
    private final Map<Source, CUmodule> loaded = new HashMap<>();
    private final Map<Function, Kernel> kernels = new HashMap<>();

    private record Source(KernelSource source, Precision precision) {}

    private record Function(Source source, String name) {}

    Modules(Context context, Compiler compiler) {
        this.context = context;
        this.compiler = compiler;
    }

    /**
     * The context is current; not while a stream captures.
     *
     * @throws org.gradus.backend.BackendException if it does not compile or load
     */
    synchronized Kernel kernel(KernelSource source, Precision precision, String name) {
        Source wanted = new Source(source, precision);
        return kernels.computeIfAbsent(
                new Function(wanted, name),
                function -> new Kernel(context, loaded.computeIfAbsent(wanted, this::load), name));
    }

    private CUmodule load(Source wanted) {
        CUmodule module = new CUmodule();
        byte[] image = compiler.image(wanted.source(), wanted.precision());
        context.check("cuModuleLoadData " + wanted.source().fileName(), JCudaDriver.cuModuleLoadData(module, image));
        resources.add(context.release("cuModuleUnload", () -> JCudaDriver.cuModuleUnload(module)));
        return module;
    }

    /** Unloads all, the context being current; nothing that uses them may be under way. */
    @Override
    public synchronized void close() {
        loaded.clear();
        kernels.clear();
        resources.close();
    }
}
