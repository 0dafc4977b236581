package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests that call the emulator's libraries: a device for each test, and nothing left alive after it. */
abstract class EmulatorFixture {
    EmulatedStream device;

    @BeforeEach
    final void openDevice() {
        device = new EmulatedStream();
    }

    @AfterEach
    final void closeDevice() {
        device.close();
        String leaks = Emulator.leaks();
        Emulator.reset();
        assertEquals("", leaks);
    }

    static void assertMisuse(String part) {
        assertTrue(Emulator.misuses().contains(part), Emulator.misuses());
    }
}
