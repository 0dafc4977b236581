package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;
import org.junit.jupiter.api.Test;

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
}
