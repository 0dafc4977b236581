package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.gradus.backend.BackendException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StatusTest {

    private static BackendException failure(String api, int status) {
        return assertThrows(BackendException.class, () -> {
            switch (api) {
                case "driver" -> Status.driver("call", status);
                case "blas" -> Status.blas("call", status);
                case "solver" -> Status.solver("call", status);
                default -> Status.nvrtc("call", status);
            }
        });
    }

    @Test
    void successPasses() {
        assertDoesNotThrow(() -> Status.driver("cuInit", 0));
        assertDoesNotThrow(() -> Status.blas("cublasCreate", 0));
        assertDoesNotThrow(() -> Status.solver("cusolverDnCreate", 0));
        assertDoesNotThrow(() -> Status.nvrtc("nvrtcVersion", 0));
    }

    @ParameterizedTest
    @CsvSource({
        "driver, 2, CUDA_ERROR_OUT_OF_MEMORY, float32",
        "driver, 34, CUDA_ERROR_STUB_LIBRARY, LD_LIBRARY_PATH",
        "driver, 100, CUDA_ERROR_NO_DEVICE, nvidia-smi",
        "driver, 700, CUDA_ERROR_ILLEGAL_ADDRESS, start again",
        "driver, 803, CUDA_ERROR_SYSTEM_DRIVER_MISMATCH, restart the machine",
        "driver, 901, CUDA_ERROR_STREAM_CAPTURE_INVALIDATED, a defect of Gradus",
        "blas, 3, CUBLAS_STATUS_ALLOC_FAILED, nvidia-smi|end other programs",
        "blas, 13, CUBLAS_STATUS_EXECUTION_FAILED, a failure before it",
        "solver, 2, CUSOLVER_STATUS_ALLOC_FAILED, end other programs",
        "solver, 7, CUSOLVER_STATUS_INTERNAL_ERROR, a failure before it",
        "nvrtc, 5, NVRTC_ERROR_INVALID_OPTION, update",
        "nvrtc, 7, NVRTC_ERROR_BUILTIN_OPERATION_FAILURE, libnvrtc-builtins",
    })
    void aFailureNamesCallStatusNumberAndWhatCanBeDone(String api, int status, String name, String hint) {
        String said = failure(api, status).getMessage();
        assertTrue(said.startsWith("cuda: call: " + name + " (" + status + "); "), said);
        assertTrue(said.matches("(?s).*(" + hint + ").*") && !said.contains("\n"), said);
    }

    @Test
    void pinnedMemoryIsTheHostsAndNotTheDevices() {
        String said = assertThrows(BackendException.class, () -> Status.driver("cuMemHostAlloc", 2))
                .getMessage();
        assertTrue(said.contains("no more of the host's memory can be pinned"), said);
        assertFalse(said.contains("device"), said);
    }

    @Test
    void aStatusWithoutAHintOrANameIsStillOneLine() {
        assertEquals(
                "cuda: call: CUDA_ERROR_INVALID_VALUE (1)", failure("driver", 1).getMessage());
        assertEquals(
                "cuda: call: NVRTC_ERROR_COMPILATION (6)", failure("nvrtc", 6).getMessage());
        for (String api : List.of("blas", "solver", "nvrtc")) {
            assertEquals(
                    "cuda: call: unknown status (12345)", failure(api, 12345).getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {214, 700, 702, 709, 710, 714, 715, 716, 717, 718, 719, 999})
    void aStickyStatusOfTheDriverLosesTheDevice(int status) {
        assertTrue(Status.isSticky(status));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100, 201, 400, 600, 701, 720, 801, 900})
    void anyOtherStatusDoesNot(int status) {
        assertFalse(Status.isSticky(status));
    }

    @Test
    void resourcesAreGivenBackTheLastFirstWhateverFailsAndTheFirstFailureIsThrown() {
        List<String> done = new ArrayList<>();
        Resources resources = new Resources();
        resources.add(() -> done.add("a"));
        resources.add(() -> Status.blas("cublasDestroy", 1));
        resources.add(() -> Status.driver("cuMemFree", 700));
        resources.add(() -> done.add("b"));
        BackendException first = assertThrows(BackendException.class, resources::close);
        assertEquals(List.of("b", "a"), done);
        assertTrue(first.getMessage().startsWith("cuda: cuMemFree: CUDA_ERROR_ILLEGAL_ADDRESS (700)"), first::toString);
        assertEquals(1, first.getSuppressed().length);
        assertDoesNotThrow(resources::close);
        assertEquals(List.of("b", "a"), done);
    }

    @Test
    void failuresOfClosingAreAddedToWhatWasThrownBefore() {
        Resources resources = new Resources();
        resources.add(() -> Status.solver("cusolverDnDestroy", 1));
        IllegalStateException thrown = new IllegalStateException("before");
        resources.closeAfter(thrown);
        assertTrue(thrown.getSuppressed()[0].getMessage().startsWith("cuda: cusolverDnDestroy: "));
    }

    @Test
    void aValueIsMadeOnceAndAFailureThrownAgainInTheSameWords() {
        Once<Object> good = new Once<>();
        Object value = good.get(Object::new);
        assertSame(value, good.get(Object::new));
        assertSame(value, good.made().orElseThrow());
        Once<Object> bad = new Once<>();
        assertThrows(
                BackendException.class,
                () -> bad.get(() -> {
                    throw new BackendException("the first reason");
                }));
        String again =
                assertThrows(BackendException.class, () -> bad.get(Object::new)).getMessage();
        assertEquals("the first reason", again);
        assertTrue(bad.made().isEmpty());
    }
}
