package org.gradus.report;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.gradus.store.StoreException;

/**
 * Figures of runs, as wide as one or two columns of a paper, with text as text at 7 and 8 points and lines of at least half
 * a point; as SVG at most 500 KB each. The same curves give the same bytes.
 *
 * <p>Steps stand on a logarithmic axis, step 0 at its left end, labelled "0", before the first recorded positive step.
 */
public final class Plots {
    /** Asked once: a class that failed to load gives its reason only the first time. */
    private static final Optional<String> UNAVAILABLE = probe();

    private Plots() {}

    /** As {@link #write(Path, RunCurves, Paper)} on {@link Paper#USUAL}. */
    public static List<Path> write(Path folder, RunCurves curves) {
        return write(folder, curves, Paper.USUAL);
    }

    /**
     * Writes {@code singular-values} (where singular values were recorded), {@code effective-rank}, {@code loss} and
     * {@code test-error} (where there is a test error), with the endings of the formats. The folder is made if absent; a
     * file appears whole, or the one before stays.
     *
     * @return the files written, in this order
     * @throws StoreException if a file cannot be written
     * @throws IllegalStateException if plots are {@linkplain #unavailable() unavailable} here
     */
    public static List<Path> write(Path folder, RunCurves curves, Paper paper) {
        requireAvailable();
        Map<String, Drawing> drawings = new LinkedHashMap<>();
        if (curves.singularValues().length > 0) {
            drawings.put("singular-values", SingularValuesFigure.of(paper.columns(), curves));
        }
        drawings.put("effective-rank", EffectiveRankFigure.of(paper.columns(), curves));
        drawings.put("loss", CurveFigure.loss(paper.columns(), curves));
        if (curves.hasTestError()) {
            drawings.put("test-error", CurveFigure.testError(paper.columns(), curves));
        }
        return write(folder, drawings, paper);
    }

    private static List<Path> write(Path folder, Map<String, Drawing> drawings, Paper paper) {
        makeFolder(folder, folder);
        List<Path> written = new ArrayList<>();
        drawings.forEach((name, drawing) -> {
            for (Format format : paper.ordered()) {
                written.add(format.write(folder.resolve(name + format.ending()), drawing));
            }
        });
        return List.copyOf(written);
    }

    /** As {@link #compare(Path, List, Columns)} over one column. */
    public static void compare(Path file, List<Compared> panels) {
        compare(file, panels, Columns.ONE);
    }

    /**
     * Writes the effective ranks of several runs as one picture: panels 35 mm high one below another with the same steps.
     *
     * @param file whose name ends with that of a {@link Format}
     * @param panels at least one
     * @throws StoreException if the file cannot be written
     * @throws IllegalStateException if plots are {@linkplain #unavailable() unavailable} here
     */
    public static void compare(Path file, List<Compared> panels, Columns columns) {
        write(file, () -> ComparisonFigure.of(columns, panels));
    }

    /** As {@link #ensemble(Path, Ensemble, Columns)} over one column. */
    public static void ensemble(Path file, Ensemble ensemble) {
        ensemble(file, ensemble, Columns.ONE);
    }

    /**
     * Writes effective rank and loss of many runs as one picture, two panels 55 mm high: single runs, mean and quartiles.
     *
     * @param file whose name ends with that of a {@link Format}
     * @throws StoreException if the file cannot be written
     * @throws IllegalStateException if plots are {@linkplain #unavailable() unavailable} here
     */
    public static void ensemble(Path file, Ensemble ensemble, Columns columns) {
        write(file, () -> EnsembleFigure.of(columns, ensemble));
    }

    /**
     * Writes {@code ensemble}, as {@link #ensemble(Path, Ensemble, Columns)} does.
     *
     * @return the files written
     * @throws StoreException if a file cannot be written
     * @throws IllegalStateException if plots are {@linkplain #unavailable() unavailable} here
     */
    public static List<Path> ensemble(Path folder, Ensemble ensemble, Paper paper) {
        requireAvailable();
        return write(folder, Map.of("ensemble", EnsembleFigure.of(paper.columns(), ensemble)), paper);
    }

    /**
     * Writes, for each measure, {@code heat-map-NAME} where two keys span a grid, and {@code lines-NAME}: the measure against one
     * key with a line for each value of the other, at most {@value SweepLinesFigure#MOST_LINES}. A further key becomes panels, at most
     * {@value SweepView#MOST_PANELS}; over what else was swept, means are taken.
     *
     * @return the files written
     * @throws StoreException if a file cannot be written
     * @throws IllegalArgumentException if a key of the choice is none of the sweep's, or both are the same
     * @throws IllegalStateException if plots are {@linkplain #unavailable() unavailable} here
     */
    public static List<Path> sweep(Path folder, SweepRuns runs, SweepChoice choice, Paper paper) {
        requireAvailable();
        Map<String, Drawing> drawings = new LinkedHashMap<>();
        for (String measure : choice.measures()) {
            String name = measure.replaceAll("[^A-Za-z0-9]+", "-");
            SweepView grid = SweepView.of(runs, measure, choice.across(), choice.up(), Integer.MAX_VALUE);
            if (grid.isGrid()) {
                drawings.put("heat-map-" + name, new HeatMapFigure(paper.columns(), grid));
            }
            SweepView lines = SweepView.of(runs, measure, choice.across(), choice.up(), SweepLinesFigure.MOST_LINES);
            drawings.put("lines-" + name, SweepLinesFigure.of(paper.columns(), lines));
        }
        return write(folder, drawings, paper);
    }

    /**
     * Writes a chart: a panel of 90 mm × 65 mm, or several of 90 mm × 42 mm one below another.
     *
     * @throws StoreException if the file cannot be written
     * @throws IllegalStateException if plots are {@linkplain #unavailable() unavailable} here
     */
    public static void chart(Path file, Chart chart) {
        write(file, () -> ChartFigure.of(chart));
    }

    private static void write(Path file, Supplier<Drawing> drawing) {
        requireAvailable();
        Format format =
                Format.of(file).orElseThrow(() -> new IllegalArgumentException(file + ": figures end in .svg or .pdf"));
        makeFolder(file.toAbsolutePath().getParent(), file);
        format.write(file, drawing.get());
    }

    private static void requireAvailable() {
        unavailable().ifPresent(reason -> {
            throw new IllegalStateException(reason);
        });
    }

    /** @param written what is to be written there, for the message */
    private static void makeFolder(Path folder, Path written) {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new StoreException(written + ": cannot be written: " + folder + " is there and not a folder", e);
        } catch (IOException e) {
            throw new StoreException(written + ": cannot be written: " + e.getMessage(), e);
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
