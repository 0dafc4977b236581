package org.gradus.backend.openblas;

import org.gradus.backend.Backend;
import org.gradus.backend.BackendContract;
import org.junit.jupiter.api.Nested;

/** The contract for teams of one, two and three. */
final class OpenBlasBackendTest {

    @Nested
    final class OneThread extends BackendContract {
        @Override
        protected Backend open() {
            return new OpenBlasBackend(1);
        }
    }

    @Nested
    final class TwoThreads extends BackendContract {
        @Override
        protected Backend open() {
            return new OpenBlasBackend(2);
        }
    }

    @Nested
    final class ThreeThreads extends BackendContract {
        @Override
        protected Backend open() {
            return new OpenBlasBackend(3);
        }
    }
}
