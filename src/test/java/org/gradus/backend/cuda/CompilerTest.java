package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.gradus.backend.BackendException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CompilerTest {
    private static final int[] SUPPORTED = {75, 80, 86, 89, 90};

    @ParameterizedTest
    @CsvSource({
        "7, 5, sm_75, true",
        "8, 9, sm_89, true",
        "9, 0, sm_90, true",
        "8, 7, compute_86, false",
        "10, 0, compute_90, false",
        "12, 1, compute_90, false"
    })
    void machineCodeForDevicesThatNvrtcKnowsElseTheNewestPtxBelow(int major, int minor, String option, boolean binary) {
        assertEquals(new Compiler.Target(option, binary), Compiler.Target.of(SUPPORTED, major, minor));
    }

    @Test
    void aDeviceOlderThanNvrtcIsRefused() {
        BackendException refused = assertThrows(BackendException.class, () -> Compiler.Target.of(SUPPORTED, 6, 1));
        assertTrue(refused.getMessage().contains("6.1") && refused.getMessage().contains("7.5"), refused.getMessage());
    }

    @Test
    void theFirstErrorOfALogIsShown() {
        String log =
                "x.cu(3): warning #1: unused\n\nx.cu(7): error: identifier \"y\" is undefined\n  y = 1;\n1 error detected";
        assertEquals("x.cu(7): error: identifier \"y\" is undefined", Compiler.firstError(log));
        assertEquals("odd", Compiler.firstError("\nodd\n"));
        assertEquals("no message", Compiler.firstError(""));
    }
}
