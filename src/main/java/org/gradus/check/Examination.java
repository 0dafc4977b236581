package org.gradus.check;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.gradus.backend.Backend;
import org.gradus.backend.BackendException;
import org.gradus.check.Finding.Verdict;
import org.gradus.store.StoreException;

/** All checks of a device in turn, within a limit of time: those of correctness come first. */
public final class Examination {
    /** One part of the examination. */
    interface Part {
        String section();

        /** Reports as it goes; throws what the device throws. */
        void examine(Subject subject, Consumer<Finding> report);
    }

    private static final List<Part> PARTS = List.of(
            new VerbCheck(),
            new LineCheck(),
            new GoldenCheck(),
            new AgreementCheck(),
            new FusedCheck(),
            new MemoryCheck(),
            new Rates(),
            new GraphGain(),
            new SingularValueTimes(),
            new RecordingCost());

    private final Backend device;
    private final Backend cpu;
    private final LongSupplier clock;

    private final double seconds;

    /**
     * @param cpu what the device is compared with
     * @param clock in nanoseconds
     * @param seconds after which nothing more is begun; what is under way then ends within another 30, unless the device
     *     hangs
     */
    public Examination(Backend device, Backend cpu, LongSupplier clock, double seconds) {
        this.device = device;
        this.cpu = cpu;
        this.clock = clock;
        this.seconds = seconds;
    }

    /** The sections, in order. */
    public static List<String> sections() {
        return PARTS.stream().map(Part::section).toList();
    }

    /**
     * Reports finding after finding, and ends by itself.
     *
     * @param begins told the section that comes next
     */
    public void run(Consumer<String> begins, Consumer<Finding> report) {
        Subject subject = new Subject(device, cpu, clock, seconds);
        for (Part part : PARTS) {
            begins.accept(part.section());
            if (subject.isTimeUp()) {
                report.accept(Finding.skipped(part.section(), "all", "no time left"));
                continue;
            }
            try {
                part.examine(subject, report);
            } catch (BackendException | StoreException | UncheckedIOException failure) {
                report.accept(new Finding(
                        part.section(), "what is left of it", Verdict.FAILED, Double.NaN, "", failure.getMessage()));
            }
        }
    }
}
