package org.gradus.backend.cuda;

import org.gradus.backend.Arena;
import org.gradus.backend.Backend;
import org.gradus.backend.Ops;
import org.gradus.backend.Options;
import org.gradus.backend.Recording;

/** One CUDA device. */
public final class CudaBackend implements Backend {
    private final DeviceInfo device;

    /** @throws org.gradus.backend.BackendException if CUDA's libraries or the device cannot be had */
    public CudaBackend(Options options) {
        Libraries.load();
        device = DeviceInfo.select(options.device());
    }

    @Override
    public String name() {
        return "cuda";
    }

    @Override
    public String describe() {
        return device.name();
    }

    @Override
    public long availableBytes() {
        return device.freeBytes().orElse(0);
    }

    @Override
    public Arena openArena() {
        throw new UnsupportedOperationException("openArena");
    }

    @Override
    public Ops ops() {
        throw new UnsupportedOperationException("ops");
    }

    @Override
    public Recording record(Runnable steps) {
        throw new UnsupportedOperationException("record");
    }

    @Override
    public void close() {
        // holds nothing
    }
}
