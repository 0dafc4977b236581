package org.gradus.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.gradus.backend.Backend;
import org.gradus.backend.Options;
import org.gradus.check.Examination;
import org.gradus.check.Finding;
import org.gradus.check.Finding.Verdict;
import org.gradus.select.Backends;
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
            "Ends by itself within 8 minutes; exit status 4 if anything differs."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class GpuCheckCommand implements Callable<Integer> {
    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the findings as JSON as well.")
    private Optional<Path> json;

    @Option(names = "--device", paramLabel = "N", description = "Number of the GPU, from 0.", defaultValue = "0")
    private int number;

    @Override
    public Integer call() {
        if (number < 0) {
            throw new ParameterException(
                    spec.commandLine(), "--device " + number + ": devices are numbered from 0, see gradus devices");
        }
        int threads = Runtime.getRuntime().availableProcessors();
        Instant start = Instant.now();
        long began = System.nanoTime();
        List<Finding> findings = new ArrayList<>();
        Options options = new Options(threads, number, false, false);
        try (Backend device = Backends.open("cuda", options).backend();
                Backend cpu = Backends.open("cpu", options).backend()) {
            PrintWriter out = spec.commandLine().getOut();
            out.println("device   " + device.describe());
            out.println("against  " + cpu.describe());
            out.flush();
            examine(device, cpu, out, findings);
            long failed = count(findings, Verdict.FAILED);
            double seconds = (System.nanoTime() - began) / 1e9;
            out.printf(
                    Locale.ROOT,
                    "%d within their bounds, %d not, %d measured, %d skipped, in %.0f s%n",
                    count(findings, Verdict.OK),
                    failed,
                    count(findings, Verdict.MEASURED),
                    count(findings, Verdict.SKIPPED),
                    seconds);
            out.flush();
            json.ifPresent(file -> JsonFile.write(file, tree(device, cpu, start, seconds, findings)));
            return failed == 0 ? ExitCode.DONE : ExitCode.DEVICE;
        }
    }

    private void examine(Backend device, Backend cpu, PrintWriter out, List<Finding> findings) {
        int columns = main.logging().quiet() ? 0 : Provenance.columns();
        TerminalLine line = new TerminalLine(System.err, columns);
        List<String> sections = Examination.sections();
        new Examination(device, cpu, System::nanoTime)
                .run(
                        section -> {
                            line.clear();
                            out.println();
                            out.println(section);
                            out.flush();
                            line.show("part " + (sections.indexOf(section) + 1) + " of " + sections.size() + ": "
                                    + section + " …");
                        },
                        finding -> {
                            line.clear();
                            findings.add(finding);
                            out.println("  " + text(finding));
                            out.flush();
                        });
        line.clear();
    }

    private static long count(List<Finding> findings, Verdict verdict) {
        return findings.stream().filter(finding -> finding.verdict() == verdict).count();
    }

    private static String text(Finding finding) {
        String value = Double.isNaN(finding.value())
                ? ""
                : String.format(Locale.ROOT, "%.4g %s", finding.value(), finding.unit())
                        .strip();
        String verdict = finding.verdict().name().toLowerCase(Locale.ROOT);
        return String.format(Locale.ROOT, "%-9s%-62s %14s  %s", verdict, finding.what(), value, finding.note())
                .stripTrailing();
    }

    private static Map<String, Object> tree(
            Backend device, Backend cpu, Instant start, double seconds, List<Finding> findings) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("gradus", Provenance.version());
        tree.put("commit", Provenance.commit());
        tree.put("start", start.toString());
        tree.put("duration_seconds", seconds);
        tree.put("device", device.describe());
        tree.put("device_details", device.details());
        tree.put("cpu", cpu.describe());
        tree.put("passed", count(findings, Verdict.FAILED) == 0);
        tree.put("findings", findings.stream().map(GpuCheckCommand::tree).toList());
        return tree;
    }

    private static Map<String, Object> tree(Finding finding) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("section", finding.section());
        tree.put("what", finding.what());
        tree.put("verdict", finding.verdict().name().toLowerCase(Locale.ROOT));
        tree.put("value", finding.value());
        tree.put("unit", finding.unit());
        tree.put("note", finding.note());
        return tree;
    }
}
