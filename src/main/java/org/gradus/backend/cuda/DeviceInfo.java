package org.gradus.backend.cuda;

import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_CLOCK_RATE;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_SINGLE_TO_DOUBLE_PRECISION_PERF_RATIO;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUuuid;
import jcuda.driver.JCudaDriver;
import org.gradus.backend.BackendException;
import org.gradus.backend.Precision;

/**
 * A device as its driver describes it.
 *
 * @param index CUDA's number, from 0
 * @param totalBytes of its memory
 * @param driverVersion the newest CUDA that the driver knows, 1000·major + 10·minor
 * @param major of the compute capability
 * @param minor of the compute capability
 * @param singleToDoubleRatio how many times as fast float32 is as float64
 * @param sharedBytesPerBlock the most shared memory that a block can have, opted in for
 * @param busId such as 0000:3b:00.0
 * @param uuid such as GPU-8f1d…, as nvidia-smi writes it
 */
public record DeviceInfo(
        int index,
        String name,
        long totalBytes,
        int driverVersion,
        int major,
        int minor,
        int multiprocessors,
        int clockKilohertz,
        int singleToDoubleRatio,
        int sharedBytesPerBlock,
        String busId,
        String uuid) {
    private static final int LONGEST_TEXT = 256;

    /**
     * Every device of this machine, in CUDA's order; the driver is loaded, where it is not yet.
     *
     * @throws BackendException if there is no usable driver or no device
     */
    public static List<DeviceInfo> all() {
        Libraries.startDriver();
        return IntStream.range(0, count()).mapToObj(DeviceInfo::of).toList();
    }

    /**
     * The device of this number.
     *
     * @throws BackendException if this machine has none
     */
    static DeviceInfo select(int index) {
        Libraries.startDriver();
        int count = count();
        if (index < 0 || index >= count) {
            throw new BackendException("cuda: device " + index + " (compute.device) does not exist; this machine has "
                    + (count == 1 ? "1 device, number 0" : count + " devices, numbers 0 to " + (count - 1)));
        }
        return of(index);
    }

    static int count() {
        int[] count = new int[1];
        Status.driver("cuDeviceGetCount", JCudaDriver.cuDeviceGetCount(count));
        return count[0];
    }

    private static DeviceInfo of(int index) {
        CUdevice device = handle(index);
        byte[] name = new byte[LONGEST_TEXT];
        Status.driver("cuDeviceGetName", JCudaDriver.cuDeviceGetName(name, name.length, device));
        long[] total = new long[1];
        Status.driver("cuDeviceTotalMem", JCudaDriver.cuDeviceTotalMem(total, device));
        String[] bus = new String[1];
        Status.driver("cuDeviceGetPCIBusId", JCudaDriver.cuDeviceGetPCIBusId(bus, LONGEST_TEXT, device));
        CUuuid uuid = new CUuuid();
        Status.driver("cuDeviceGetUuid", JCudaDriver.cuDeviceGetUuid(uuid, device));
        return new DeviceInfo(
                index,
                text(name),
                total[0],
                Libraries.driverVersion(),
                attribute(device, CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR),
                attribute(device, CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR),
                attribute(device, CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT),
                attribute(device, CU_DEVICE_ATTRIBUTE_CLOCK_RATE),
                attribute(device, CU_DEVICE_ATTRIBUTE_SINGLE_TO_DOUBLE_PRECISION_PERF_RATIO),
                attribute(device, CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN),
                String.valueOf(bus[0]).strip(),
                uuidText(uuid.bytes));
    }

    private static CUdevice handle(int index) {
        CUdevice device = new CUdevice();
        Status.driver("cuDeviceGet", JCudaDriver.cuDeviceGet(device, index));
        return device;
    }

    private static int attribute(CUdevice device, int attribute) {
        int[] value = new int[1];
        Status.driver("cuDeviceGetAttribute", JCudaDriver.cuDeviceGetAttribute(value, attribute, device));
        return value[0];
    }

    /** C's text: up to the first zero. */
    static String text(byte[] bytes) {
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8).strip();
    }

    /** 16 bytes as GPU-xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx. */
    static String uuidText(byte[] bytes) {
        String hex = HexFormat.of().formatHex(bytes);
        return "GPU-" + hex.substring(0, 8) + "-" + hex.substring(8, 12) + "-" + hex.substring(12, 16) + "-"
                + hex.substring(16, 20) + "-" + hex.substring(20);
    }

    /** 9.0 */
    public String computeCapability() {
        return major + "." + minor;
    }

    /** The newest CUDA that the driver knows, such as 12.8. */
    public String driver() {
        return Libraries.versionText(driverVersion);
    }

    /** Name, compute capability and memory, for people. */
    String describe() {
        return String.format(
                Locale.ROOT, "%s (compute capability %s, %.1f GiB)", name, computeCapability(), totalBytes / 0x1p30);
    }

    /** The same in more detail, by name, for the manifest. */
    Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("index", index);
        details.put("name", name);
        details.put("memory_bytes", totalBytes);
        details.put("driver", driver());
        details.put("compute_capability", computeCapability());
        details.put("multiprocessors", multiprocessors);
        details.put("pci_bus_id", busId);
        details.put("uuid", uuid);
        return details;
    }

    /** @throws BackendException if the device has no TF32, which came with compute capability 8.0 */
    void requireTf32() {
        if (major < 8) {
            throw new BackendException("cuda: compute.precision tf32 needs compute capability 8.0 or newer, and device "
                    + index + ", " + name + ", has " + computeCapability() + "; use float32");
        }
    }

    /** Data-centre devices compute float64 at half the rate of float32, others at 1/32 or 1/64. */
    boolean hasFastDoubles() {
        return singleToDoubleRatio <= 4;
    }

    /** Floating-point operations a second without tensor cores: 2 · lanes · multiprocessors · clock; at least 1e9. */
    double workPerSecond(Precision precision) {
        int lanes = major >= 9 || (major == 8 && minor >= 6) ? 128 : 64; // of float32, in a multiprocessor
        double single = 2.0 * lanes * multiprocessors * clockKilohertz * 1e3;
        double rate = precision == Precision.FLOAT64 ? single / Math.max(1, singleToDoubleRatio) : single;
        return Math.max(1e9, rate);
    }

    /**
     * Bytes of its memory that are free now; its primary context lives for as long as that takes, or goes on where it is in
     * use. Empty where the device cannot be had, as when another process has it to itself.
     */
    public OptionalLong freeBytes() {
        CUdevice device = handle(index);
        CUcontext context = new CUcontext();
        if (JCudaDriver.cuDevicePrimaryCtxRetain(context, device) != 0) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(freeBytes(context));
        } finally {
            Status.driver("cuDevicePrimaryCtxRelease", JCudaDriver.cuDevicePrimaryCtxRelease(device));
        }
    }

    /** Asked on a thread of its own: the caller's current context stays what it is, even one that is gone. */
    private static long freeBytes(CUcontext context) {
        FutureTask<Long> asking = new FutureTask<>(() -> {
            long[] free = new long[1];
            Status.driver("cuCtxSetCurrent", JCudaDriver.cuCtxSetCurrent(context));
            Status.driver("cuMemGetInfo", JCudaDriver.cuMemGetInfo(free, new long[1]));
            return free[0];
        });
        new Thread(asking, "free-bytes").start();
        try {
            return asking.get();
        } catch (ExecutionException e) {
            throw new BackendException(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackendException("cuda: interrupted while the device was asked for its free memory", e);
        }
    }
}
