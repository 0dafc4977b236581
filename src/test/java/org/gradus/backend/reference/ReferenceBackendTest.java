package org.gradus.backend.reference;

import org.gradus.backend.Backend;
import org.gradus.backend.BackendContract;

final class ReferenceBackendTest extends BackendContract {
    @Override
    protected Backend open() {
        return new ReferenceBackend();
    }
}
