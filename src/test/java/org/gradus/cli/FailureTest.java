package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.gradus.backend.BackendException;
import org.gradus.experiment.ConfigException;
import org.gradus.store.StoreException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class FailureTest {
    record Case(Throwable thrown, int status, String line) {}

    static final List<Case> CASES = List.of(
            new Case(new ConfigException("a\n  b"), 2, "a b"),
            new Case(new BackendException("c\u0007"), 4, "c?"),
            new Case(new StoreException("d"), 5, "d"),
            new Case(new UncheckedIOException("e", new IOException()), 5, "e"),
            new Case(new OutOfMemoryError("Java heap space"), 4, "memory is exhausted (Java heap space); Java's heap"),
            new Case(new UnsatisfiedLinkError("no x"), 4, "a native library cannot be loaded: java.lang.Unsatis"),
            new Case(
                    new ExceptionInInitializerError(new IllegalStateException("y")),
                    4,
                    "a native library cannot be loaded: java.lang.IllegalStateException: y"),
            new Case(
                    new IllegalArgumentException("f"),
                    1,
                    "this is a defect of Gradus: java.lang.IllegalArgumentException: f; --verbose shows where"),
            new Case(new StackOverflowError(), 1, "this is a defect of Gradus: java.lang.StackOverflowError: null"));

    @ParameterizedTest
    @FieldSource("CASES")
    void whatIsThrownHasItsStatusAndOneLine(Case given) {
        Failure failure = Failure.of(given.thrown());
        assertEquals(given.status(), failure.status());
        assertTrue(failure.line().startsWith(given.line()), failure.line());
        assertEquals(1, failure.line().lines().count());
    }
}
