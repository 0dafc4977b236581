package org.gradus.backend.cuda;

import org.gradus.backend.BackendException;

/** Frees what there is to free, whatever fails on the way; the first failure is thrown when all is done. */
final class Closing {
    private BackendException first;

    void driver(String call, int status) {
        attempt(() -> Status.driver(call, status));
    }

    void blas(String call, int status) {
        attempt(() -> Status.blas(call, status));
    }

    void solver(String call, int status) {
        attempt(() -> Status.solver(call, status));
    }

    void nvrtc(String call, int status) {
        attempt(() -> Status.nvrtc(call, status));
    }

    /** A step that may fail as a device does; a programmer's error goes on at once. */
    void attempt(Runnable step) {
        try {
            step.run();
        } catch (BackendException failure) {
            if (first == null) {
                first = failure;
            }
        }
    }

    /** @throws BackendException the first failure, if there was one */
    void end() {
        if (first != null) {
            throw first;
        }
    }
}
