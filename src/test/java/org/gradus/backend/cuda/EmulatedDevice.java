package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import jcuda.Pointer;
import jcuda.Sizeof;
import jcuda.driver.CUDA_MEMCPY2D;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUfunction;
import jcuda.driver.CUmemorytype;
import jcuda.driver.CUmodule;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;
import jcuda.nvrtc.JNvrtc;
import jcuda.nvrtc.nvrtcProgram;

/** The emulator's context on the test's thread, and short ways to its calls, each expected to succeed. */
final class EmulatedDevice implements AutoCloseable {
    /** CU_STREAM_NON_BLOCKING. */
    private static final int NON_BLOCKING = 1;

    private static final Path PROBES = Path.of("native", "emulator", "test", "probes.cu");

    private final CUdevice device = new CUdevice();
    private final CUcontext context = new CUcontext();

    EmulatedDevice() {
        Emulator.load();
        Emulator.reset();
        ok(JCudaDriver.cuInit(0));
        ok(JCudaDriver.cuDeviceGet(device, 0));
        ok(JCudaDriver.cuDevicePrimaryCtxRetain(context, device));
        ok(JCudaDriver.cuCtxSetCurrent(context));
    }

    static void ok(int status) {
        assertEquals(CUresult.CUDA_SUCCESS, status, () -> CUresult.stringFor(status) + "\n" + Emulator.misuses());
    }

    CUcontext context() {
        return context;
    }

    CUstream stream() {
        CUstream stream = new CUstream();
        ok(JCudaDriver.cuStreamCreateWithPriority(stream, NON_BLOCKING, 0));
        return stream;
    }

    CUdeviceptr doubles(int count) {
        CUdeviceptr address = new CUdeviceptr();
        ok(JCudaDriver.cuMemAlloc(address, (long) count * Sizeof.DOUBLE));
        return address;
    }

    Pinned pinned(int count) {
        Pointer address = new Pointer();
        ok(JCudaDriver.cuMemHostAlloc(address, (long) count * Sizeof.DOUBLE, 0));
        ByteBuffer bytes =
                address.getByteBuffer(0, (long) count * Sizeof.DOUBLE).order(ByteOrder.nativeOrder());
        return new Pinned(address, bytes.asDoubleBuffer());
    }

    /** Memory of the host that the device reaches. */
    record Pinned(Pointer address, DoubleBuffer values) {}

    void upload(double[] host, CUdeviceptr to, CUstream stream) {
        ok(JCudaDriver.cuMemcpyHtoDAsync(to, Pointer.to(host), (long) host.length * Sizeof.DOUBLE, stream));
    }

    /** One row of these bytes. */
    static int copy(CUdeviceptr to, CUdeviceptr from, long bytes, CUstream stream) {
        CUDA_MEMCPY2D copy = new CUDA_MEMCPY2D();
        copy.srcMemoryType = CUmemorytype.CU_MEMORYTYPE_DEVICE;
        copy.srcDevice = from;
        copy.dstMemoryType = CUmemorytype.CU_MEMORYTYPE_DEVICE;
        copy.dstDevice = to;
        copy.WidthInBytes = bytes;
        copy.Height = 1;
        return JCudaDriver.cuMemcpy2DAsync(copy, stream);
    }

    double[] download(CUdeviceptr from, int count, CUstream stream) {
        double[] host = new double[count];
        ok(JCudaDriver.cuMemcpyDtoHAsync(Pointer.to(host), from, (long) count * Sizeof.DOUBLE, stream));
        return host;
    }

    /** native/emulator/test/probes.cu in float64. */
    CUmodule probes() {
        CUmodule module = new CUmodule();
        ok(JCudaDriver.cuModuleLoadData(module, compile(probeSource(), "--gpu-architecture=sm_90", "-DREAL=double")));
        return module;
    }

    static String probeSource() {
        try {
            return Files.readString(PROBES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] compile(String source, String... options) {
        nvrtcProgram program = new nvrtcProgram();
        assertEquals(0, JNvrtc.nvrtcCreateProgram(program, source, "probes.cu", 0, new String[0], new String[0]));
        assertEquals(0, JNvrtc.nvrtcCompileProgram(program, options.length, options));
        long[] size = new long[1];
        assertEquals(0, JNvrtc.nvrtcGetCUBINSize(program, size));
        byte[] image = new byte[(int) size[0]];
        assertEquals(0, JNvrtc.nvrtcGetCUBIN(program, image));
        assertEquals(0, JNvrtc.nvrtcDestroyProgram(program));
        return image;
    }

    CUfunction function(CUmodule module, String name) {
        CUfunction function = new CUfunction();
        ok(JCudaDriver.cuModuleGetFunction(function, module, name));
        return function;
    }

    /** One-dimensional. */
    static int launch(
            CUfunction function, int blocks, int threads, int sharedBytes, CUstream stream, Pointer... arguments) {
        return JCudaDriver.cuLaunchKernel(
                function, blocks, 1, 1, threads, 1, 1, sharedBytes, stream, Pointer.to(arguments), null);
    }

    @Override
    public void close() {
        Emulator.fail(null);
        Emulator.delay(-1); // or every later test of the process is slow
        ok(JCudaDriver.cuDevicePrimaryCtxRelease(device));
    }
}
