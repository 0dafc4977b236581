package org.gradus.cli;

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
}
