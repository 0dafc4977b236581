package org.gradus.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.gradus.backend.Backend;
import org.gradus.backend.BackendException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BackendsTest {

    @ParameterizedTest
    @CsvSource({"cpu, cpu", "reference, reference", "auto, cpu"})
    void aNameOpensItsBackend(String name, String opened) {
        try (Backend backend = Backends.open(name, 2).backend()) {
            assertEquals(opened, backend.name());
        }
    }

    @Test
    void theCpuHasTheThreadsThatWereAskedFor() {
        try (Backend one = Backends.open("cpu", 1).backend();
                Backend three = Backends.open("cpu", 3).backend()) {
            assertTrue(one.describe().matches("OpenBLAS \\S+ \\(\\w+\\), 1 thread"), one.describe());
            assertTrue(three.describe().endsWith(", 3 threads"), three.describe());
        }
    }

    @Test
    void theReasonSaysWhyABackendWasTaken() {
        for (String name : List.of("cpu", "reference")) {
            Backends.Selection selection = Backends.open(name, 1);
            selection.backend().close();
            assertEquals("asked for", selection.reason());
        }
        Backends.Selection selection = Backends.open("auto", 1);
        selection.backend().close();
        assertEquals("auto: the CPU, since this version has no CUDA backend", selection.reason());
    }

    @Test
    void cudaIsRefusedWithTheReasonAndTheWayOutAndNeverReplaced() {
        String said = assertThrows(BackendException.class, () -> Backends.open("cuda", 1))
                .getMessage();
        assertEquals("cuda: this version has no CUDA backend; use --backend cpu", said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gpu", "CPU", "rocm"})
    void anUnknownNameIsAProgrammersError(String name) {
        String said = assertThrows(IllegalArgumentException.class, () -> Backends.open(name, 1))
                .getMessage();
        assertTrue(said.contains(name), said);
    }

    @Test
    void everyListedNameIsKnown() {
        assertEquals(List.of("cpu", "cuda", "reference"), Backends.NAMES);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void fewerThanOneThreadIsRefused(int threads) {
        assertThrows(IllegalArgumentException.class, () -> Backends.open("cpu", threads));
    }
}
