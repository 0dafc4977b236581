package org.gradus.backend.cuda;

import org.gradus.backend.Backend;
import org.gradus.backend.BackendContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract, on the emulator. */
final class CudaBackendTest extends BackendContract {
    @BeforeAll
    static void loadTheEmulator() {
        Emulator.load();
        Emulator.reset(); // what other tests of the process left
    }

    @Override
    protected Backend open() {
        return EmulatedCuda.open();
    }

    @BeforeAll
    static void othersAreForgotten() {
        EmulatedCuda.begin();
    }

    @AfterAll
    static void allLeftTheDeviceClean() {
        EmulatedCuda.assertClean();
    }
}
