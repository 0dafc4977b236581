package org.gradus.cli;

/** The promised exit statuses. */
final class ExitCode {
    static final int DONE = 0;
    static final int USAGE = 2;
    static final int DIVERGED = 3;
    static final int DEVICE = 4;
    static final int FILES = 5;
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
