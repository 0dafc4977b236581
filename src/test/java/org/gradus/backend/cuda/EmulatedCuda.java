package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.Supplier;
import jcuda.driver.CUdevice;
import jcuda.driver.JCudaDriver;
import org.gradus.backend.Backend;
import org.gradus.backend.Options;

/** The CUDA backend on the emulator, for tests of any package; skipped where the emulator cannot be built. */
public final class EmulatedCuda {
    private EmulatedCuda() {}

    /** What {@code use} gives while CUDA's libraries are the emulator's. */
    public static <T> T with(Supplier<T> use) {
        Emulator.load();
        System.setProperty("gradus.emulated-gpu", "true");
        System.setProperty("gradus.emulator", Emulator.build().toString());
        try {
            return use.get();
        } finally {
            System.clearProperty("gradus.emulated-gpu");
            System.clearProperty("gradus.emulator");
        }
    }

    /** Options of a JVM in whose process CUDA's libraries are the emulator's. */
    public static List<String> options() {
        return List.of("-Dgradus.emulated-gpu=true", "-Dgradus.emulator=" + Emulator.build());
    }

    public static Backend open() {
        return open(Options.threads(1));
    }

    public static Backend open(Options options) {
        return with(() -> new CudaBackend(options));
    }

    /** Before tests that {@link #assertClean}: what other tests provoked is forgotten. */
    public static void begin() {
        Emulator.load();
        Emulator.reset();
    }

    /** Releases the primary context once more, after a release that was made to fail. */
    public static void releaseContext() {
        CUdevice device = new CUdevice();
        EmulatedDevice.ok(JCudaDriver.cuDeviceGet(device, 0));
        EmulatedDevice.ok(JCudaDriver.cuDevicePrimaryCtxRelease(device));
    }

    /** After a backend was closed: it has given everything back, and made no use that a device would not have stood. */
    public static void assertClean() {
        assertEquals("", Emulator.misuses(), "misuses");
        assertEquals("", Emulator.leaks(), "leaks");
    }
}
