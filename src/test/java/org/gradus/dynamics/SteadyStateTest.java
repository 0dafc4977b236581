package org.gradus.dynamics;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gradus.backend.Backend;
import org.gradus.backend.Precision;
import org.gradus.backend.openblas.AllocatedBytes;
import org.gradus.backend.openblas.OpenBlasBackend;
import org.gradus.init.Dimensions;
import org.gradus.init.Orthogonal;
import org.gradus.linalg.Matrix;
import org.gradus.problem.Estimation;
import org.gradus.problem.Loss;
import org.gradus.problem.Targets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing is allocated from one step to the next, neither by the caller nor by the backend's workers. */
final class SteadyStateTest {
    private static final long FEW_OBJECTS = 2_048;

    /** One run alone, one shared by columns, several shared by runs, at either precision. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 12, 3, FLOAT64",
        "2, 1, 104, 2, FLOAT64",
        "2, 4, 20, 4, FLOAT64",
        "3, 6, 16, 3, FLOAT32",
        "2, 1, 8, 1, FLOAT32"
    })
    void aThousandStepsAllocateNothing(int threads, int runs, int n, int depth, Precision precision) {
        Matrix target = Targets.synthetic(n, n, new double[] {2, 1}, false, 1);
        List<DenseDescent.Run> batch = IntStream.range(0, runs)
                .mapToObj(run -> new DenseDescent.Run(new Orthogonal(0.5, run), 0.01))
                .toList();
        Dimensions dimensions =
                new Dimensions(IntStream.rangeClosed(0, depth).mapToObj(j -> n).toList());
        Estimation problem = new Estimation(target, Optional.empty(), Loss.SUM);
        int warming = n > 100 ? 100 : 5_000;
        int measured = n > 100 ? 200 : 1_000;
        try (Backend backend = new OpenBlasBackend(threads);
                DenseDescent descent =
                        new DenseDescent(backend, precision, problem, dimensions, batch, Measures.BASIC)) {
            descent.advance(warming);
            long bytes = AllocatedBytes.during(() -> descent.advance(measured));
            assertTrue(bytes <= FEW_OBJECTS, measured + " steps allocated " + bytes + " bytes");
        }
    }
}
