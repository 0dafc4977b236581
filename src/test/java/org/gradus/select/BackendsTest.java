package org.gradus.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.gradus.backend.Backend;
import org.gradus.backend.BackendException;
import org.gradus.backend.Options;
import org.gradus.backend.cuda.RealDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BackendsTest {

    @ParameterizedTest
    @CsvSource({"cpu, cpu", "reference, reference"})
    void aNameOpensItsBackend(String name, String opened) {
        try (Backend backend = Backends.open(name, Options.threads(2)).backend()) {
            assertEquals(opened, backend.name());
        }
    }

    @Test
    void theCpuHasTheThreadsThatWereAskedFor() {
        try (Backend one = Backends.open("cpu", Options.threads(1)).backend();
                Backend three = Backends.open("cpu", Options.threads(3)).backend()) {
            assertTrue(one.describe().matches("OpenBLAS \\S+ \\(\\w+\\), 1 thread"), one.describe());
            assertTrue(three.describe().endsWith(", 3 threads"), three.describe());
        }
    }

    @Test
    void theReasonSaysWhyABackendWasTaken() {
        for (String name : List.of("cpu", "reference")) {
            Backends.Selection selection = Backends.open(name, Options.threads(1));
            selection.backend().close();
            assertEquals("asked for", selection.reason());
        }
    }

    @Test
    void withoutADriverAutoTakesTheCpuAndSaysWhyInOneClause() {
        RealDriver.assumeAbsent();
        Backends.Selection selection = Backends.open("auto", Options.threads(1));
        selection.backend().close();
        assertEquals("auto: the CPU, since no NVIDIA driver was found (libcuda.so.1)", selection.reason());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cuda: no driver (x); install one, or not; y | no driver (x)",
                "cuda: no remedy                             | no remedy",
                "from elsewhere; remedy                      | from elsewhere",
            })
    void theClauseIsTheMessageWithoutItsRemedy(String message, String clause) {
        assertEquals(clause, Backends.clause(message));
    }

    @Test
    void autoNeverTakesTheEmulator() {
        System.setProperty("gradus.emulated-gpu", "true");
        try {
            Backends.Selection selection = Backends.open("auto", Options.threads(1));
            selection.backend().close();
            assertEquals("cpu", selection.backend().name());
            assertEquals("auto: the CPU, since the emulated GPU is for tests only", selection.reason());
        } finally {
            System.clearProperty("gradus.emulated-gpu");
        }
    }

    @Test
    void cudaIsRefusedWithTheReasonAndTheWayOutAndNeverReplaced() {
        RealDriver.assumeAbsent();
        for (int i = 0; i < 2; i++) {
            String said = assertThrows(BackendException.class, () -> Backends.open("cuda", Options.threads(1)))
                    .getMessage();
            assertEquals(
                    "cuda: no NVIDIA driver was found (libcuda.so.1); install NVIDIA's driver, version 525 or newer,"
                            + " or use --backend cpu",
                    said);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gpu", "CPU", "rocm"})
    void anUnknownNameIsAProgrammersError(String name) {
        String said = assertThrows(IllegalArgumentException.class, () -> Backends.open(name, Options.threads(1)))
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
        assertThrows(IllegalArgumentException.class, () -> Backends.open("cpu", Options.threads(threads)));
    }
}
