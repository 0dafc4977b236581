package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;
import org.gradus.backend.BackendException;
import org.gradus.backend.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContextTest {
    @Test
    void aClosedContextIsNoThreadsCurrentOneEvenWhileAnotherHolderKeepsItAlive() {
        EmulatedCuda.with(() -> {
            Libraries.load();
            return null;
        });
        Context holder = new Context(0);
        new Context(0).close();
        assertEquals(CUresult.CUDA_ERROR_INVALID_CONTEXT, JCudaDriver.cuMemAlloc(new CUdeviceptr(), 8));
        holder.makeCurrent();
        holder.close();
        EmulatedCuda.assertClean();
    }

    @Test
    void aLaunchAfterWhichNothingWorksAnyMoreLosesTheContextAtOnce(@TempDir Path cache) {
        EmulatedCuda.with(() -> {
            Libraries.load();
            return null;
        });
        Context context = new Context(0);
        Modules modules = new Modules(context, new Compiler(new KernelCache(cache), 9, 0));
        Kernel kernel = modules.kernel(KernelSource.ELEMENTWISE, Precision.FLOAT64, "scale");
        assertFalse(context.isLost());
        try {
            Emulator.fail("cuLaunchKernel:1:719");
            String said = assertThrows(
                            BackendException.class,
                            () -> kernel.launch(new CUstream(), new Kernel.Launch(1, 1, 1, 1, 0)))
                    .getMessage();
            assertTrue(said.startsWith("cuda: cuLaunchKernel scale: CUDA_ERROR_LAUNCH_FAILED (719); "), said);
            assertTrue(context.isLost());
        } finally {
            modules.close();
            context.close();
            Emulator.reset();
        }
    }
}
