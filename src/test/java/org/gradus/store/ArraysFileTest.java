package org.gradus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradus.linalg.Matrix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArraysFileTest {
    private static final Map<String, Object> MANIFEST = Map.of("format", 1, "commit", "abc");

    @TempDir
    private Path folder;

    private RunDirectory run;

    @BeforeEach
    void take() {
        run = RunDirectory.open(folder.resolve("run"), false);
    }

    @AfterEach
    void giveBack() {
        run.close();
    }

    private Optional<String> write(String table) throws IOException {
        Files.writeString(run.trajectory(), table);
        return ArraysFile.write(run, MANIFEST);
    }

    private long[] steps() {
        try (HdfFile file = new HdfFile(run.arrays())) {
            return (long[]) file.getDatasetByPath("steps").getData();
        }
    }

    @Test
    void anEarlierOneIsReplaced() throws IOException {
        assertEquals(Optional.empty(), write("step,loss\n0,1\n"));
        assertEquals(1, steps().length);
        assertEquals(Optional.empty(), write("step,loss\n0,1\n7,0.5\n"));
        assertEquals(7, steps()[1]);
    }

    @Test
    void aTableThatCannotBeReadBackIsToldAndNoneIsLeftThatDisagrees() throws IOException {
        write("step,loss\n0,1\n");
        assertEquals(
                Optional.of(run.trajectory() + ", line 3: has 1 cells, the header 2 columns"),
                write("step,loss\n0,1\n7\n"));
        assertFalse(Files.exists(run.arrays()));
    }

    @Test
    void aTableWithoutARowHasNone() throws IOException {
        assertEquals(Optional.empty(), write("step,loss\n"));
        assertFalse(Files.exists(run.arrays()));
    }

    @Test
    void aColumnThatIsNotKnownStandsUnderItsName() throws IOException {
        write("step,loss,curvature_2\n0,1,3\n");
        try (HdfFile file = new HdfFile(run.arrays())) {
            assertEquals(
                    "the column curvature_2 of trajectory.csv",
                    file.getDatasetByPath("curvature_2")
                            .getAttribute("description")
                            .getData());
        }
    }

    @Test
    void aMatrixThatIsSpoiltStopsTheFileAndLeavesNothingBeside() throws IOException {
        NpyWriter.write(run.product(), Matrix.zeros(2, 2));
        Files.write(run.product(), new byte[100]);
        StoreException e = assertThrows(StoreException.class, () -> write("step,loss\n0,1\n"));
        assertTrue(e.getMessage().startsWith(run.product().toString()), e.getMessage());
        try (var files = Files.list(run.path())) {
            assertEquals(
                    List.of(".lock", "product.npy", "trajectory.csv"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void aTextThatNoAttributeHoldsIsCut() throws IOException {
        Files.writeString(run.trajectory(), "step,loss\n0,1\n");
        ArraysFile.write(run, Map.of("command", "€".repeat(100_000)));
        try (HdfFile file = new HdfFile(run.arrays())) {
            assertEquals("€".repeat(10_000) + "…", file.getAttribute("command").getData());
            assertTrue(file.getDatasetByPath("manifest").getData().toString().contains("€".repeat(100_000)));
        }
    }
}
