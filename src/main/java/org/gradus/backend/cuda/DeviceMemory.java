package org.gradus.backend.cuda;

import jcuda.driver.CUdeviceptr;

/** A place in device memory, whose address the kernels of our own take as a number. */
final class DeviceMemory extends CUdeviceptr {
    private final long offset;

    /** Nowhere yet: for cuMemAlloc to fill in. */
    DeviceMemory() {
        offset = 0;
    }

    private DeviceMemory(DeviceMemory base, long further) {
        super(base, further);
        offset = base.offset + further;
    }

    long address() {
        return getNativePointer() + offset;
    }

    @Override
    public DeviceMemory withByteOffset(long bytes) {
        return new DeviceMemory(this, bytes);
    }
}
