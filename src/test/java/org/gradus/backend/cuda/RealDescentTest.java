package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gradus.backend.Backend;
import org.gradus.backend.Options;
import org.gradus.backend.Precision;
import org.gradus.backend.openblas.OpenBlasBackend;
import org.gradus.dynamics.DenseDescent;
import org.gradus.dynamics.DenseDescent.Run;
import org.gradus.dynamics.Measures;
import org.gradus.dynamics.State;
import org.gradus.init.Dimensions;
import org.gradus.init.Orthogonal;
import org.gradus.linalg.Matrix;
import org.gradus.problem.Estimation;
import org.gradus.problem.Loss;
import org.gradus.problem.Targets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Descents on a real device, compared with the CPU's. */
@Tag("gpu")
@ExtendWith(OnRealDevice.class)
final class RealDescentTest {
    /** n ≤ 32 is fused, n = 40 to 170 take the Jacobi kernel for the values, n = 200 a call of cuSOLVER. */
    @ParameterizedTest
    @CsvSource({
        "24, FLOAT64, 1e-10",
        "24, FLOAT32, 1e-4",
        "40, FLOAT64, 1e-10",
        "40, FLOAT32, 1e-4",
        "200, FLOAT64, 1e-10"
    })
    void aDescentIsTheCpus(int n, Precision precision, double tolerance) {
        Matrix target = Targets.synthetic(n, n, new double[] {2, 1, 0.5}, false, 1);
        Estimation problem = new Estimation(target, Optional.empty(), Loss.SUM);
        Dimensions dimensions = new Dimensions(List.of(n, n, n, n));
        List<Run> runs = Stream.of(0.01, 0.02, 0.03)
                .map(step -> new Run(new Orthogonal(0.5, 1), step))
                .toList();
        try (Backend device = new CudaBackend(Options.threads(1));
                Backend cpu = new OpenBlasBackend(1);
                DenseDescent tested = new DenseDescent(device, precision, problem, dimensions, runs, Measures.BASIC);
                DenseDescent expected = new DenseDescent(cpu, precision, problem, dimensions, runs, Measures.BASIC)) {
            for (int part = 0; part < 3; part++) {
                tested.advance(100);
                expected.advance(100);
                State a = tested.observe();
                State b = expected.observe();
                for (int run = 0; run < runs.size(); run++) {
                    assertArrayEquals(b.product(run).data(), a.product(run).data(), tolerance);
                    assertArrayEquals(b.singularValues(run), a.singularValues(run), tolerance);
                    assertEquals(b.loss(run), a.loss(run), tolerance * (1 + b.loss(run)));
                }
            }
        }
    }
}
