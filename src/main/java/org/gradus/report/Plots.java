package org.gradus.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Pictures of one run: SVG of 90 mm × 65 mm, a column of a paper, with text as text at 7 and 8 points, at most 500 KB
 * each. The same curves give the same bytes on the same machine.
 *
 * <p>Steps stand on a logarithmic axis, step 0 at its left end, labelled "0", before the first recorded positive step.
 */
public final class Plots {
    /** Asked once: a class that failed to load gives its reason only the first time. */
    private static final Optional<String> UNAVAILABLE = probe();

    private Plots() {}

    /**
     * Writes {@code singular-values.svg} (where singular values were recorded), {@code effective-rank.svg},
     * {@code loss.svg} and {@code test-error.svg} (where there is a test error). The folder is made if absent; a file
     * appears whole, or the one before stays.
     *
     * @return the files written, in this order
     * @throws UncheckedIOException if a file cannot be written
     * @throws IllegalStateException if plots are {@linkplain #unavailable() unavailable} here
     */
    public static List<Path> write(Path folder, RunCurves curves) {
        unavailable().ifPresent(reason -> {
            throw new IllegalStateException(reason);
        });
        try {
            Files.createDirectories(folder);
            List<Path> written = new ArrayList<>();
            if (curves.singularValues().length > 0) {
                written.add(SvgFile.write(folder.resolve("singular-values.svg"), SingularValuesFigure.of(curves)));
            }
            written.add(SvgFile.write(folder.resolve("effective-rank.svg"), EffectiveRankFigure.of(curves)));
            written.add(SvgFile.write(folder.resolve("loss.svg"), CurveFigure.loss(curves)));
            if (curves.hasTestError()) {
                written.add(SvgFile.write(folder.resolve("test-error.svg"), CurveFigure.testError(curves)));
            }
            return List.copyOf(written);
        } catch (IOException e) {
            throw new UncheckedIOException("plots cannot be written to " + folder + ": " + e.getMessage(), e);
        }
    }

    /**
     * Writes the effective ranks of several runs as one picture: panels of 90 mm × 35 mm one below another with the same steps.
     *
     * @param panels at least one
     * @throws UncheckedIOException if the file cannot be written
     * @throws IllegalStateException if plots are {@linkplain #unavailable() unavailable} here
     */
    public static void compare(Path file, List<Compared> panels) {
        write(file, () -> ComparisonFigure.of(panels));
    }

    /**
     * Writes effective rank and loss of many runs as one picture, two panels of 90 mm × 55 mm: single runs, mean and quartiles.
     *
     * @throws UncheckedIOException if the file cannot be written
     * @throws IllegalStateException if plots are {@linkplain #unavailable() unavailable} here
     */
    public static void ensemble(Path file, Ensemble ensemble) {
        write(file, () -> EnsembleFigure.of(ensemble));
    }

    /**
     * Writes a chart: a panel of 90 mm × 65 mm, or several of 90 mm × 42 mm one below another.
     *
     * @throws UncheckedIOException if the file cannot be written
     * @throws IllegalStateException if plots are {@linkplain #unavailable() unavailable} here
     */
    public static void chart(Path file, Chart chart) {
        write(file, () -> ChartFigure.of(chart));
    }

    private static void write(Path file, Supplier<Drawing> drawing) {
        unavailable().ifPresent(reason -> {
            throw new IllegalStateException(reason);
        });
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            SvgFile.write(file, drawing.get());
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written: " + e.getMessage(), e);
        }
    }

    /**
     * One sentence that says why no plots can be drawn here, such as a Java runtime without java.desktop or a machine
     * without fonts; empty where they can.
     */
    public static Optional<String> unavailable() {
        return UNAVAILABLE;
    }

    private static Optional<String> probe() {
        try {
            return Typeface.failure().map(Plots::sentence);
        } catch (LinkageError | InternalError | RuntimeException e) { // Typeface itself does not load
            return Optional.of(sentence(e));
        }
    }

    private static String sentence(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String said = root.getMessage() == null
                ? ""
                : ": " + root.getMessage().lines().findFirst().orElse("");
        return "no plots: Java's font system does not work here ("
                + root.getClass().getSimpleName() + said + "); it needs the module java.desktop, fontconfig and a font";
    }
}
