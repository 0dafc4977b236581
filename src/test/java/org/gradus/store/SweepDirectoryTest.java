package org.gradus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SweepDirectoryTest {
    @TempDir
    private Path folder;

    private Path path;

    @BeforeEach
    void sweepOfOneRunBesideForeignFiles() throws IOException {
        path = folder.resolve("sweep");
        try (SweepDirectory sweep = SweepDirectory.open(path, false)) {
            sweep.describe(Map.of("runs", 1));
            sweep.writeTable(List.of(List.of("run", "a"), List.of("0001", "1")));
            try (RunDirectory run = sweep.openRun("0001")) {
                JsonFile.write(run.manifest(), Map.of());
            }
            try (RunDirectory run = sweep.openRun("0002")) {
                JsonFile.write(run.manifest(), Map.of());
                Files.writeString(run.path().resolve("notes.txt"), "mine");
            }
        }
        Files.createDirectories(path.resolve("runs/older"));
        Files.writeString(path.resolve("runs/older/manifest.json"), "{}");
        Files.writeString(path.resolve("notes.txt"), "mine");
    }

    @Test
    void aDirectoryThatHoldsASweepIsTakenForNeitherSweepNorRun() {
        String line = path + ": already holds a sweep; --overwrite replaces it";
        assertEquals(
                line,
                assertThrows(StoreException.class, () -> SweepDirectory.open(path, false))
                        .getMessage());
        assertEquals(
                line,
                assertThrows(StoreException.class, () -> RunDirectory.open(path, false))
                        .getMessage());
    }

    @Test
    void overwritingRemovesWhatTheSweepWroteAndNothingElse() throws IOException {
        SweepDirectory.open(path, true).close();
        assertFalse(Files.exists(path.resolve("sweep.csv")));
        assertFalse(Files.exists(path.resolve("sweep.json")));
        assertFalse(Files.exists(path.resolve("runs/0001")));
        assertFalse(Files.exists(path.resolve("runs/0002/manifest.json")));
        assertTrue(Files.exists(path.resolve("runs/0002/notes.txt")));
        assertTrue(Files.exists(path.resolve("runs/older/manifest.json")));
        assertTrue(Files.exists(path.resolve("notes.txt")));
    }

    /** Such as the working directory, whose folder runs/ holds everything. */
    @Test
    void overwritingARunLeavesTheRunsBelowItAlone() throws IOException {
        Path run = folder.resolve("run");
        try (RunDirectory taken = RunDirectory.open(run, false)) {
            JsonFile.write(taken.manifest(), Map.of());
        }
        Files.createDirectories(run.resolve("runs/0001"));
        Files.writeString(run.resolve("runs/0001/manifest.json"), "{}");
        RunDirectory.open(run, true).close();
        assertTrue(Files.exists(run.resolve("runs/0001/manifest.json")));
    }

    @Test
    void aLinkInPlaceOfARunIsNotFollowed() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("manifest.json"), "{}");
        Files.createSymbolicLink(path.resolve("runs/0003"), elsewhere);
        SweepDirectory.open(path, true).close();
        assertTrue(Files.exists(elsewhere.resolve("manifest.json")));
    }

    @Test
    void cellsAreQuotedWhereTheyMustBeAndShortRowsFilled() throws IOException {
        try (SweepDirectory sweep = SweepDirectory.open(folder.resolve("new"), false)) {
            sweep.writeTable(List.of(List.of("run", "file", "plateau_1"), List.of("0001", "a,\"b\".npy")));
            assertEquals("run,file,plateau_1\n0001,\"a,\"\"b\"\".npy\",\n", Files.readString(sweep.table()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "../0001", "0001/x", ""})
    void aRunsNameIsANumber(String name) {
        try (SweepDirectory sweep = SweepDirectory.open(folder.resolve("new"), false)) {
            assertThrows(IllegalArgumentException.class, () -> sweep.run(name));
        }
    }
}
