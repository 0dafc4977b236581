package org.gradus.backend.cuda;

import static org.gradus.backend.cuda.EmulatedDevice.launch;
import static org.gradus.backend.cuda.EmulatedDevice.ok;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUevent;
import jcuda.driver.CUfunction;
import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.CUmodule;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphs of the emulator: what is captured, replayed and forbidden. */
final class EmulatorCaptureTest {
    /** CU_STREAM_CAPTURE_MODE_THREAD_LOCAL. */
    private static final int THREAD_LOCAL = 1;

    private EmulatedDevice device;
    private CUstream stream;

    @BeforeAll
    static void load() {
        Emulator.load();
    }

    @BeforeEach
    void open() {
        device = new EmulatedDevice();
        stream = device.stream();
    }

    @AfterEach
    void close() {
        device.close();
    }

    private CUgraphExec instantiate() {
        CUgraph graph = new CUgraph();
        ok(JCudaDriver.cuStreamEndCapture(stream, graph));
        CUgraphExec executable = new CUgraphExec();
        ok(JCudaDriver.cuGraphInstantiate(executable, graph, 0));
        ok(JCudaDriver.cuGraphDestroy(graph));
        return executable;
    }

    @Test
    void capturedWorkIsDoneOncePerReplayAndNotBefore() {
        CUfunction count = device.function(device.probes(), "count_living");
        CUdeviceptr counter = device.doubles(1);
        ok(JCudaDriver.cuMemsetD8Async(counter, (byte) 0, 8, stream));
        ok(JCudaDriver.cuStreamBeginCapture(stream, THREAD_LOCAL));
        ok(launch(count, 1, 9, 0, stream, Pointer.to(counter)));
        CUgraphExec executable = instantiate();
        assertEquals(0, Double.doubleToRawLongBits(device.download(counter, 1, stream)[0]));
        ok(JCudaDriver.cuGraphUpload(executable, stream));
        for (int k = 1; k <= 3; k++) {
            ok(JCudaDriver.cuGraphLaunch(executable, stream));
        }
        assertEquals(3 * 6, Double.doubleToRawLongBits(device.download(counter, 1, stream)[0]));
        ok(JCudaDriver.cuGraphExecDestroy(executable));
        assertEquals("", Emulator.misuses());
    }

    @Test
    void replaysReadPinnedMemoryAsItIsThen() {
        CUdeviceptr x = device.doubles(1);
        EmulatedDevice.Pinned host = device.pinned(1);
        host.values().put(0, 1);
        ok(JCudaDriver.cuStreamBeginCapture(stream, THREAD_LOCAL));
        ok(JCudaDriver.cuMemcpyHtoDAsync(x, host.address(), 8, stream));
        CUgraphExec executable = instantiate();
        host.values().put(0, 5);
        ok(JCudaDriver.cuGraphLaunch(executable, stream));
        assertArrayEquals(new double[] {5}, device.download(x, 1, stream));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cuMemAlloc",
                "cuMemFree",
                "cuMemHostAlloc",
                "cuMemFreeHost",
                "cuStreamSynchronize",
                "cuStreamSynchronize of another",
                "cuEventSynchronize",
                "cuEventRecord",
                "cuMemcpyHtoDAsync",
                "cuMemcpyDtoHAsync",
                "cuModuleLoadData"
            })
    void forbiddenCallsFailAndTheCaptureWithThem(String call) {
        CUdeviceptr x = device.doubles(1);
        EmulatedDevice.Pinned pinned = device.pinned(1);
        CUstream other = device.stream();
        CUevent event = new CUevent();
        ok(JCudaDriver.cuEventCreate(event, 0));
        byte[] image = EmulatedDevice.compile(EmulatedDevice.probeSource(), "--gpu-architecture=sm_90", "-DREAL=float");
        Map<String, IntSupplier> calls = Map.ofEntries(
                Map.entry("cuMemAlloc", () -> JCudaDriver.cuMemAlloc(new CUdeviceptr(), 8)),
                Map.entry("cuMemFree", () -> JCudaDriver.cuMemFree(x)),
                Map.entry("cuMemHostAlloc", () -> JCudaDriver.cuMemHostAlloc(new Pointer(), 8, 0)),
                Map.entry("cuMemFreeHost", () -> JCudaDriver.cuMemFreeHost(pinned.address())),
                Map.entry("cuStreamSynchronize", () -> JCudaDriver.cuStreamSynchronize(stream)),
                Map.entry("cuStreamSynchronize of another", () -> JCudaDriver.cuStreamSynchronize(other)),
                Map.entry("cuEventSynchronize", () -> JCudaDriver.cuEventSynchronize(event)),
                Map.entry("cuEventRecord", () -> JCudaDriver.cuEventRecord(event, stream)),
                Map.entry(
                        "cuMemcpyHtoDAsync",
                        () -> JCudaDriver.cuMemcpyHtoDAsync(x, Pointer.to(new double[1]), 8, stream)),
                Map.entry(
                        "cuMemcpyDtoHAsync",
                        () -> JCudaDriver.cuMemcpyDtoHAsync(Pointer.to(new double[1]), x, 8, stream)),
                Map.entry("cuModuleLoadData", () -> JCudaDriver.cuModuleLoadData(new CUmodule(), image)));
        ok(JCudaDriver.cuStreamBeginCapture(stream, THREAD_LOCAL));
        ok(JCudaDriver.cuMemsetD8Async(x, (byte) 0, 8, stream));
        assertEquals(
                CUresult.CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED, calls.get(call).getAsInt());
        assertEquals(
                CUresult.CUDA_ERROR_STREAM_CAPTURE_INVALIDATED, JCudaDriver.cuMemsetD8Async(x, (byte) 0, 8, stream));
        assertEquals(
                CUresult.CUDA_ERROR_STREAM_CAPTURE_INVALIDATED, JCudaDriver.cuStreamEndCapture(stream, new CUgraph()));
        assertTrue(Double.isNaN(device.download(x, 1, stream)[0]), "work of a failed capture was done");
    }

    @Test
    void otherThreadsAllocateAndWaitDuringACapture() throws Exception {
        CUdeviceptr x = device.doubles(1);
        CUstream other = device.stream();
        CUcontext context = device.context();
        ok(JCudaDriver.cuStreamBeginCapture(stream, THREAD_LOCAL));
        ok(JCudaDriver.cuMemsetD8Async(x, (byte) 0, 8, stream));
        CompletableFuture.runAsync(() -> {
                    ok(JCudaDriver.cuCtxSetCurrent(context));
                    device.upload(new double[] {3}, x, other);
                    ok(JCudaDriver.cuMemFree(device.doubles(1)));
                    ok(JCudaDriver.cuStreamSynchronize(other));
                })
                .get();
        CUgraphExec executable = instantiate();
        assertArrayEquals(new double[] {3}, device.download(x, 1, stream));
        ok(JCudaDriver.cuGraphLaunch(executable, stream));
        assertArrayEquals(new double[] {0}, device.download(x, 1, stream));
    }

    @Test
    void aCaptureEndsOnTheThreadThatBeganIt() throws Exception {
        CUcontext context = device.context();
        ok(JCudaDriver.cuStreamBeginCapture(stream, THREAD_LOCAL));
        int status = CompletableFuture.supplyAsync(() -> {
                    ok(JCudaDriver.cuCtxSetCurrent(context));
                    return JCudaDriver.cuStreamEndCapture(stream, new CUgraph());
                })
                .get();
        assertEquals(CUresult.CUDA_ERROR_STREAM_CAPTURE_WRONG_THREAD, status);
    }

    @Test
    void aDestroyedGraphIsNotLaunched() {
        ok(JCudaDriver.cuStreamBeginCapture(stream, THREAD_LOCAL));
        CUgraphExec executable = instantiate();
        ok(JCudaDriver.cuGraphExecDestroy(executable));
        assertEquals(CUresult.CUDA_ERROR_ILLEGAL_ADDRESS, JCudaDriver.cuGraphLaunch(executable, stream));
        assertTrue(Emulator.misuses().contains("was destroyed"), Emulator::misuses);
    }
}
