package org.gradus.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class GridTest {

    @Test
    void cellsOfABackendAndArithmeticFollowEachOther() {
        List<Cell> cells = new Grid(
                        List.of("cpu", "reference"),
                        List.of(Arithmetic.FLOAT64, Arithmetic.FLOAT32),
                        List.of(SolverKind.DENSE),
                        List.of(2, 3),
                        List.of(8),
                        List.of(1, 4))
                .cells();
        assertEquals(16, cells.size());
        assertEquals(new Cell(SolverKind.DENSE, "cpu", Arithmetic.FLOAT64, 2, 8, 1), cells.get(0));
        assertEquals(new Cell(SolverKind.DENSE, "cpu", Arithmetic.FLOAT64, 2, 8, 4), cells.get(1));
        assertEquals(new Cell(SolverKind.DENSE, "cpu", Arithmetic.FLOAT32, 2, 8, 1), cells.get(4));
        assertEquals(new Cell(SolverKind.DENSE, "reference", Arithmetic.FLOAT32, 3, 8, 4), cells.get(15));
    }

    @Test
    void whatASolverDoesNotKnowIsNoCell() {
        assertFalse(new Cell(SolverKind.SUBSPACE, "cpu", Arithmetic.FLOAT64, 3, 100, 2).exists());
        assertFalse(new Cell(SolverKind.SUBSPACE, "cpu", Arithmetic.FLOAT64, 3, 8, 1).exists());
        assertTrue(new Cell(SolverKind.SUBSPACE, "cpu", Arithmetic.FLOAT64, 3, 9, 1).exists());
        assertFalse(new Cell(SolverKind.MODES, "cuda", Arithmetic.FLOAT64, 3, 9, 1).exists());
        assertFalse(new Cell(SolverKind.MODES, "cpu", Arithmetic.FLOAT32, 3, 9, 1).exists());
        assertTrue(new Cell(SolverKind.MODES, "cpu", Arithmetic.FLOAT64, 3, 9, 5).exists());
    }

    @Test
    void aStepOfDepthThreeHasSixProducts() {
        assertEquals(
                6 * 2.0 * 1000 * 5,
                new Cell(SolverKind.DENSE, "cpu", Arithmetic.FLOAT64, 3, 10, 5).operationsPerStep());
    }
}
