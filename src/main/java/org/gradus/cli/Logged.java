package org.gradus.cli;

/** A command with the logging options. */
interface Logged {
    LoggingOptions logging();
}
