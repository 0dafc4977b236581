package org.gradus.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TrajectoryFileTest {
    private static final List<String> COLUMNS = List.of("loss", "sigma_1");

    @TempDir
    Path folder;

    private Path path;

    @BeforeEach
    void nameTheTable() {
        path = folder.resolve("trajectory.csv");
    }

    private void writeThreeRows() {
        try (TrajectoryFile table = TrajectoryFile.create(path, COLUMNS)) {
            table.append(0, new double[] {0.1, 1});
            table.append(10, new double[] {Double.NaN, Double.NEGATIVE_INFINITY});
            table.append(20, new double[] {1e-300, 3});
        }
    }

    @Test
    void rowsHaveSeventeenDigitsAndLineFeeds() throws IOException {
        writeThreeRows();
        assertEquals("""
                step,loss,sigma_1
                0,1.0000000000000001e-01,1.0000000000000000e+00
                10,nan,-inf
                20,1.0000000000000000e-300,3.0000000000000000e+00
                """, Files.readString(path));
    }

    @Test
    void aTableReadsBackByColumn() {
        writeThreeRows();
        Trajectory table = Trajectory.read(path);
        assertEquals(List.of("step", "loss", "sigma_1"), table.columns());
        assertEquals(3, table.rows());
        assertArrayEquals(new double[] {0, 10, 20}, table.column("step"));
        assertArrayEquals(new double[] {0.1, Double.NaN, 1e-300}, table.column("loss"));
        assertThrows(IllegalArgumentException.class, () -> table.column("test_error"));
    }

    @Test
    void aRowIsInTheFileBeforeTheTableIsClosed() {
        try (TrajectoryFile table = TrajectoryFile.create(path, COLUMNS)) {
            table.append(0, new double[] {1, 2});
            assertEquals(1, Trajectory.read(path).rows());
        }
    }

    @Test
    void aTableIsNotWrittenOver() {
        writeThreeRows();
        String message = assertThrows(StoreException.class, () -> TrajectoryFile.create(path, COLUMNS))
                .getMessage();
        assertTrue(message.startsWith(path + ": is there already"), message);
    }

    @Test
    void aRowOfTheWrongLengthIsAProgrammersError() {
        try (TrajectoryFile table = TrajectoryFile.create(path, COLUMNS)) {
            assertThrows(IllegalArgumentException.class, () -> table.append(0, new double[1]));
        }
    }

    /** Room for the header, the first row and a part of the second, none of which may stay. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 17, 47})
    void aFullDiskLeavesWholeRowsOnly(int roomForTheSecondRow) throws IOException {
        writeThreeRows();
        long first = Files.readString(path).indexOf("10,");
        FillingChannel disk =
                new FillingChannel(FileChannel.open(path, StandardOpenOption.WRITE), first + roomForTheSecondRow);
        disk.truncate(first);
        try (TrajectoryFile table = new TrajectoryFile(path, disk, 2, first)) {
            String message = assertThrows(StoreException.class, () -> table.append(5, new double[] {1, 2}))
                    .getMessage();
            assertEquals(path + ": cannot be written: No space left on device", message);
            assertEquals(1, Trajectory.read(path).rows());
            disk.grow(1000);
            table.append(5, new double[] {1, 2});
        }
        assertArrayEquals(new double[] {0, 5}, Trajectory.read(path).column("step"));
    }

    @Test
    void theFullDeviceIsReported() throws IOException {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.isWritable(full));
        FileChannel channel = FileChannel.open(full, StandardOpenOption.WRITE);
        try (channel) {
            TrajectoryFile table = new TrajectoryFile(full, channel, 1, 0);
            String message = assertThrows(StoreException.class, () -> table.append(0, new double[1]))
                    .getMessage();
            assertTrue(message.startsWith("/dev/full: cannot be written: "), message);
        }
    }

    @Test
    void aReopenedTableIsCutBackToTheStepAndGoesOn() throws IOException {
        writeThreeRows();
        Files.writeString(path, "30,1.0", StandardOpenOption.APPEND);
        try (TrajectoryFile table = TrajectoryFile.reopen(path, COLUMNS, 10)) {
            table.append(15, new double[] {7, 8});
        }
        assertArrayEquals(new double[] {0, 10, 15}, Trajectory.read(path).column("step"));
    }

    @Test
    void aTornLastRowIsCutOffOnReopening() throws IOException {
        writeThreeRows();
        String whole = Files.readString(path);
        Files.writeString(path, "30,1.0", StandardOpenOption.APPEND);
        TrajectoryFile.reopen(path, COLUMNS, 20).close();
        assertEquals(whole, Files.readString(path));
    }

    @Test
    void aTableThatDoesNotReachTheStepIsNotReopened() throws IOException {
        writeThreeRows();
        String whole = Files.readString(path);
        assertThrows(StoreException.class, () -> TrajectoryFile.reopen(path, COLUMNS, 15));
        assertThrows(StoreException.class, () -> TrajectoryFile.reopen(path, COLUMNS, 40));
        assertThrows(StoreException.class, () -> TrajectoryFile.reopen(path, List.of("loss"), 20));
        assertEquals(whole, Files.readString(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"step", "", "a,b", "a b", "a\"", "a\n", "σ"})
    void aNameThatWouldBreakTheHeaderIsAProgrammersError(String name) {
        assertThrows(IllegalArgumentException.class, () -> TrajectoryFile.create(path, List.of(name)));
        assertFalse(Files.exists(path));
    }
}
