package org.gradus.backend.cuda;

/** The releases of CUDA whose libraries JCuda's natives can call: 12 as they are, 13 under other names (RenamedNatives). */
enum CudaRelease {
    CUDA_12(12_000, 525),
    CUDA_13(13_000, 580);

    private final int version;
    private final int driver;

    CudaRelease(int version, int driver) {
        this.version = version;
        this.driver = driver;
    }

    /** The oldest driver that runs these libraries knows this CUDA: 1000·major + 10·minor. */
    int oldestDriver() {
        return version;
    }

    int major() {
        return version / 1000;
    }

    /** The oldest driver, as NVIDIA numbers drivers. */
    int driverNumber() {
        return driver;
    }

    /** CUDA 12 */
    @Override
    public String toString() {
        return "CUDA " + major();
    }
}
