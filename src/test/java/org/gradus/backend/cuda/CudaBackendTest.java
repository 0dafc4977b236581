package org.gradus.backend.cuda;

import org.gradus.backend.Backend;
import org.gradus.backend.BackendContract;
import org.junit.jupiter.api.AfterAll;

/** The contract, on the emulator. */
final class CudaBackendTest extends BackendContract {
    @Override
    protected Backend open() {
        return EmulatedCuda.open();
    }

    @AfterAll
    static void allLeftTheDeviceClean() {
        EmulatedCuda.assertClean();
    }
}
