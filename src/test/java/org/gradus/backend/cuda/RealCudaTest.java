package org.gradus.backend.cuda;

import org.gradus.backend.Backend;
import org.gradus.backend.BackendContract;
import org.gradus.backend.Options;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract, on a real device. */
@Tag("gpu")
@ExtendWith(OnRealDevice.class)
final class RealCudaTest extends BackendContract {
    @Override
    protected Backend open() {
        return new CudaBackend(Options.threads(1));
    }
}
