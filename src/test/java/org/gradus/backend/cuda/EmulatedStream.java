package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;
import jcuda.runtime.cudaStream_t;

/**
 * One stream of the emulator's device, with memory and copies for tests that call its libraries directly. Closing frees all;
 * a context that broke on purpose is given up with it.
 */
final class EmulatedStream implements AutoCloseable {
    private static final int NON_BLOCKING = 1;
    private static final int CAPTURE_THREAD_LOCAL = 1;

    private final List<CUdeviceptr> allocations = new ArrayList<>();
    private final CUdevice device = new CUdevice();
    private final CUstream stream = new CUstream();

    EmulatedStream() {
        Emulator.load();
        Emulator.reset();
        check(JCudaDriver.cuInit(0));
        check(JCudaDriver.cuDeviceGet(device, 0));
        CUcontext context = new CUcontext();
        check(JCudaDriver.cuDevicePrimaryCtxRetain(context, device));
        check(JCudaDriver.cuCtxSetCurrent(context));
        check(JCudaDriver.cuStreamCreateWithPriority(stream, NON_BLOCKING, 0));
    }

    static void check(int status) {
        assertEquals(0, status);
    }

    /** For the libraries. */
    cudaStream_t stream() {
        return new cudaStream_t(stream);
    }

    CUdeviceptr allocate(long bytes) {
        CUdeviceptr memory = new CUdeviceptr();
        check(JCudaDriver.cuMemAlloc(memory, bytes));
        allocations.add(memory);
        return memory;
    }

    void free(CUdeviceptr memory) {
        allocations.remove(memory);
        check(JCudaDriver.cuMemFree(memory));
    }

    CUdeviceptr doubles(double... values) {
        CUdeviceptr memory = allocate(8L * Math.max(1, values.length));
        write(memory, values);
        return memory;
    }

    CUdeviceptr floats(double... values) {
        CUdeviceptr memory = allocate(4L * Math.max(1, values.length));
        withStaging(4L * values.length, staging -> {
            for (double value : values) {
                staging.buffer.putFloat((float) value);
            }
            check(JCudaDriver.cuMemcpyHtoDAsync(memory, staging.pointer, 4L * values.length, stream));
            check(JCudaDriver.cuStreamSynchronize(stream));
        });
        return memory;
    }

    void write(CUdeviceptr memory, double... values) {
        withStaging(8L * values.length, staging -> {
            staging.buffer.asDoubleBuffer().put(values);
            check(JCudaDriver.cuMemcpyHtoDAsync(memory, staging.pointer, 8L * values.length, stream));
            check(JCudaDriver.cuStreamSynchronize(stream));
        });
    }

    double[] doubles(CUdeviceptr memory, int count) {
        double[] values = new double[count];
        read(memory, 8L * count, buffer -> buffer.asDoubleBuffer().get(values));
        return values;
    }

    double[] floats(CUdeviceptr memory, int count) {
        double[] values = new double[count];
        read(memory, 4L * count, buffer -> {
            for (int i = 0; i < count; i++) {
                values[i] = buffer.getFloat();
            }
        });
        return values;
    }

    int[] ints(CUdeviceptr memory, int count) {
        int[] values = new int[count];
        read(memory, 4L * count, buffer -> buffer.asIntBuffer().get(values));
        return values;
    }

    /** Captures the body and runs its graph `times` times: the first status that is not 0, of the capture's end or a run. */
    int captureAndLaunch(int times, Runnable body) {
        return captureThenLaunch(body, () -> {}, times);
    }

    /** The same, with something done between capture and launch. */
    int captureThenLaunch(Runnable body, Runnable between, int times) {
        check(JCudaDriver.cuStreamBeginCapture(stream, CAPTURE_THREAD_LOCAL));
        body.run();
        CUgraph graph = new CUgraph();
        int status = JCudaDriver.cuStreamEndCapture(stream, graph);
        if (status != 0) {
            return status;
        }
        CUgraphExec executable = new CUgraphExec();
        check(JCudaDriver.cuGraphInstantiate(executable, graph, 0));
        between.run();
        for (int i = 0; i < times; i++) {
            check(JCudaDriver.cuGraphLaunch(executable, stream));
        }
        status = JCudaDriver.cuStreamSynchronize(stream);
        check(JCudaDriver.cuGraphExecDestroy(executable));
        check(JCudaDriver.cuGraphDestroy(graph));
        return status;
    }

    int synchronize() {
        return JCudaDriver.cuStreamSynchronize(stream);
    }

    private void read(CUdeviceptr memory, long bytes, Consumer<ByteBuffer> body) {
        withStaging(bytes, staging -> {
            check(JCudaDriver.cuMemcpyDtoHAsync(staging.pointer, memory, bytes, stream));
            check(JCudaDriver.cuStreamSynchronize(stream));
            body.accept(staging.buffer);
        });
    }

    private record Staging(Pointer pointer, ByteBuffer buffer) {}

    /** Pinned memory: Java arrays are pinned only during a call, so never part of an asynchronous copy. */
    private static void withStaging(long bytes, Consumer<Staging> body) {
        Pointer pinned = new Pointer();
        long size = Math.max(8, bytes);
        check(JCudaDriver.cuMemHostAlloc(pinned, size, 0));
        body.accept(new Staging(pinned, pinned.getByteBuffer(0, size).order(ByteOrder.nativeOrder())));
        check(JCudaDriver.cuMemFreeHost(pinned));
    }

    @Override
    public void close() {
        // Statuses are not asked: after a misuse they all are the context's error. Freeing does not wait for the
        // stream.
        JCudaDriver.cuStreamSynchronize(stream);
        for (CUdeviceptr memory : allocations) {
            JCudaDriver.cuMemFree(memory);
        }
        JCudaDriver.cuStreamDestroy(stream);
        JCudaDriver.cuCtxSetCurrent(new CUcontext());
        JCudaDriver.cuDevicePrimaryCtxRelease(device);
    }
}
