package org.gradus.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.gradus.experiment.ConfigTemplate;
import org.gradus.store.AtomicFile;
import org.gradus.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gradus init [FILE]}: a commented configuration to start from. */
@Command(
        name = "init",
        description = "Write a commented configuration to start from.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class InitCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(InitCommand.class);

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "gradus.yaml",
            description = "Default: gradus.yaml.")
    private Path file;

    @Option(names = "--overwrite", description = "Replace FILE if it exists.")
    private boolean overwrite;

    @Override
    public Integer call() {
        if (Files.exists(file) && !overwrite) {
            throw new StoreException(file + ": exists already; name another file, or add --overwrite");
        }
        byte[] text = ConfigTemplate.text().getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, out -> out.write(text));
        LOG.info("{} written; try: gradus run {}", file, file);
        return ExitCode.DONE;
    }
}
