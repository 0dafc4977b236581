package org.gradus.experiment;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.gradus.experiment.Config.CheckpointSection;
import org.gradus.experiment.Config.ComputeSection;
import org.gradus.experiment.Config.DescentSection;
import org.gradus.experiment.Config.Every;
import org.gradus.experiment.Config.EverySeconds;
import org.gradus.experiment.Config.EverySteps;
import org.gradus.experiment.Config.FactorsSection;
import org.gradus.experiment.Config.Geometric;
import org.gradus.experiment.Config.Listed;
import org.gradus.experiment.Config.RecordSection;
import org.gradus.experiment.Config.StartKind;
import org.gradus.experiment.Config.StartSection;
import org.gradus.experiment.Config.StepsSection;
import org.gradus.experiment.Config.StopSection;

/**
 * The resolved configuration under the keys of the file, defaults included and paths of inputs absolute: read again, it
 * is the same configuration. Left out is what has no value of its own: widths and threads that follow from target and
 * machine.
 */
final class ConfigTree {
    private ConfigTree() {}

    static Map<String, Object> factors(FactorsSection factors) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("depth", factors.depth());
        factors.widths().ifPresent(widths -> tree.put("widths", widths));
        tree.put("initialization", start(factors.start()));
        return tree;
    }

    private static Map<String, Object> start(StartSection start) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", Value.word(start.kind()));
        put(tree, "scale", start.scale());
        put(tree, "product-scale", start.productScale());
        put(tree, "standard-deviation", start.standardDeviation());
        put(tree, "perturbation", start.perturbation());
        if (StartReader.keys(start.kind()).contains("seed")) {
            tree.put("seed", start.seed());
        }
        if (start.kind() == StartKind.GIVEN) {
            tree.put("files", start.files().stream().map(ConfigTree::absolute).toList());
        }
        return tree;
    }

    static Map<String, Object> descent(DescentSection descent) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("step-size", "auto");
        put(tree, "step-size", descent.stepSize());
        tree.put("steps", descent.steps());
        tree.put("solver", Value.word(descent.solver()));
        tree.put("stop", stop(descent.stop()));
        return tree;
    }

    private static Map<String, Object> stop(StopSection stop) {
        Map<String, Object> tree = new LinkedHashMap<>();
        put(tree, "loss", stop.loss());
        put(tree, "relative-change", stop.relativeChange());
        stop.rank().ifPresent(rank -> tree.put("rank", rank));
        stop.plateau().ifPresent(plateau -> tree.put("plateau", plateau));
        return tree;
    }

    static Map<String, Object> record(RecordSection record) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("steps", steps(record.steps()));
        tree.put("singular-values", "all");
        record.singularValues().ifPresent(k -> tree.put("singular-values", k == 0 ? "none" : k));
        tree.put("factors", record.factors());
        tree.put("balancedness", record.balancedness());
        if (record.alignment() > 0) {
            tree.put("alignment", record.alignment());
        }
        tree.put("products", record.products());
        tree.put("checkpoint", record.checkpoint().map(ConfigTree::checkpoint).orElse("none"));
        return tree;
    }

    private static Object checkpoint(CheckpointSection checkpoint) {
        return checkpoint instanceof EverySteps every
                ? Map.of("steps", every.steps())
                : Map.of("seconds", ((EverySeconds) checkpoint).seconds());
    }

    private static Object steps(StepsSection steps) {
        if (steps instanceof Every every) {
            return Map.of("every", every.steps());
        }
        return steps instanceof Geometric geometric
                ? Map.of("geometric", geometric.ratio())
                : List.copyOf(((Listed) steps).steps());
    }

    static Map<String, Object> compute(ComputeSection compute) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("backend", Value.word(compute.backend()));
        tree.put("precision", Value.word(compute.precision()));
        compute.threads().ifPresent(threads -> tree.put("threads", threads));
        tree.put("device", compute.device());
        tree.put("singular-values", Value.word(compute.singularValues()));
        return tree;
    }

    static void put(Map<String, Object> tree, String key, OptionalDouble value) {
        value.ifPresent(number -> tree.put(key, number));
    }

    static String absolute(Path path) {
        return path.toAbsolutePath().toString();
    }
}
