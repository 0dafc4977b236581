package org.gradus.backend.cuda;

import static org.gradus.backend.cuda.EmulatedDevice.ok;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUevent;
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

/** Memory, streams and events of the emulator; what it must notice is done wrong here on purpose. */
final class EmulatorDriverTest {
    private static final int SLOW = 100_000;

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

    private static void assertMisuse(int status, String... words) {
        assertEquals(CUresult.CUDA_ERROR_ILLEGAL_ADDRESS, status);
        for (String word : words) {
            assertTrue(Emulator.misuses().contains(word), Emulator::misuses);
        }
    }

    @Test
    void itSaysWhatItIs() {
        byte[] name = new byte[100];
        ok(JCudaDriver.cuDeviceGetName(name, name.length, new CUdevice()));
        assertEquals(
                "CUDA emulator (tests only)",
                new String(name, StandardCharsets.UTF_8).strip().replace("\0", ""));
        String[] text = new String[1];
        ok(JCudaDriver.cuGetErrorName(CUresult.CUDA_ERROR_STREAM_CAPTURE_INVALIDATED, text));
        assertEquals("CUDA_ERROR_STREAM_CAPTURE_INVALIDATED", text[0]);
    }

    @Test
    void whatWasCopiedToTheDeviceComesBack() {
        CUdeviceptr x = device.doubles(3);
        CUdeviceptr y = device.doubles(3);
        device.upload(new double[] {1, 2, 3}, x, stream);
        ok(EmulatedDevice.copy(y, x, 3 * 8, stream));
        assertArrayEquals(new double[] {1, 2, 3}, device.download(y, 3, stream));
        assertEquals("", Emulator.misuses());
    }

    @Test
    void freshMemoryIsNaN() {
        assertTrue(Arrays.stream(device.download(device.doubles(1000), 1000, stream))
                .allMatch(Double::isNaN));
        assertTrue(Double.isNaN(device.pinned(1).values().get(0)));
    }

    @Test
    void aCopyBeyondABlockIsAMisuseThatSticksUntilTheContextEnds() {
        CUdeviceptr x = device.doubles(4);
        assertMisuse(
                JCudaDriver.cuMemcpyHtoDAsync(x, Pointer.to(new double[5]), 5 * 8, stream),
                "cuMemcpyHtoDAsync_v2",
                "40 bytes",
                "(32 bytes)");
        assertEquals(CUresult.CUDA_ERROR_ILLEGAL_ADDRESS, JCudaDriver.cuMemFree(x));
        assertEquals(CUresult.CUDA_ERROR_ILLEGAL_ADDRESS, JCudaDriver.cuStreamSynchronize(stream));
        device.close();
        device = new EmulatedDevice();
        ok(JCudaDriver.cuMemFree(device.doubles(1)));
    }

    @Test
    void freeingTwiceIsAMisuse() {
        CUdeviceptr x = device.doubles(4);
        ok(JCudaDriver.cuMemFree(x));
        assertMisuse(JCudaDriver.cuMemFree(x), "cuMemFree_v2", "released twice");
    }

    @Test
    void freeingTheMiddleOfABlockIsAMisuse() {
        assertMisuse(JCudaDriver.cuMemFree(device.doubles(4).withByteOffset(8)), "not the start");
    }

    @Test
    void aCopyFromFreedMemoryIsAMisuse() {
        CUdeviceptr x = device.doubles(4);
        ok(JCudaDriver.cuMemFree(x));
        int status = JCudaDriver.cuMemcpyDtoHAsync(Pointer.to(new double[4]), x, 4 * 8, stream);
        assertMisuse(status, "byte 0 of released device block");
    }

    @Test
    void memoryFreedBeforeTheStreamComesToItsCopyIsAMisuse() {
        CUdeviceptr x = device.doubles(4);
        EmulatedDevice.Pinned host = device.pinned(4);
        Emulator.delay(SLOW);
        ok(JCudaDriver.cuMemcpyDtoHAsync(host.address(), x, 4 * 8, stream));
        ok(JCudaDriver.cuMemFree(x));
        assertMisuse(JCudaDriver.cuStreamSynchronize(stream), "released device block");
    }

    @Test
    void overlappingCopiesAreAMisuse() {
        CUdeviceptr x = device.doubles(8);
        assertMisuse(EmulatedDevice.copy(x.withByteOffset(8), x, 16, stream), "overlap");
    }

    @Test
    void theDefaultStreamAndDestroyedOnesAreMisuses() {
        assertMisuse(JCudaDriver.cuStreamSynchronize(new CUstream()), "default stream");
        device.close();
        device = new EmulatedDevice();
        assertMisuse(JCudaDriver.cuStreamSynchronize(stream), "was destroyed");
    }

    @Test
    void pinnedCopiesReturnBeforeTheyAreDone() {
        CUdeviceptr x = device.doubles(1);
        EmulatedDevice.Pinned host = device.pinned(1);
        device.upload(new double[] {7}, x, stream);
        CUevent copied = new CUevent();
        ok(JCudaDriver.cuEventCreate(copied, 0));
        Emulator.delay(SLOW);
        ok(JCudaDriver.cuMemcpyDtoHAsync(host.address(), x, 8, stream));
        ok(JCudaDriver.cuEventRecord(copied, stream));
        assertEquals(CUresult.CUDA_ERROR_NOT_READY, JCudaDriver.cuEventQuery(copied));
        assertTrue(Double.isNaN(host.values().get(0)), "read without synchronization");
        ok(JCudaDriver.cuStreamSynchronize(stream));
        assertEquals(7, host.values().get(0));
        ok(JCudaDriver.cuEventQuery(copied));
    }

    @Test
    void pinnedMemoryIsReadWhenTheStreamComesToItAndPageableMemoryAtTheCall() {
        CUdeviceptr x = device.doubles(2);
        EmulatedDevice.Pinned pinned = device.pinned(1);
        double[] pageable = {1};
        pinned.values().put(0, 1);
        Emulator.delay(SLOW);
        ok(JCudaDriver.cuMemcpyHtoDAsync(x, pinned.address(), 8, stream));
        device.upload(pageable, x.withByteOffset(8), stream);
        pinned.values().put(0, 2);
        pageable[0] = 2;
        assertArrayEquals(new double[] {2, 1}, device.download(x, 2, stream));
    }

    @Test
    void anEventOrdersTwoStreamsAndItsAbsenceShows() {
        CUstream other = device.stream();
        CUevent event = new CUevent();
        ok(JCudaDriver.cuEventCreate(event, 0));
        CUdeviceptr before = device.doubles(1);
        for (boolean ordered : new boolean[] {true, false}) {
            CUdeviceptr x = device.doubles(1);
            Emulator.delay(SLOW);
            for (CUdeviceptr each : new CUdeviceptr[] {before, before, x}) {
                ok(JCudaDriver.cuMemsetD8Async(each, (byte) 0, 8, stream));
            }
            ok(JCudaDriver.cuEventRecord(event, stream));
            assertEquals(CUresult.CUDA_ERROR_NOT_READY, JCudaDriver.cuEventQuery(event));
            if (ordered) {
                ok(JCudaDriver.cuStreamWaitEvent(other, event, 0));
            }
            assertEquals(ordered ? 0 : Double.NaN, device.download(x, 1, other)[0]);
            ok(JCudaDriver.cuEventSynchronize(event));
            ok(JCudaDriver.cuEventQuery(event));
        }
    }

    @Test
    void anEventThatWasNeverRecordedIsReached() {
        CUevent event = new CUevent();
        ok(JCudaDriver.cuEventCreate(event, 0));
        ok(JCudaDriver.cuEventQuery(event));
        ok(JCudaDriver.cuEventSynchronize(event));
        ok(JCudaDriver.cuStreamWaitEvent(stream, event, 0));
        ok(JCudaDriver.cuStreamSynchronize(stream));
    }

    @Test
    void threadsWithoutTheContextAreRefused() throws Exception {
        int status = CompletableFuture.supplyAsync(() -> JCudaDriver.cuMemAlloc(new CUdeviceptr(), 8))
                .get();
        assertEquals(CUresult.CUDA_ERROR_INVALID_CONTEXT, status);
    }

    @Test
    void moreMemoryThanThereIsIsRefused() {
        long[] free = new long[1];
        long[] total = new long[1];
        ok(JCudaDriver.cuMemGetInfo(free, total));
        assertEquals(CUresult.CUDA_ERROR_OUT_OF_MEMORY, JCudaDriver.cuMemAlloc(new CUdeviceptr(), free[0] + 1));
        CUdeviceptr x = device.doubles(1 << 10);
        long[] less = new long[1];
        ok(JCudaDriver.cuMemGetInfo(less, total));
        assertEquals(8 << 10, free[0] - less[0]);
        ok(JCudaDriver.cuMemFree(x));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cuMemAlloc_v2:2", "cuEventQuery:1"})
    void callsFailOnDemand(String failure) {
        CUevent event = new CUevent();
        ok(JCudaDriver.cuEventCreate(event, 0));
        Emulator.fail(failure);
        int[] statuses = {
            JCudaDriver.cuMemAlloc(new CUdeviceptr(), 8),
            JCudaDriver.cuMemAlloc(new CUdeviceptr(), 8),
            JCudaDriver.cuEventQuery(event),
            JCudaDriver.cuEventQuery(event),
        };
        int[] expected = failure.startsWith("cuMemAlloc")
                ? new int[] {0, CUresult.CUDA_ERROR_OUT_OF_MEMORY, 0, 0}
                : new int[] {0, 0, CUresult.CUDA_ERROR_UNKNOWN, 0};
        assertArrayEquals(expected, statuses);
        assertEquals(2, Emulator.callCounts().get("cuMemAlloc_v2"));
    }

    @Test
    void aFailureThatIsNotUnderstoodIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Emulator.fail("cuMemAlloc_v2"));
        assertThrows(IllegalArgumentException.class, () -> Emulator.fail("cuMemAlloc_v2:0"));
    }

    @Test
    void whatLivesIsReportedUntilItIsReleased() {
        CUdeviceptr x = device.doubles(4);
        CUevent event = new CUevent();
        ok(JCudaDriver.cuEventCreate(event, 0));
        CUmodule module = device.probes();
        for (String kind :
                new String[] {"device block", "(32 bytes)", "event", "module", "stream", "primary context"}) {
            assertTrue(Emulator.leaks().contains(kind), Emulator::leaks);
        }
        ok(JCudaDriver.cuMemFree(x));
        ok(JCudaDriver.cuEventDestroy(event));
        ok(JCudaDriver.cuModuleUnload(module));
        ok(JCudaDriver.cuStreamDestroy(stream));
        assertEquals(1, Emulator.leaks().lines().count(), Emulator::leaks);
        ok(JCudaDriver.cuDevicePrimaryCtxRelease(new CUdevice()));
        assertEquals("", Emulator.leaks());
        ok(JCudaDriver.cuDevicePrimaryCtxRetain(new CUcontext(), new CUdevice()));
    }

    @Test
    void whatTheContextTookWithItIsALeakToo() {
        device.doubles(4);
        device.close();
        assertTrue(Emulator.leaks().contains("device block"), Emulator::leaks);
        device = new EmulatedDevice();
    }

    @Test
    void whatCouldNotBeReleasedSinceTheCallWasMadeToFailIsNoLeak() {
        CUdeviceptr x = device.doubles(4);
        Emulator.fail("cuMemFree_v2:1");
        assertEquals(CUresult.CUDA_ERROR_UNKNOWN, JCudaDriver.cuMemFree(x));
        assertTrue(!Emulator.leaks().contains("device block"), Emulator::leaks);
    }
}
