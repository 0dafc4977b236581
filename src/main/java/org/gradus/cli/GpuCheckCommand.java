package org.gradus.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.gradus.backend.Backend;
import org.gradus.backend.BackendException;
import org.gradus.backend.Options;
import org.gradus.check.Examination;
import org.gradus.select.Backends;
import org.gradus.store.AtomicFile;
import org.gradus.store.JsonFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code gradus gpu-check}: proof that a GPU computes what the CPU does, and how fast. */
@Command(
        name = "gpu-check",
        description = {
            "Check a GPU against the CPU: every operation, runs of an independent program, a hundred steps; then time it.",
            "Ends by itself within 8 minutes; exit status 4 if anything differs, or if the GPU hangs."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class GpuCheckCommand implements Callable<Integer> {
    /** Of its time; then nothing more is begun, and the rest is for what is under way. */
    private static final double BEGINNING = 0.85;

    private static final int LONGEST = 86_400;

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the findings as JSON as well.")
    private Optional<Path> json;

    @Option(names = "--device", paramLabel = "N", description = "Number of the GPU, from 0.", defaultValue = "0")
    private int number;

    @Option(
            names = "--limit",
            paramLabel = "SECONDS",
            description = "End after so many seconds; less is measured in less. Default: ${DEFAULT-VALUE}.",
            defaultValue = "470")
    private int limit;

    @Override
    public Integer call() {
        if (number < 0) {
            throw new ParameterException(
                    spec.commandLine(), "--device " + number + ": devices are numbered from 0, see gradus devices");
        }
        if (limit < 1 || limit > LONGEST) {
            throw new ParameterException(
                    spec.commandLine(), "--limit " + limit + ": a number of seconds from 1 to " + LONGEST);
        }
        json.ifPresent(AtomicFile::requireWritable);
        int columns = main.logging().quiet() ? 0 : Provenance.columns();
        CheckReport report = new CheckReport(
                spec.commandLine().getOut(),
                new TerminalLine(System.err, columns),
                Instant.now(),
                "opening the device");
        long began = System.nanoTime();
        carryOut(report, began);
        double seconds = secondsSince(began);
        report.sum(seconds);
        json.ifPresent(file -> JsonFile.write(file, report.tree(seconds)));
        return report.passed() ? ExitCode.DONE : ExitCode.DEVICE;
    }

    /** A device may hang in a call that nothing interrupts; then the thread that made it is left behind. */
    private void carryOut(CheckReport report, long began) {
        FutureTask<Void> work = new FutureTask<>(() -> examine(report, began), null);
        Thread thread = new Thread(work, "gradus-gpu-check");
        thread.setDaemon(true);
        thread.start();
        while (true) {
            double gone = secondsSince(began);
            if (gone >= limit) {
                report.stuck(gone);
                return;
            }
            try {
                work.get((long) (1e9 * Math.min(1, limit - gone)) + 1, TimeUnit.NANOSECONDS);
                return;
            } catch (TimeoutException underWay) {
                report.tick(secondsSince(began), limit);
            } catch (ExecutionException failed) {
                throw unchecked(failed.getCause());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new BackendException("cuda: interrupted while the device was examined");
            }
        }
    }

    private void examine(CheckReport report, long began) {
        Options options = new Options(Runtime.getRuntime().availableProcessors(), number, false, false);
        try (Backend device = Backends.open("cuda", options).backend();
                Backend cpu = Backends.open("cpu", options).backend()) {
            report.opened(device, cpu);
            double seconds = BEGINNING * limit - secondsSince(began);
            new Examination(device, cpu, System::nanoTime, seconds).run(report::begins, report::found);
            report.closes(device, "closing the device");
        }
    }

    private static RuntimeException unchecked(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException known ? known : new IllegalStateException(thrown);
    }

    private static double secondsSince(long nanoseconds) {
        return (System.nanoTime() - nanoseconds) / 1e9;
    }
}
