package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.gradus.backend.Precision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The decision table, on devices of 99, 163 and 227 KiB of shared memory a block, with fast and with slow float64. */
final class SingularValueCallTest {

    private static SingularValueCall call(int m, int n, Precision precision, int kib, boolean fast, boolean gram) {
        boolean fits = JacobiKernels.fits(m, n, precision, kib * 1024);
        SingularValueCall call = SingularValueCall.of(m, n, precision, fits, fast, gram);
        assertEquals(call, SingularValueCall.of(n, m, precision, fits, fast, gram), "of the transpose");
        return call;
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, FLOAT64, 99, GESVDJ_BATCHED",
        "32, 32, FLOAT64, 99, GESVDJ_BATCHED",
        "33, 1, FLOAT64, 99, JACOBI_KERNEL",
        "33, 32, FLOAT64, 99, JACOBI_KERNEL",
        "112, 112, FLOAT64, 99, JACOBI_KERNEL",
        "113, 112, FLOAT64, 99, GESVDJ",
        "144, 144, FLOAT64, 163, JACOBI_KERNEL",
        "145, 144, FLOAT64, 163, GESVDJ",
        "170, 170, FLOAT64, 227, JACOBI_KERNEL",
        "171, 170, FLOAT64, 227, GESVDJ",
        "29016, 1, FLOAT64, 227, JACOBI_KERNEL",
        "29017, 1, FLOAT64, 227, GESVDJ",
        "320, 320, FLOAT64, 227, GESVDJ",
        "4000, 320, FLOAT64, 227, GESVDJ",
        "321, 321, FLOAT64, 227, GESVD",
        "4000, 321, FLOAT64, 227, GESVD",
        "159, 159, FLOAT32, 99, JACOBI_KERNEL",
        "160, 160, FLOAT32, 99, GESVDJ",
        "240, 240, FLOAT32, 227, JACOBI_KERNEL",
        "241, 241, FLOAT32, 227, GESVDJ",
        "321, 321, FLOAT32, 227, GESVD"
    })
    void aDeviceWithFastDoublesCallsGesvdjForMiddleSizes(
            int m, int n, Precision precision, int kib, SingularValueCall expected) {
        assertEquals(expected, call(m, n, precision, kib, true, false));
    }

    @ParameterizedTest
    @CsvSource({
        "32, 32, FLOAT64, 99, GESVDJ_BATCHED",
        "112, 112, FLOAT64, 99, JACOBI_KERNEL",
        "113, 113, FLOAT64, 99, GESVD",
        "113, 113, FLOAT32, 99, JACOBI_KERNEL",
        "160, 160, FLOAT32, 99, GESVDJ",
        "320, 320, FLOAT64, 99, GESVD",
        "320, 320, FLOAT32, 99, GESVDJ",
        "321, 321, FLOAT32, 99, GESVD"
    })
    void aDeviceWithSlowDoublesCallsGesvdjForFloat32Only(
            int m, int n, Precision precision, int kib, SingularValueCall expected) {
        assertEquals(expected, call(m, n, precision, kib, false, false));
    }

    @ParameterizedTest
    @CsvSource({
        "32, 32, FLOAT64, true, GESVDJ_BATCHED",
        "170, 170, FLOAT64, true, JACOBI_KERNEL",
        "171, 171, FLOAT64, true, GRAM",
        "171, 171, FLOAT64, false, GRAM",
        "241, 241, FLOAT32, true, GRAM",
        "5000, 5000, FLOAT64, false, GRAM"
    })
    void gramIsForWhatSharedMemoryCannotHold(
            int m, int n, Precision precision, boolean fast, SingularValueCall expected) {
        assertEquals(expected, call(m, n, precision, 227, fast, true));
    }
}
