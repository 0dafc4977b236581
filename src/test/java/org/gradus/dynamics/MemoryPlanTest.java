package org.gradus.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.gradus.backend.Precision;
import org.gradus.init.Dimensions;
import org.gradus.init.Identical;
import org.gradus.linalg.Matrix;
import org.gradus.problem.Estimation;
import org.gradus.problem.Loss;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is planned, against what is allocated from start to observation. */
final class MemoryPlanTest {

    private static Estimation square(int n, boolean clean) {
        Matrix target = Matrix.scaledIdentity(n, 1);
        return new Estimation(target, clean ? Optional.of(target) : Optional.empty(), Loss.SUM);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void oneRunWithTestErrorNeedsAtMostTwoNPlusThreeMatrices(int depth) {
        int n = 7;
        Dimensions dimensions = new Dimensions(Collections.nCopies(depth + 1, n));
        Estimation problem = square(n, true);
        List<DenseDescent.Run> runs = List.of(new DenseDescent.Run(new Identical(0.5), 0.01));
        MemoryPlan plan = MemoryPlan.of(problem, dimensions, 1, Precision.FLOAT64, DescentCase.ALL);
        try (CountingBackend backend = new CountingBackend();
                DenseDescent descent =
                        new DenseDescent(backend, Precision.FLOAT64, problem, dimensions, runs, DescentCase.ALL)) {
            descent.advance(2);
            descent.observe();
            long matrices = backend.allocated.stream()
                    .filter(shape -> shape.entries() >= (long) n * n)
                    .count();
            assertTrue(matrices <= 2 * depth + 3, matrices + " matrices");
            assertEquals(plan.matricesPerRun() + plan.sharedMatrices(), matrices);
            assertEquals(matrices * n * n * 8, plan.bytes());
            // beyond the matrices a few vectors of singular values and single numbers
            assertTrue(backend.bytes - plan.bytes() <= 8L * (n * (depth + 1) + 6), backend.bytes + " bytes");
        }
    }

    static Stream<DescentCase> cases() {
        return LongStream.range(0, 24).mapToObj(seed -> DescentCase.of(seed, 30));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void plannedBytesAreTheAllocatedOnesUpToVectors(DescentCase test) {
        Dimensions dimensions = test.dimensions();
        int runs = test.runs().size();
        for (Measures measures :
                List.of(Measures.BASIC, new Measures(true, false), new Measures(false, true), DescentCase.ALL)) {
            for (Precision precision : Precision.values()) {
                MemoryPlan plan = MemoryPlan.of(test.problem(), dimensions, runs, precision, measures);
                try (CountingBackend backend = new CountingBackend();
                        DenseDescent descent = new DenseDescent(
                                backend, precision, test.problem(), dimensions, test.runs(), measures)) {
                    descent.advance(1);
                    descent.observe();
                    // work matrices are rounded up to whole columns of n_0 numbers; values and sums are vectors
                    long vectors = (long) plan.matricesPerRun() * dimensions.cols()
                            + (long) (dimensions.depth() + 1) * dimensions.largest()
                            + 6;
                    assertTrue(backend.bytes >= plan.bytes(), backend.bytes + " below the plan");
                    assertTrue(backend.bytes <= plan.bytes() + 8 * vectors * runs, backend.bytes + " above the plan");
                }
            }
        }
    }

    @Test
    void floatsTakeHalfAndRunsMultiplyTheirOwnMatrices() {
        Dimensions dimensions = new Dimensions(List.of(10, 10, 10, 10));
        MemoryPlan one = MemoryPlan.of(square(10, false), dimensions, 1, Precision.FLOAT64, Measures.BASIC);
        MemoryPlan half = MemoryPlan.of(square(10, false), dimensions, 1, Precision.FLOAT32, Measures.BASIC);
        MemoryPlan four = MemoryPlan.of(square(10, false), dimensions, 4, Precision.FLOAT64, Measures.BASIC);
        assertEquals(new MemoryPlan(1, 7, 1, 8 * 100L * 8), one);
        assertEquals(new MemoryPlan(1, 7, 1, 8 * 100L * 4), half);
        assertEquals(new MemoryPlan(4, 7, 1, (4 * 7 + 1) * 100L * 8), four);
        assertEquals("6.3 KiB: 7 matrices and 1 shared", one.describe());
        assertEquals("22.7 KiB: 7 matrices for each of 4 runs and 1 shared", four.describe());
    }

    @ParameterizedTest
    @CsvSource({"0, 0.0 KiB", "1536, 1.5 KiB", "1048575, 1024.0 KiB", "1048576, 1.0 MiB", "1610612736, 1.5 GiB"})
    void bytesAreSaidInTheUnitThatPeopleRead(long bytes, String said) {
        assertEquals(said, MemoryPlan.bytes(bytes));
    }

    @Test
    void plansBeyondTheReachOfAnIntAreStillCounted() {
        Dimensions dimensions = new Dimensions(List.of(30_000, 30_000, 30_000));
        Estimation any = square(1, false);
        MemoryPlan plan = MemoryPlan.of(any, dimensions, 3, Precision.FLOAT64, Measures.BASIC);
        assertEquals((3L * 4 + 1) * 900_000_000 * 8, plan.bytes());
    }
}
