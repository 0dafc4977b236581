package org.gradus.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gradus.store.StoreException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code --quiet}, {@code --verbose}, {@code --log-file}: messages go to standard error, results to standard output. */
final class LoggingOptions {
    /** Information as it is; {@code gradus: warning: …} and {@code gradus: …} for what is wrong. */
    private static final String ON_CONSOLE =
            "%replace(%replace(%replace(%level){'INFO|DEBUG', ''}){'WARN', 'gradus: warning: '}){'ERROR', 'gradus: '}%msg%n";

    private static final String IN_FILE = "%date{ISO8601} %-5level %logger{20} %msg%n";

    @Option(names = "--quiet", scope = ScopeType.INHERIT, description = "Only warnings and errors.")
    private boolean quiet;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "More messages, and a stack trace with an error.")
    private boolean verbose;

    @Option(
            names = "--log-file",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "Append every message, with its time, to FILE.")
    private Path file;

    boolean quiet() {
        return quiet;
    }

    /** Sets the log up as the options say. */
    void apply() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(verbose ? Level.DEBUG : Level.INFO);
        // warns at every file that its writing is young; ours are read back by the HDF5 library in tests
        context.getLogger("io.jhdf").setLevel(Level.ERROR);
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setTarget("System.err");
        ThresholdFilter filter = new ThresholdFilter();
        filter.setLevel((quiet ? Level.WARN : Level.DEBUG).toString());
        filter.start();
        console.addFilter(filter);
        attach(context, root, console, verbose ? ON_CONSOLE + "%ex" : ON_CONSOLE + "%nopex");
        if (file != null) {
            FileAppender<ILoggingEvent> appender = new FileAppender<>();
            appender.setFile(file.toString());
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null && Files.isDirectory(folder)) { // logback would create it
                attach(context, root, appender, IN_FILE);
            }
            if (!appender.isStarted()) {
                throw new StoreException(
                        "--log-file " + file + ": cannot be written; name a file in a folder that is there");
            }
        }
    }

    private static void attach(
            LoggerContext context, Logger root, OutputStreamAppender<ILoggingEvent> appender, String pattern) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        if (appender instanceof FileAppender) {
            encoder.setCharset(StandardCharsets.UTF_8);
        }
        encoder.setPattern(pattern);
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
        root.addAppender(appender);
    }
}
