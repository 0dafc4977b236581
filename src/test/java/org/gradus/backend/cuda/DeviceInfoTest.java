package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.gradus.backend.BackendException;
import org.gradus.backend.Precision;
import org.junit.jupiter.api.Test;

final class DeviceInfoTest {
    private static DeviceInfo device(int major, int minor, int singleToDouble) {
        return new DeviceInfo(
                0, "A Device", 1L << 34, 12_060, major, minor, 100, 1_500_000, singleToDouble, 166_912, "", "");
    }

    @Test
    void tf32IsRefusedWhereTheDeviceHasNone() {
        assertDoesNotThrow(device(8, 0, 2)::requireTf32);
        assertEquals(
                "cuda: compute.precision tf32 needs compute capability 8.0 or newer, and device 0, A Device, has 7.5;"
                        + " use float32",
                assertThrows(BackendException.class, device(7, 5, 32)::requireTf32)
                        .getMessage());
    }

    @Test
    void aDeviceWithSlowDoublesGetsLessOfThemAtOnce() {
        DeviceInfo dataCentre = device(9, 0, 2);
        DeviceInfo desktop = device(8, 9, 64);
        assertEquals(2, dataCentre.workPerSecond(Precision.FLOAT32) / dataCentre.workPerSecond(Precision.FLOAT64));
        assertEquals(64, desktop.workPerSecond(Precision.FLOAT32) / desktop.workPerSecond(Precision.FLOAT64));
    }
}
