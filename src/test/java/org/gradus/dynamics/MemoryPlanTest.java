package org.gradus.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.gradus.backend.BackendException;
import org.gradus.backend.Precision;
import org.gradus.init.Dimensions;
import org.gradus.init.Identical;
import org.gradus.linalg.Matrix;
import org.gradus.problem.Estimation;
import org.gradus.problem.Footprint;
import org.gradus.problem.Loss;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is planned, against what is allocated from start to observation; what fits, and into which batches. */
final class MemoryPlanTest {

    private static Estimation square(int n, boolean clean) {
        Matrix target = Matrix.scaledIdentity(n, 1);
        return new Estimation(target, clean ? Optional.of(target) : Optional.empty(), Loss.SUM);
    }

    private static MemoryDemand demand(
            Estimation problem, Dimensions dimensions, Precision precision, Measures measures) {
        return new MemoryDemand(problem.footprint(), dimensions, precision, measures);
    }

    private static MemoryDemand cubes(int n) {
        return demand(square(n, false), new Dimensions(List.of(n, n, n, n)), Precision.FLOAT64, Measures.BASIC);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void oneRunWithTestErrorNeedsAtMostTwoNPlusThreeMatrices(int depth) {
        int n = 7;
        Dimensions dimensions = new Dimensions(Collections.nCopies(depth + 1, n));
        Estimation problem = square(n, true);
        List<DenseDescent.Run> runs = List.of(new DenseDescent.Run(new Identical(0.5), 0.01));
        try (CountingBackend backend = new CountingBackend();
                DenseDescent descent =
                        new DenseDescent(backend, Precision.FLOAT64, problem, dimensions, runs, DescentCase.ALL)) {
            MemoryPlan plan =
                    MemoryPlan.fitting(demand(problem, dimensions, Precision.FLOAT64, DescentCase.ALL), backend, 1);
            descent.advance(2);
            descent.observe();
            long matrices = matrices(backend, (long) n * n);
            assertTrue(matrices <= 2 * depth + 3, matrices + " matrices");
            assertEquals(plan.matricesPerRun() + plan.dataBytes() / (8L * n * n), matrices);
            // beyond the matrices a few vectors of singular values and single numbers
            long vectors = 8L * (n * (depth + 1) + depth + 6);
            assertTrue(plan.bytes() - matrices * n * n * 8 <= vectors, plan.bytes() + " bytes");
        }
    }

    private static long matrices(CountingBackend backend, long entries) {
        return backend.allocated.stream()
                .filter(shape -> shape.entries() >= entries)
                .count();
    }

    static Stream<DescentCase> cases() {
        return LongStream.range(0, 24).mapToObj(seed -> DescentCase.of(seed, 30));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void plannedBytesAreTheAllocatedOnes(DescentCase test) {
        int runs = test.runs().size();
        for (Measures measures :
                List.of(Measures.BASIC, new Measures(true, false), new Measures(false, true), DescentCase.ALL)) {
            for (Precision precision : Precision.values()) {
                for (int snapshots = 0; snapshots <= 2; snapshots++) {
                    try (CountingBackend backend = new CountingBackend()) {
                        backend.lookahead = snapshots;
                        MemoryDemand demand = demand(test.problem(), test.dimensions(), precision, measures);
                        MemoryPlan plan = MemoryPlan.fitting(demand, backend, runs);
                        try (DenseDescent descent = new DenseDescent(
                                backend, precision, test.problem(), test.dimensions(), test.runs(), measures)) {
                            descent.advance(1);
                            descent.observe();
                            assertEquals(snapshots, plan.snapshots());
                            assertEquals(backend.bytes, plan.bytes(), measures + ", " + snapshots + " snapshots");
                        }
                    }
                }
            }
        }
    }

    @Test
    void aSnapshotHasProductAndResidualAndWhereTheyAreMeasuredAllFactors() {
        Dimensions dimensions = new Dimensions(List.of(9, 9, 9, 9));
        Estimation problem = square(9, false);
        List<DenseDescent.Run> runs = List.of(new DenseDescent.Run(new Identical(0.5), 0.01));
        for (Measures measures : List.of(Measures.BASIC, new Measures(true, false))) {
            try (CountingBackend backend = new CountingBackend()) {
                backend.lookahead = 2;
                new DenseDescent(backend, Precision.FLOAT64, problem, dimensions, runs, measures).close();
                int each = measures.factors() ? 5 : 2;
                assertEquals(8 + 2 * each, matrices(backend, 81));
                MemoryPlan plan =
                        MemoryPlan.fitting(demand(problem, dimensions, Precision.FLOAT64, measures), backend, 1);
                assertEquals(each, plan.matricesPerSnapshot());
            }
        }
    }

    @Test
    void floatsTakeHalfAndRunsMultiplyTheirOwnMatrices() {
        try (CountingBackend backend = new CountingBackend()) {
            MemoryPlan one = MemoryPlan.of(cubes(10), backend, 1, 0);
            MemoryPlan half = MemoryPlan.of(cubes(10).with(Precision.FLOAT32), backend, 1, 0);
            MemoryPlan four = MemoryPlan.of(cubes(10), backend, 4, 0);
            // step size and ten singular values, and the constants 1 and -1; sums of squares are of float64 throughout
            assertEquals(new MemoryPlan(1, 7, 808, 0, 2, 0, (8 * 100L + 13) * 8 + 16), one);
            assertEquals(new MemoryPlan(1, 7, 404, 0, 2, 0, (8 * 100L + 13) * 4 + 16), half);
            assertEquals(new MemoryPlan(4, 7, 808, 0, 2, 0, (4 * 711L + 102) * 8 + 64), four);
            assertEquals("6.4 KiB: 7 matrices and 0.8 KiB of data", one.describe());
            assertEquals("23.1 KiB: 7 matrices for each of 4 runs and 0.8 KiB of data", four.describe());
        }
    }

    @Test
    void snapshotsAndTheMemoryForSingularValuesAreCountedAndSaid() {
        try (CountingBackend backend = new CountingBackend()) {
            backend.bytesPerSingularValue = 1_000;
            long inPlace = MemoryPlan.of(cubes(10), backend, 1, 0).bytes();
            MemoryPlan two = MemoryPlan.of(cubes(10), backend, 1, 2);
            assertEquals(inPlace + (2 * 200 + 10) * 8 + 8, two.bytes());
            assertEquals(10_000, two.singularValuesBytes());
            assertEquals(
                    "19.3 KiB: 7 matrices and 0.8 KiB of data and 2 snapshots of 2 matrices and 9.8 KiB for singular values",
                    two.describe());
            MemoryDemand factors =
                    demand(square(10, false), cubes(10).dimensions(), Precision.FLOAT64, new Measures(true, false));
            assertEquals(40_000, MemoryPlan.of(factors, backend, 1, 2).singularValuesBytes());
        }
    }

    /** W_1 and W_2 find room for the product's values and one factor's at a time, W_3 for all at once. */
    @ParameterizedTest
    @CsvSource({"1, 0, 10", "1, 1, 20", "2, 0, 20", "2, 1, 30", "3, 0, 40", "3, 1, 40"})
    void inPlaceOnlyAsManySingularValuesAreFoundSideBySideAsThereIsScratch(int depth, int snapshots, int values) {
        try (CountingBackend backend = new CountingBackend()) {
            backend.bytesPerSingularValue = 1;
            Dimensions dimensions = new Dimensions(Collections.nCopies(depth + 1, 10));
            MemoryDemand demand = demand(square(10, false), dimensions, Precision.FLOAT64, new Measures(true, false));
            assertEquals(values, MemoryPlan.of(demand, backend, 1, snapshots).singularValuesBytes());
        }
    }

    @Test
    void thereAreAsManySnapshotsAsFit() {
        try (CountingBackend backend = new CountingBackend()) {
            backend.lookahead = 2;
            for (int snapshots = 0; snapshots <= 2; snapshots++) {
                backend.available =
                        MemoryPlan.of(cubes(10), backend, 3, snapshots).bytes();
                assertEquals(
                        snapshots, MemoryPlan.fitting(cubes(10), backend, 3).snapshots());
            }
            backend.available = 1;
            assertEquals(MemoryPlan.of(cubes(10), backend, 3, 0), MemoryPlan.fitting(cubes(10), backend, 3));
        }
    }

    @Test
    void theDescentTakesTheSnapshotsThatFit() {
        List<DenseDescent.Run> runs = List.of(new DenseDescent.Run(new Identical(0.5), 0.01));
        try (CountingBackend backend = new CountingBackend()) {
            backend.lookahead = 2;
            for (int snapshots = 0; snapshots <= 2; snapshots++) {
                MemoryPlan plan = MemoryPlan.of(cubes(10), backend, 1, snapshots);
                backend.available = plan.bytes();
                backend.bytes = 0;
                try (DenseDescent descent = new DenseDescent(
                        backend, Precision.FLOAT64, square(10, false), cubes(10).dimensions(), runs, Measures.BASIC)) {
                    assertEquals(snapshots, descent.lookahead());
                    assertEquals(plan.bytes(), backend.bytes);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "7, 7, 7", "7, 100, 7", "7, 3, 3", "1000, 999, 999", "5, 0, 0"})
    void theLargestBatchThatFitsIsFound(int wanted, int fit, int expected) {
        try (CountingBackend backend = new CountingBackend()) {
            backend.bytesPerSingularValue = 8;
            backend.available =
                    fit == 0 ? 100 : MemoryPlan.of(cubes(10), backend, fit, 0).bytes();
            assertEquals(expected, MemoryPlan.mostRuns(cubes(10), backend, wanted));
            backend.available += 100;
            assertEquals(expected, MemoryPlan.mostRuns(cubes(10), backend, wanted));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"10 | 10 | 10", "10 | 20 | 10", "10 | 9 | 5, 5", "10 | 4 | 4, 3, 3", "3 | 1 | 1, 1, 1"})
    void manyRunsAreCutIntoFewAndEqualBatchesThatFit(int total, int fit, String expected) {
        try (CountingBackend backend = new CountingBackend()) {
            backend.available = MemoryPlan.of(cubes(10), backend, fit, 0).bytes();
            List<Integer> slices = MemoryPlan.slices(cubes(10), backend, total, total);
            assertEquals("[" + expected + "]", slices.toString());
        }
    }

    @Test
    void runsOfWhichNotEvenOneFitsCannotBeCut() {
        try (CountingBackend backend = new CountingBackend()) {
            backend.available = 4_096;
            assertEquals(
                    "reference: one run needs 6.4 KiB: 7 matrices and 0.8 KiB of data, but 4.0 KiB are available",
                    assertThrows(BackendException.class, () -> MemoryPlan.slices(cubes(10), backend, 5, 5))
                            .getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0.0 KiB", "1536, 1.5 KiB", "1048575, 1024.0 KiB", "1048576, 1.0 MiB", "1610612736, 1.5 GiB"})
    void bytesAreSaidInTheUnitThatPeopleRead(long bytes, String said) {
        assertEquals(said, MemoryPlan.bytes(bytes));
    }

    @Test
    void plansBeyondTheReachOfAnIntAreStillCounted() {
        Dimensions dimensions = new Dimensions(List.of(30_000, 30_000, 30_000));
        MemoryDemand demand =
                new MemoryDemand(Footprint.matrices(1, 30_000, 30_000), dimensions, Precision.FLOAT64, Measures.BASIC);
        try (CountingBackend backend = new CountingBackend()) {
            MemoryPlan plan = MemoryPlan.of(demand, backend, 3, 0);
            long matrices = (3L * 4 + 1) * 900_000_000 * 8;
            assertEquals(matrices + (3 * 30_001 + 2) * 8 + 3 * 16, plan.bytes());
            Dimensions vast = new Dimensions(Collections.nCopies(50, 2_000_000));
            MemoryDemand beyond = new MemoryDemand(
                    Footprint.matrices(1, 2_000_000, 2_000_000), vast, Precision.FLOAT64, Measures.BASIC);
            assertEquals(
                    Long.MAX_VALUE,
                    MemoryPlan.of(beyond, backend, Integer.MAX_VALUE, 0).bytes());
        }
    }
}
