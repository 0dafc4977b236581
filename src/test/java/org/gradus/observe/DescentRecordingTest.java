package org.gradus.observe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.gradus.backend.Backend;
import org.gradus.backend.FastBackend;
import org.gradus.backend.Precision;
import org.gradus.backend.reference.ReferenceBackend;
import org.gradus.dynamics.DenseDescent;
import org.gradus.dynamics.Measures;
import org.gradus.dynamics.Outcome;
import org.gradus.dynamics.Outcome.Status;
import org.gradus.dynamics.State;
import org.gradus.init.Dimensions;
import org.gradus.init.Orthogonal;
import org.gradus.init.Perturbed;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.PlainMatrices;
import org.gradus.problem.Estimation;
import org.gradus.problem.Loss;
import org.gradus.problem.Targets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The recorder over real descents. */
final class DescentRecordingTest {
    private static final StopRule NO_STOP = StopRule.anyOf(OptionalDouble.empty(), OptionalDouble.empty());

    /** All rows of one run, step first. */
    private record Rows(int run, List<double[]> rows) implements Listener {
        @Override
        public void row(int of, State state, double[] values) {
            if (of == run) {
                double[] row = new double[values.length + 1];
                row[0] = state.step();
                System.arraycopy(values, 0, row, 1, values.length);
                rows.add(row);
            }
        }
    }

    private static List<Observer> columns(Dimensions dimensions) {
        return List.of(
                Observer.loss(),
                Observer.ranks(),
                Observer.testError(),
                Observer.singularValues(Math.min(dimensions.rows(), dimensions.cols())),
                Observer.factorSingularValues(dimensions),
                Observer.balancedness());
    }

    /** W_1 = 0: the ranks of the first product are undefined, and the descent goes on to the whole target. */
    @ParameterizedTest
    @CsvSource({"1, CPU_2", "2, CPU_2", "3, CPU_2", "1, CUDA", "2, CUDA", "3, CUDA"})
    void aDescentFromZeroHasUndefinedRanksAtFirst(int depth, FastBackend fast) {
        Matrix target = PlainMatrices.diagonal(4, 4, 2, 1, -1, 0);
        Dimensions dimensions = new Dimensions(Collections.nCopies(depth + 1, 4));
        for (Backend opened : List.of(new ReferenceBackend(), fast.open())) {
            Rows rows = new Rows(0, new ArrayList<>());
            try (Backend backend = opened;
                    DenseDescent descent = new DenseDescent(
                            backend,
                            Precision.FLOAT64,
                            new Estimation(target, Optional.of(target), Loss.SUM),
                            dimensions,
                            List.of(new DenseDescent.Run(new Perturbed(0.5, 0.5), 0.05)),
                            new Measures(true, true))) {
                Recorder recorder = new Recorder(descent, Schedule.every(1_000), columns(dimensions), NO_STOP, rows);
                List<Outcome> outcomes = recorder.run(2_000);
                assertEquals(Status.DONE, outcomes.get(0).status());
                assertTrue(PlainMatrices.distance(target, recorder.lastProduct(0)) < 1e-9);
            }
            assertEquals(3, rows.rows().size());
            double nan = Double.NaN;
            double[] first = rows.rows().get(0);
            assertArrayEquals(new double[] {0, 3, nan, nan, nan, 0, 0, 0, 1, 0, 0, 0, 0}, Arrays.copyOf(first, 13));
            assertEquals(2, rows.rows().get(2)[2], 1e-9);
        }
    }

    /** Numbers leave the range of float64 within a few steps; what is written before is finite in every column. */
    @ParameterizedTest
    @CsvSource({"1, CPU_2", "2, CPU_2", "3, CPU_2", "4, CPU_2", "5, CPU_2", "1, CUDA", "2, CUDA", "5, CUDA"})
    void aDivergingRunOfABatchWritesFiniteRowsOnly(int depth, FastBackend fast) {
        Integer[] sizes = new Integer[depth + 1];
        Arrays.fill(sizes, 6);
        Dimensions dimensions = new Dimensions(List.of(sizes));
        Matrix target = Targets.synthetic(6, 6, new double[] {3, 2, 1}, false, depth);
        for (double stepSize : new double[] {0.9, 2.5, 30, 1e5, 1e20, 1e75}) {
            Rows rows = new Rows(0, new ArrayList<>());
            Rows others = new Rows(1, new ArrayList<>());
            List<DenseDescent.Run> runs = List.of(
                    new DenseDescent.Run(new Orthogonal(0.9, 1), stepSize),
                    new DenseDescent.Run(new Orthogonal(0.9, 2), 0.01));
            try (Backend backend = fast.open();
                    DenseDescent descent = new DenseDescent(
                            backend,
                            Precision.FLOAT64,
                            new Estimation(target, Optional.of(target), Loss.SUM),
                            dimensions,
                            runs,
                            new Measures(true, true))) {
                Listener both = (run, state, values) -> {
                    rows.row(run, state, values);
                    others.row(run, state, values);
                };
                List<Outcome> outcomes =
                        new Recorder(descent, Schedule.every(1), columns(dimensions), NO_STOP, both).run(60);
                assertEquals(Status.DONE, outcomes.get(1).status());
                assertEquals(61, others.rows().size());
            }
            for (double[] row : rows.rows()) {
                for (int i = 0; i < row.length; i++) {
                    assertFalse(Double.isInfinite(row[i]), "column " + i + " at step " + row[0] + ", η = " + stepSize);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CPU_1", "CUDA"})
    void aDescentStopsAtTheFirstRowBelowTheLoss(FastBackend fast) {
        Matrix target = Targets.synthetic(5, 5, new double[] {2, 1}, false, 1);
        Dimensions dimensions = new Dimensions(List.of(5, 5, 5));
        Rows rows = new Rows(0, new ArrayList<>());
        try (Backend backend = fast.open();
                DenseDescent descent = new DenseDescent(
                        backend,
                        Precision.FLOAT64,
                        new Estimation(target, Optional.empty(), Loss.MEAN),
                        dimensions,
                        List.of(new DenseDescent.Run(new Orthogonal(0.3, 1), 0.5)),
                        Measures.BASIC)) {
            StopRule rule = StopRule.anyOf(OptionalDouble.of(1e-6), OptionalDouble.empty());
            Outcome outcome = new Recorder(descent, Schedule.every(10), List.of(Observer.loss()), rule, rows)
                    .run(100_000)
                    .get(0);
            assertEquals(Status.STOPPED, outcome.status());
            assertEquals(descent.step(), outcome.step());
        }
        int last = rows.rows().size() - 1;
        assertTrue(rows.rows().get(last)[1] <= 1e-6);
        assertTrue(rows.rows().get(last - 1)[1] > 1e-6);
    }
}
