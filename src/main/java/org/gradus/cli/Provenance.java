package org.gradus.cli;

import org.gradus.experiment.Manifest;
import picocli.CommandLine.Model.CommandSpec;

/** What the launcher and the jar tell about the program itself. */
final class Provenance {
    private Provenance() {}

    static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }

    /** The commit that the launcher read off the checkout, with "-dirty" for uncommitted changes. */
    static String commit() {
        return System.getProperty("gradus.commit", "unknown");
    }

    /** Columns of the terminal that standard error is, which the launcher's shell can tell on every JDK; 0 for none. */
    static int columns() {
        return Integer.getInteger("gradus.columns", 0);
    }

    /** With the command line that {@code command} was given on. */
    static Manifest.Origin origin(CommandSpec command) {
        String text =
                CommandText.of(command.root().commandLine().getParseResult().originalArgs());
        return new Manifest.Origin(version(), commit(), text);
    }
}
