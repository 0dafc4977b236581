package org.gradus.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestKeyTest {

    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "'', abc, 3",
        "abc, '', 3",
        "step, step, 0",
        "step, stop, 1",
        "setp, step, 1",
        "stp, step, 1",
        "kitten, sitting, 3",
        "ca, abc, 3"
    })
    void theDistanceCountsEditsAndExchangesOfNeighbours(String a, String b, int distance) {
        assertEquals(distance, NearestKey.distance(a, b));
        assertEquals(distance, NearestKey.distance(b, a));
    }

    @ParameterizedTest
    @CsvSource({"step-sise, step-size", "STEPS, steps", "stepsize, step-size", "sovler, solver", "learning-rate,", "'',"
    })
    void theNearestKeyIsNamedOnlyIfItIsNear(String word, String nearest) {
        List<String> known = List.of("step-size", "steps", "solver", "stop");
        assertEquals(Optional.ofNullable(nearest), NearestKey.of(word, known));
    }
}
