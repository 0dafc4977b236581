package org.gradus.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.gradus.bundle.Bundle;
import org.gradus.bundle.Bundle.Identity;
import org.gradus.bundle.Bundle.Summary;
import org.gradus.bundle.Installation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gradus bundle -o FILE.tar.xz}: the archive for machines without JDK or network. */
@Command(
        name = "bundle",
        description = "Pack Gradus with a Java runtime for Linux x86-64 machines without JDK, Maven or network.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class BundleCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(BundleCommand.class);

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE.tar.xz",
            description = "The archive; replaced if it exists.")
    private Path output;

    @Override
    public Integer call() {
        if (!output.toString().endsWith(".tar.xz")) {
            throw new ParameterException(
                    spec.commandLine(), "-o " + output + ": the archive's name must end in .tar.xz");
        }
        Installation installation = Installation.of(Main.class);
        Identity identity = new Identity(Provenance.version(), Provenance.commit());
        Interrupts.watch();
        TerminalLine line = new TerminalLine(System.err, Provenance.columns());
        Summary summary;
        try (BundleProgress progress = new BundleProgress(line, System::nanoTime)) {
            summary = Bundle.write(output, installation, identity, progress);
        } catch (CancellationException interrupted) {
            LOG.info("interrupted; {} was not written", output);
            return ExitCode.INTERRUPTED;
        }
        summary.drawsNothing()
                .ifPresent(reason -> LOG.warn("the bundle draws no pictures where there are no fonts: {}", reason));
        LOG.info(
                "{} written: {} MB, for Linux x86-64 with glibc {} or newer and {}",
                output,
                String.format(Locale.ROOT, "%.1f", summary.bytes() / 1e6),
                summary.glibc(),
                summary.glibcxx());
        return ExitCode.DONE;
    }
}
