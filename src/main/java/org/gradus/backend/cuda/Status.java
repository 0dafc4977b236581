package org.gradus.backend.cuda;

import java.util.Set;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;
import jcuda.jcublas.cublasStatus;
import jcuda.jcusolver.cusolverStatus;
import jcuda.nvrtc.nvrtcResult;
import org.gradus.backend.BackendException;

/**
 * Every status of every CUDA library passes through here; 0 is success. What is thrown names the call, the status and, for
 * the common ones, what can be done: {@code cuda: cuMemAlloc: CUDA_ERROR_OUT_OF_MEMORY (2); the device's memory is full …}.
 */
final class Status {

    /** A library with statuses of its own. */
    enum Api {
        DRIVER,
        CUBLAS,
        CUSOLVER,
        NVRTC
    }

    /**
     * Driver statuses after which each further call in the context fails in the same way: the header's "any further CUDA
     * work will return the same error", uncorrectable memory, a context destroyed from outside, and the unknown error.
     */
    private static final Set<Integer> STICKY =
            Set.of(214, 220, 226, 700, 702, 709, 710, 714, 715, 716, 717, 718, 719, 721, 810, 911, 999);

    private Status() {}

    /** @throws BackendException unless {@code status} is 0; {@link #isSticky} tells whether the context is lost with it */
    static void driver(String call, int status) {
        check(Api.DRIVER, call, status);
    }

    /** @throws BackendException unless {@code status} is 0 */
    static void blas(String call, int status) {
        check(Api.CUBLAS, call, status);
    }

    /** @throws BackendException unless {@code status} is 0 */
    static void solver(String call, int status) {
        check(Api.CUSOLVER, call, status);
    }

    /** @throws BackendException unless {@code status} is 0 */
    static void nvrtc(String call, int status) {
        check(Api.NVRTC, call, status);
    }

    private static void check(Api api, String call, int status) {
        if (status != 0) {
            throw new BackendException("cuda: " + text(api, call, status));
        }
    }

    /** {@code cuInit: CUDA_ERROR_NO_DEVICE (100); hint}, without hint where there is none. */
    private static String text(Api api, String call, int status) {
        String hint = StatusHints.of(api, call, status);
        return call + ": " + name(api, status) + " (" + status + ")" + (hint.isEmpty() ? "" : "; " + hint);
    }

    /** The status's constant; a driver may be newer than JCuda's table, then the driver itself is asked. */
    private static String name(Api api, int status) {
        String name = switch (api) {
            case DRIVER -> CUresult.stringFor(status);
            case CUBLAS -> cublasStatus.stringFor(status);
            case CUSOLVER -> cusolverStatus.stringFor(status);
            case NVRTC -> nvrtcResult.stringFor(status);
        };
        if (!name.startsWith("INVALID ")) {
            return name;
        }
        String[] told = new String[1];
        boolean known = api == Api.DRIVER
                && Libraries.driverLoaded()
                && JCudaDriver.cuGetErrorName(status, told) == 0
                && told[0] != null;
        return known ? told[0] : "unknown status";
    }

    /** Whether the context can do nothing more after this driver status. */
    static boolean isSticky(int status) {
        return STICKY.contains(status);
    }
}
