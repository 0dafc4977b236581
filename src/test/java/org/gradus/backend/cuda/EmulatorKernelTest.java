package org.gradus.backend.cuda;

import static org.gradus.backend.cuda.EmulatedDevice.launch;
import static org.gradus.backend.cuda.EmulatedDevice.ok;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUfunction;
import jcuda.driver.CUfunction_attribute;
import jcuda.driver.CUmodule;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;
import jcuda.nvrtc.JNvrtc;
import jcuda.nvrtc.nvrtcProgram;
import jcuda.nvrtc.nvrtcResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Kernels on the emulator: native/emulator/test/probes.cu. */
final class EmulatorKernelTest {
    private EmulatedDevice device;
    private CUstream stream;
    private CUmodule probes;

    @BeforeAll
    static void load() {
        Emulator.load();
    }

    @BeforeEach
    void open() {
        device = new EmulatedDevice();
        stream = device.stream();
        probes = device.probes();
    }

    @AfterEach
    void close() {
        device.close();
    }

    private static Pointer number(long value) {
        return Pointer.to(new long[] {value});
    }

    private int fill(CUdeviceptr x, long count) {
        CUfunction function = device.function(probes, "fill");
        int blocks = (int) (count + 31) / 32;
        ok(launch(function, blocks, 32, 0, stream, Pointer.to(x), number(count), Pointer.to(new double[] {2})));
        return JCudaDriver.cuStreamSynchronize(stream);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 31, 32, 33, 1000})
    void everyThreadOfEveryBlockWrites(int count) {
        CUdeviceptr x = device.doubles(count + 1);
        ok(fill(x, count));
        double[] values = device.download(x, count + 1, stream);
        assertTrue(Arrays.stream(values).limit(count).allMatch(value -> value == 2));
        assertTrue(Double.isNaN(values[count]));
    }

    @ParameterizedTest
    @CsvSource({"32, 1", "64, 3", "96, 2", "256, 5"})
    void blocksAddTheirNumbersByShufflesAndABarrier(int threads, int blocks) {
        CUdeviceptr x = device.doubles(threads * blocks);
        CUdeviceptr out = device.doubles(blocks);
        device.upload(IntStream.range(0, threads * blocks).asDoubleStream().toArray(), x, stream);
        ok(launch(
                device.function(probes, "block_sums"),
                blocks,
                threads,
                threads / 32 * 8,
                stream,
                Pointer.to(x),
                Pointer.to(out)));
        double[] expected = IntStream.range(0, blocks)
                .mapToDouble(
                        b -> IntStream.range(b * threads, (b + 1) * threads).sum())
                .toArray();
        assertArrayEquals(expected, device.download(out, blocks, stream));
        assertEquals("", Emulator.misuses());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 33, 1024})
    void aMissingBarrierShowsAsNaN(int threads) {
        CUdeviceptr x = device.doubles(threads);
        CUdeviceptr out = device.doubles(threads);
        double[] values = IntStream.range(0, threads).asDoubleStream().toArray();
        device.upload(values, x, stream);
        CUfunction reverse = device.function(probes, "reverse");
        for (int careless = 0; careless < 2; careless++) {
            ok(launch(reverse, 1, threads, threads * 8, stream, Pointer.to(x), Pointer.to(out), number(careless)));
            double first = device.download(out, threads, stream)[0];
            assertEquals(careless == 0 ? threads - 1 : Double.NaN, first);
        }
    }

    @Test
    void threadsThatReturnedAreNotWaitedFor() {
        CUdeviceptr count = device.doubles(1);
        ok(JCudaDriver.cuMemsetD8Async(count, (byte) 0, 8, stream));
        ok(launch(device.function(probes, "count_living"), 4, 100, 0, stream, Pointer.to(count)));
        assertEquals(4 * 66, Double.doubleToRawLongBits(device.download(count, 1, stream)[0]));
    }

    @ParameterizedTest
    @CsvSource({"part_ways, another place", "wait_for_ever, never come"})
    void threadsThatMissEachOtherAreAMisuse(String kernel, String words) {
        CUdeviceptr x = device.doubles(64);
        ok(launch(device.function(probes, kernel), 1, 64, 0, stream, Pointer.to(x)));
        assertEquals(CUresult.CUDA_ERROR_ILLEGAL_ADDRESS, JCudaDriver.cuStreamSynchronize(stream));
        assertTrue(Emulator.misuses().contains(words), Emulator::misuses);
        assertTrue(Emulator.misuses().contains("kernel " + kernel), Emulator::misuses);
    }

    @Test
    void ballotsAndSegmentedShufflesAreThoseOfADevice() {
        CUdeviceptr x = device.doubles(64);
        CUdeviceptr ballots = device.doubles(1);
        CUdeviceptr shifted = device.doubles(64);
        device.upload(IntStream.range(0, 64).mapToDouble(i -> i % 3 - 1).toArray(), x, stream);
        ok(launch(
                device.function(probes, "votes"),
                1,
                64,
                0,
                stream,
                Pointer.to(x),
                Pointer.to(ballots),
                Pointer.to(shifted)));
        long both = IntStream.range(0, 64)
                .filter(i -> i % 3 == 2)
                .mapToLong(i -> 1L << i)
                .sum();
        assertEquals(both, Double.doubleToRawLongBits(device.download(ballots, 1, stream)[0]));
        double[] expected = IntStream.range(0, 64)
                .mapToDouble(i -> (i % 16 < 8 ? i + 8 : i) % 3 - 1)
                .toArray();
        assertArrayEquals(expected, device.download(shifted, 64, stream));
    }

    @Test
    void writingBeyondABlockOfMemoryIsAMisuse() {
        assertEquals(CUresult.CUDA_ERROR_ILLEGAL_ADDRESS, fill(device.doubles(32), 64));
        assertTrue(Emulator.misuses().contains("0 bytes past the end of device block"), Emulator::misuses);
        assertTrue(Emulator.misuses().contains("kernel fill: a write"), Emulator::misuses);
    }

    @Test
    void writingIntoTheGapBehindABlockIsNoticedWhenItIsFreed() {
        CUdeviceptr x = device.doubles(33);
        ok(fill(x, 34));
        assertEquals(CUresult.CUDA_ERROR_ILLEGAL_ADDRESS, JCudaDriver.cuMemFree(x));
        assertTrue(Emulator.misuses().contains("were overwritten"), Emulator::misuses);
    }

    @Test
    void kernelsThatUseFreedMemoryAreAMisuse() {
        CUdeviceptr x = device.doubles(32);
        ok(JCudaDriver.cuMemFree(x));
        assertEquals(CUresult.CUDA_ERROR_ILLEGAL_ADDRESS, fill(x, 32));
        assertTrue(Emulator.misuses().contains("byte 0 of released device block"), Emulator::misuses);
    }

    @Test
    void kernelsGoOnAfterOneThatFaulted() {
        blocksAddTheirNumbersByShufflesAndABarrier(64, 3);
        assertEquals(CUresult.CUDA_ERROR_ILLEGAL_ADDRESS, fill(device.doubles(32), 64));
        close();
        open();
        blocksAddTheirNumbersByShufflesAndABarrier(256, 5);
    }

    @ParameterizedTest
    @CsvSource({"1025, 0, 1", "0, 0, 1", "257, 0, 701", "32, 49153, 1", "32, 49152, 0"})
    void launchesBeyondTheLimitsAreRefused(int threads, int sharedBytes, int expected) {
        CUdeviceptr x = device.doubles(1024);
        CUfunction function = device.function(probes, "block_sums");
        assertEquals(expected, launch(function, 1, threads, sharedBytes, stream, Pointer.to(x), Pointer.to(x)));
        ok(JCudaDriver.cuStreamSynchronize(stream));
    }

    @Test
    void moreSharedMemoryIsThereForTheAsking() {
        CUfunction function = device.function(probes, "block_sums");
        int attribute = CUfunction_attribute.CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES;
        assertEquals(CUresult.CUDA_ERROR_INVALID_VALUE, JCudaDriver.cuFuncSetAttribute(function, attribute, 232449));
        ok(JCudaDriver.cuFuncSetAttribute(function, attribute, 232448));
        CUdeviceptr x = device.doubles(32);
        ok(launch(function, 1, 32, 232448, stream, Pointer.to(x), Pointer.to(x)));
        ok(JCudaDriver.cuStreamSynchronize(stream));
    }

    @ParameterizedTest
    @CsvSource({
        "--gpu-architecture=sm_90, -DREAL=double, '', NVRTC_SUCCESS",
        "--gpu-architecture=sm_90, -DREAL=half, '', NVRTC_ERROR_COMPILATION",
        "--gpu-architecture=sm_90, -DREAL=double, ' ', NVRTC_ERROR_COMPILATION",
        "--gpu-architecture=sm_90, -DREAL=double, '#error of the test', NVRTC_ERROR_COMPILATION",
        "--gpu-architecture=sm_30, -DREAL=double, '', NVRTC_ERROR_INVALID_OPTION",
    })
    void onlySourcesThatTheEmulatorWasBuiltFromCompile(String architecture, String real, String more, String expected) {
        nvrtcProgram program = new nvrtcProgram();
        String source = EmulatedDevice.probeSource() + more;
        assertEquals(0, JNvrtc.nvrtcCreateProgram(program, source, "probes.cu", 0, new String[0], new String[0]));
        String[] options = {architecture, real};
        assertEquals(expected, nvrtcResult.stringFor(JNvrtc.nvrtcCompileProgram(program, 2, options)));
        String[] log = new String[1];
        assertEquals(0, JNvrtc.nvrtcGetProgramLog(program, log));
        assertEquals(!expected.equals("NVRTC_SUCCESS"), log[0].contains("error"), log[0]);
        assertTrue(!more.startsWith("#error") || log[0].contains("#error of the test"), log[0]);
        assertEquals(0, JNvrtc.nvrtcDestroyProgram(program));
    }

    @Test
    void imagesOfAnotherDeviceAreRefused() {
        byte[] older =
                EmulatedDevice.compile(EmulatedDevice.probeSource(), "--gpu-architecture=sm_80", "-DREAL=double");
        assertEquals(CUresult.CUDA_ERROR_NO_BINARY_FOR_GPU, JCudaDriver.cuModuleLoadData(new CUmodule(), older));
        byte[] foreign = {0x7f, 'E', 'L', 'F', 0};
        assertEquals(CUresult.CUDA_ERROR_INVALID_IMAGE, JCudaDriver.cuModuleLoadData(new CUmodule(), foreign));
    }
}
