package org.gradus.backend.cuda;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUstream;
import jcuda.driver.CUstream_flags;
import jcuda.driver.JCudaDriver;
import org.gradus.backend.Precision;

/** The emulator's device with one stream, for tests of single kernels. */
final class KernelDevice implements AutoCloseable {
    private final Context context;
    private final CUstream stream = new CUstream();
    private final List<Place> places = new ArrayList<>();
    private final DeviceInfo info;
    private final Modules modules;

    private static final class Place extends CUdeviceptr {
        long address() {
            return getNativePointer();
        }
    }

    /** Skips the calling test visibly where there is no emulator. Its cache of kernels is in {@code cache}. */
    static KernelDevice open(Path cache) {
        return EmulatedCuda.with(() -> {
            Libraries.load();
            return new KernelDevice(cache);
        });
    }

    private KernelDevice(Path cache) {
        info = DeviceInfo.select(0);
        context = new Context(info.index());
        check(JCudaDriver.cuStreamCreateWithPriority(stream, CUstream_flags.CU_STREAM_NON_BLOCKING, 0));
        modules = new Modules(context, new Compiler(new KernelCache(cache), info.major(), info.minor()));
    }

    DeviceInfo info() {
        return info;
    }

    Modules modules() {
        return modules;
    }

    CUstream stream() {
        return stream;
    }

    /** Numbers in device memory, rounded to the precision; their address. */
    long put(Precision precision, double... numbers) {
        if (precision == Precision.FLOAT64) {
            return put(Pointer.to(numbers), (long) numbers.length * Double.BYTES);
        }
        float[] rounded = new float[numbers.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) numbers[i];
        }
        return put(Pointer.to(rounded), (long) rounded.length * Float.BYTES);
    }

    long put(long... numbers) {
        return put(Pointer.to(numbers), (long) numbers.length * Long.BYTES);
    }

    long put(int... numbers) {
        return put(Pointer.to(numbers), (long) numbers.length * Integer.BYTES);
    }

    /** A Java array is pinned during the call only, so the copy must end before it returns. */
    private long put(Pointer host, long bytes) {
        Place place = new Place();
        check(JCudaDriver.cuMemAlloc(place, bytes));
        places.add(place);
        check(JCudaDriver.cuMemcpyHtoDAsync(place, host, bytes, stream));
        await();
        return place.address();
    }

    double[] get(Precision precision, long address, int count) {
        double[] numbers = new double[count];
        if (precision == Precision.FLOAT64) {
            get(Pointer.to(numbers), address, (long) count * Double.BYTES);
            return numbers;
        }
        float[] singles = new float[count];
        get(Pointer.to(singles), address, (long) count * Float.BYTES);
        for (int i = 0; i < count; i++) {
            numbers[i] = singles[i];
        }
        return numbers;
    }

    int[] get(long address, int count) {
        int[] numbers = new int[count];
        get(Pointer.to(numbers), address, (long) count * Integer.BYTES);
        return numbers;
    }

    private void get(Pointer host, long address, long bytes) {
        Place place = places.stream()
                .filter(each -> each.address() == address)
                .findFirst()
                .orElseThrow();
        check(JCudaDriver.cuMemcpyDtoHAsync(host, place, bytes, stream));
        await();
    }

    void await() {
        check(JCudaDriver.cuStreamSynchronize(stream));
    }

    private static void check(int status) {
        Status.driver("a call of the test", status);
    }

    @Override
    public void close() {
        modules.close();
        places.forEach(place -> check(JCudaDriver.cuMemFree(place)));
        check(JCudaDriver.cuStreamDestroy(stream));
        context.close();
    }
}
