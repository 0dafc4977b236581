package org.gradus.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gradus.store.StoreException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** {@code --quiet}, {@code --verbose}, {@code --log-file}: messages go to standard error, results to standard output. */
final class LoggingOptions {
    @Option(names = "--quiet", description = "Only warnings and errors.")
    private boolean quiet;

    @Option(names = "--verbose", description = "More messages, and a stack trace with an error.")
    private boolean verbose;

    @Option(names = "--log-file", paramLabel = "FILE", description = "Append every message, with its time, to FILE.")
    private Path file;

    boolean quiet() {
        return quiet;
    }

    boolean verbose() {
        return verbose;
    }

    /** Sets the log up as the options say. */
    void apply() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(verbose ? Level.DEBUG : Level.INFO);
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setTarget("System.err");
        attach(context, root, console, "%replace(%level: ){'INFO: |DEBUG: ', ''}%msg%n", quiet ? Level.WARN : null);
        if (file != null) {
            Path parent = file.toAbsolutePath().getParent();
            if (Files.isDirectory(file) || !Files.isDirectory(parent) || !Files.isWritable(parent)) {
                throw new StoreException("--log-file " + file + ": cannot be written");
            }
            FileAppender<ILoggingEvent> appender = new FileAppender<>();
            appender.setFile(file.toString());
            attach(context, root, appender, "%date{ISO8601} %-5level %logger{20} %msg%n", null);
        }
    }

    private static void attach(
            LoggerContext context,
            Logger root,
            OutputStreamAppender<ILoggingEvent> appender,
            String pattern,
            Level least) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(pattern);
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        if (least != null) {
            ch.qos.logback.classic.filter.ThresholdFilter filter = new ch.qos.logback.classic.filter.ThresholdFilter();
            filter.setLevel(least.toString());
            filter.start();
            appender.addFilter(filter);
        }
        appender.start();
        root.addAppender(appender);
    }
}
