package org.gradus.backend.cuda;

import static jcuda.driver.JCudaDriver.cuCtxSetCurrent;
import static jcuda.driver.JCudaDriver.cuDeviceGet;
import static jcuda.driver.JCudaDriver.cuDevicePrimaryCtxRelease;
import static jcuda.driver.JCudaDriver.cuDevicePrimaryCtxRetain;
import static jcuda.driver.JCudaDriver.cuMemAlloc;
import static jcuda.driver.JCudaDriver.cuMemFree;
import static jcuda.driver.JCudaDriver.cuMemFreeHost;
import static jcuda.driver.JCudaDriver.cuMemGetInfo;
import static jcuda.driver.JCudaDriver.cuMemHostAlloc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.function.IntSupplier;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUresult;
import org.gradus.backend.BackendException;

/**
 * A device's primary context while a backend is open, with its memory. After an error that sticks it is lost: every later
 * call would fail with the same status, and all that it held goes when it is released.
 */
final class Context implements AutoCloseable {
    private final CUdevice device = new CUdevice();
    private final CUcontext handle = new CUcontext();
    private volatile boolean lost;

    /** Retains the context of device {@code index} and makes it current on the calling thread. */
    Context(int index) {
        check("cuDeviceGet", cuDeviceGet(device, index));
        check("cuDevicePrimaryCtxRetain", cuDevicePrimaryCtxRetain(handle, device));
        try {
            makeCurrent();
        } catch (BackendException thrown) {
            cuDevicePrimaryCtxRelease(device);
            throw thrown;
        }
    }

    /** To be called once on every thread that calls the device. */
    void makeCurrent() {
        check("cuCtxSetCurrent", cuCtxSetCurrent(handle));
    }

    /** @throws BackendException unless {@code status} is success */
    void check(String call, int status) {
        if (status != CUresult.CUDA_SUCCESS) {
            lost |= Status.isSticky(status);
            Status.driver(call, status);
        }
    }

    /** A call that gives something back. A lost context has given back all that it held, so then nothing is called. */
    Runnable release(String call, IntSupplier releasing) {
        return () -> {
            if (!lost) {
                check(call, releasing.getAsInt());
            }
        };
    }

    boolean isLost() {
        return lost;
    }

    long freeBytes() {
        long[] free = new long[1];
        long[] total = new long[1];
        check("cuMemGetInfo", cuMemGetInfo(free, total));
        return free[0];
    }

    /** Device memory with any content, to be freed by {@code owner}. */
    DeviceMemory allocate(long bytes, String what, Resources owner) {
        DeviceMemory memory = new DeviceMemory();
        int status = cuMemAlloc(memory, bytes);
        if (status == CUresult.CUDA_ERROR_OUT_OF_MEMORY) {
            throw new BackendException(String.format(
                    Locale.ROOT,
                    "cuda: cuMemAlloc of %.1f MiB for %s: out of memory; %s; the memory plan is in --dry-run",
                    bytes / 1048576.0,
                    what,
                    free()));
        }
        check("cuMemAlloc", status);
        owner.add(release("cuMemFree", () -> cuMemFree(memory)));
        return memory;
    }

    private String free() {
        long[] free = new long[1];
        long[] total = new long[1];
        return cuMemGetInfo(free, total) == CUresult.CUDA_SUCCESS
                ? String.format(
                        Locale.ROOT,
                        "%.1f of the device's %.1f MiB are free",
                        free[0] / 1048576.0,
                        total[0] / 1048576.0)
                : "how much is free cannot be told";
    }

    /** Page-locked host memory, which the device reads and writes while the host goes on; at most 1 GiB. */
    Pinned pin(int bytes, Resources owner) {
        Pointer memory = new Pointer();
        check("cuMemHostAlloc", cuMemHostAlloc(memory, bytes, 0));
        owner.add(release("cuMemFreeHost", () -> cuMemFreeHost(memory)));
        return new Pinned(memory, memory.getByteBuffer(0, bytes).order(ByteOrder.nativeOrder()));
    }

    /** The same page-locked bytes as the device's calls and as Java see them. */
    record Pinned(Pointer pointer, ByteBuffer bytes) {}

    /** On the thread that opened it, which has no current context afterwards. */
    @Override
    public void close() {
        int parted = cuCtxSetCurrent(new CUcontext());
        int released = cuDevicePrimaryCtxRelease(device);
        if (!lost) { // what was the matter has been said already
            check("cuDevicePrimaryCtxRelease", released);
            check("cuCtxSetCurrent", parted);
        }
    }
}
