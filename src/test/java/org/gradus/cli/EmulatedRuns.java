package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.gradus.backend.cuda.EmulatedCuda;
import org.gradus.backend.cuda.Emulator;
import org.gradus.store.JsonFile;
import org.gradus.store.MatrixFile;
import org.gradus.store.Trajectory;

/** {@code gradus run --backend cuda --quiet} on the emulator, watched, and what holds of its files however it ends. */
final class EmulatedRuns {
    private static final long PATIENCE_SECONDS = 60;

    /** n = 34: too large to be fused; the steps take graphs of 16 and of 1, singular values the Jacobi kernel. */
    static final String[] GRAPHS = {
        "problem.target={synthetic: {rows: 34, columns: 34, spectrum: [3, 2, 1], symmetric: true, seed: 1}}",
        "descent={solver: dense, step-size: 0.01, steps: 36}",
        "record={steps: {every: 18}}"
    };

    /** n = 6: each interval is one launch; singular values by gesvdjBatched. */
    static final String[] FUSED = {"descent.solver=dense", "record.factors=true"};

    private final Cli cli;

    EmulatedRuns(Cli cli) {
        this.cli = cli;
    }

    /** In a directory that holds nothing of an earlier run. */
    Cli.Result run(String... settings) {
        return run(List.of(settings));
    }

    Cli.Result run(List<String> settings) {
        removeTree(cli.file(""));
        List<String> all = new ArrayList<>(settings);
        all.addAll(List.of("--backend=cuda", "--quiet"));
        return watched(() -> EmulatedCuda.with(() -> cli.run(all.toArray(String[]::new))));
    }

    /** What {@code work} gives; a test fails where it hangs, be it in native code. */
    static <T> T watched(Supplier<T> work) {
        return watched(work, PATIENCE_SECONDS);
    }

    static <T> T watched(Supplier<T> work, long seconds) {
        FutureTask<T> task = new FutureTask<>(work::get);
        Thread thread = new Thread(task, "watched");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return fail("hangs: " + String.join(" < ", places(thread)));
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static List<String> places(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .map(StackTraceElement::toString)
                .toList();
    }

    private static void removeTree(Path folder) {
        try {
            if (Files.exists(folder)) {
                try (var paths = Files.walk(folder)) {
                    for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What is wrong with how a run that had to fail did; empty if nothing is. */
    List<String> faults(Cli.Result result, String words) {
        List<String> faults = new ArrayList<>(remains());
        if (result.status() != ExitCode.DEVICE) {
            faults.add("status " + result.status());
        }
        if (result.err().size() != 1
                || !result.err().get(0).startsWith("gradus: cuda: ")
                || !result.err().get(0).contains(words)) {
            faults.add("said " + result.err());
        }
        if (!result.out().isEmpty()) {
            faults.add("printed " + result.out());
        }
        return faults;
    }

    /** What is left where it should not be, on the device and of files, or is not whole. */
    List<String> remains() {
        List<String> faults = new ArrayList<>();
        Emulator.leaks().lines().limit(3).forEach(leak -> faults.add("leak: " + leak));
        Emulator.misuses().lines().forEach(misuse -> faults.add("misuse: " + misuse));
        try {
            for (String file : cli.files()) {
                look(file).ifPresent(fault -> faults.add(file + ": " + fault));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return faults;
    }

    private Optional<String> look(String file) throws IOException {
        if (file.equals("manifest.json")) {
            Object status = ((Map<?, ?>) JsonFile.read(cli.file(file)).get("outcome")).get("status");
            boolean ended = List.of("failed", "done", "interrupted").contains(status);
            return ended ? Optional.empty() : Optional.of("says " + status);
        }
        if (file.equals("trajectory.csv")) {
            return rows(cli.file(file));
        }
        if (file.equals("trajectory.h5")) {
            return startsAsHdf5(cli.file(file)) ? Optional.empty() : Optional.of("is not an HDF5 file");
        }
        if (file.endsWith(".npy")) {
            return MatrixFile.read(cli.file(file)).isFinite() ? Optional.empty() : Optional.of("is not finite");
        }
        return Optional.of("should not be there");
    }

    /** The signature of the format specification, version 3.0, section II.A. */
    private static boolean startsAsHdf5(Path file) throws IOException {
        byte[] signature = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
        return Arrays.equals(Arrays.copyOf(Files.readAllBytes(file), signature.length), signature);
    }

    private static Optional<String> rows(Path file) throws IOException {
        String text = Files.readString(file);
        if (!text.endsWith("\n")) {
            return Optional.of("ends within a row");
        }
        Trajectory table = Trajectory.read(file);
        for (String column : table.columns()) {
            if (!Arrays.stream(table.column(column)).allMatch(Double::isFinite)) {
                return Optional.of(column + " is not finite");
            }
        }
        return Optional.empty();
    }
}
