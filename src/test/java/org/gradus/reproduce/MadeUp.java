package org.gradus.reproduce;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.LongStream;
import org.gradus.experiment.Config;
import org.gradus.experiment.ConfigText;
import org.gradus.report.Predicted;
import org.gradus.store.Trajectory;

/** Runs that were never carried out: configurations as published, with tables made up. */
final class MadeUp {
    /** A table of a run: its steps, columns beside the singular values, and these as functions of the step. */
    record Table(double[] steps, Map<String, DoubleUnaryOperator> columns, List<DoubleUnaryOperator> values) {

        Trajectory trajectory() {
            List<String> names = new ArrayList<>(List.of("step"));
            List<double[]> numbers = new ArrayList<>(List.of(steps));
            columns.forEach((name, column) -> {
                names.add(name);
                numbers.add(Arrays.stream(steps).map(column).toArray());
            });
            for (int i = 0; i < values.size(); i++) {
                names.add("sigma_" + (i + 1));
                numbers.add(Arrays.stream(steps).map(values.get(i)).toArray());
            }
            return new Trajectory(names, numbers.toArray(double[][]::new));
        }
    }

    /** Makes up the table of a run. */
    @FunctionalInterface
    interface Author {
        Table write(String part, Config config);
    }

    private MadeUp() {}

    /**
     * All runs of an experiment as published.
     *
     * @param target their target's singular values
     */
    static Evidence of(Experiment experiment, Path folder, double[] target, Author author) {
        Card card = experiment.card();
        Map<String, List<FinishedRun>> runs = new LinkedHashMap<>();
        List<ConfigText> documents = Edition.PUBLISHED.documents(card, folder);
        for (int i = 0; i < documents.size(); i++) {
            String name = card.parts().get(i);
            Part part =
                    new Part(name, documents.get(i), folder.resolve(name), List.of(), Edition.PUBLISHED.overrides());
            runs.put(
                    name,
                    part.configs().stream()
                            .map(config -> run(config, target, author.write(name, config)))
                            .toList());
        }
        return new Evidence(runs);
    }

    private static FinishedRun run(Config config, double[] target, Table table) {
        Map<String, Object> manifest = Map.of(
                "target_singular_values",
                Arrays.stream(target).boxed().toList(),
                "step_size",
                config.descent().stepSize().orElse(Double.NaN),
                "duration_seconds",
                1.0);
        return new FinishedRun(
                config.output(),
                config,
                manifest,
                table.trajectory(),
                () -> {
                    throw new AssertionError("no data were made up");
                },
                (plan, last) -> Predicted.NONE);
    }

    /** 0, every, 2·every … last. */
    static double[] steps(long last, long every) {
        return LongStream.rangeClosed(0, last / every)
                .mapToDouble(k -> k * every)
                .toArray();
    }

    /** From nearly nothing to the value within 40 steps about one of them. */
    static DoubleUnaryOperator rising(double value, double about) {
        return step -> value / (1 + Math.exp(-(step - about) / 10));
    }
}
