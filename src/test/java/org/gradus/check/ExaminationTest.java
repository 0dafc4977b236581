package org.gradus.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.gradus.backend.Arena;
import org.gradus.backend.Backend;
import org.gradus.backend.BackendException;
import org.gradus.backend.ForwardingBackend;
import org.gradus.backend.openblas.OpenBlasBackend;
import org.gradus.check.Finding.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExaminationTest {

    private static List<Finding> findings(Backend device, LongSupplier clock, double seconds) {
        return findings(device, clock, seconds, section -> {});
    }

    private static List<Finding> findings(Backend device, LongSupplier clock, double seconds, Consumer<String> begins) {
        List<Finding> findings = new ArrayList<>();
        try (Backend cpu = new OpenBlasBackend(1)) {
            new Examination(device, cpu, clock, seconds).run(begins, findings::add);
        }
        return findings;
    }

    /** A clock by which every look takes half a second. */
    private static LongSupplier fast() {
        AtomicLong now = new AtomicLong();
        return () -> now.addAndGet(500_000_000);
    }

    @Test
    void aBackendThatComputesWhatTheCpuDoesIsWithinAllBounds() {
        try (Backend device = new OpenBlasBackend(2)) {
            AtomicLong skipped = new AtomicLong(); // all that is only timed
            List<Finding> findings = findings(
                    device,
                    () -> System.nanoTime() + skipped.get(),
                    1000,
                    section -> skipped.addAndGet(section.equals("rates") ? 1_000_000_000_000L : 0));
            assertEquals(
                    List.of(),
                    findings.stream()
                            .filter(finding -> finding.verdict() == Verdict.FAILED)
                            .filter(finding -> !finding.section().equals("memory")) // other programs take the CPU's
                            .toList());
            assertTrue(findings.stream()
                            .filter(finding -> finding.verdict() == Verdict.OK)
                            .count()
                    > 30);
            assertEquals(
                    List.of("verbs", "recordings and lines", "golden", "agreement with the CPU"),
                    findings.stream()
                            .filter(finding -> finding.verdict() == Verdict.OK)
                            .map(Finding::section)
                            .distinct()
                            .limit(4)
                            .toList());
        }
    }

    @Test
    void whatThereIsNoTimeForIsSkippedAndSaid() {
        try (Backend device = new OpenBlasBackend(1)) {
            List<Finding> findings = findings(device, fast(), 0.1);
            assertEquals(
                    Examination.sections(),
                    findings.stream().map(Finding::section).collect(Collectors.toList()));
            assertTrue(findings.stream().allMatch(finding -> finding.verdict() == Verdict.SKIPPED));
        }
    }

    @Test
    void aDeviceThatFailsIsAFindingAndTheNextPartGoesOn() {
        try (Backend broken = new ForwardingBackend() {
            @Override
            public Arena openArena() {
                throw new BackendException("cuda: cuMemAlloc: CUDA_ERROR_UNKNOWN (999)");
            }
        }) {
            List<Finding> findings = findings(broken, fast(), 60);
            assertEquals(
                    Examination.sections(),
                    findings.stream().map(Finding::section).distinct().toList());
            Finding first = findings.get(0);
            assertEquals(Verdict.FAILED, first.verdict());
            assertEquals("cuda: cuMemAlloc: CUDA_ERROR_UNKNOWN (999)", first.note());
        }
    }

    /** From a notebook's with a 32nd of its rate in float64, by one that answers late, to what is no device at all. */
    @ParameterizedTest
    @CsvSource({"5e-6, 3.5e10, 32", "1e-2, 1e12, 2", "1e-5, 1e9, 1", "1e-3, 1e7, 1", "1, 1e12, 2"})
    void whateverADevicesRateNothingIsBegunThatEndsAfterEightMinutes(double latency, double rate, double narrower) {
        VirtualDevice device = new VirtualDevice(latency, rate, narrower, 2L << 30);
        List<Finding> findings = findings(device, device.clock(), 400);
        assertTrue(device.seconds() < 450, device.seconds() + " s");
        assertEquals(
                Examination.sections(),
                findings.stream().map(Finding::section).distinct().toList());
    }

    @Test
    void anErrorBeyondItsBoundOrNoNumberIsAFailure() {
        assertEquals(Verdict.OK, Finding.error("s", "w", 1e-13, 1e-12).verdict());
        assertEquals(Verdict.FAILED, Finding.error("s", "w", 2e-12, 1e-12).verdict());
        assertEquals(Verdict.FAILED, Finding.error("s", "w", Double.NaN, 1e-12).verdict());
    }
}
