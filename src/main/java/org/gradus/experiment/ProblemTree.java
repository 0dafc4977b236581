package org.gradus.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gradus.experiment.Config.FileTarget;
import org.gradus.experiment.Config.MaskSection;
import org.gradus.experiment.Config.NoiseSection;
import org.gradus.experiment.Config.ObservationsSection;
import org.gradus.experiment.Config.OperatorsFile;
import org.gradus.experiment.Config.OperatorsKind;
import org.gradus.experiment.Config.OperatorsSection;
import org.gradus.experiment.Config.ProblemSection;
import org.gradus.experiment.Config.RandomOperators;
import org.gradus.experiment.Config.RankOneFiles;
import org.gradus.experiment.Config.SyntheticTarget;
import org.gradus.experiment.Config.TargetSection;

/** The section {@code problem} of the resolved configuration, see {@link ConfigTree}. */
final class ProblemTree {
    private ProblemTree() {}

    static Map<String, Object> of(ProblemSection problem) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", Value.word(problem.kind()));
        problem.target().ifPresent(section -> {
            Map<String, Object> target = target(section);
            problem.noise().ifPresent(noise -> target.put("noise", noise(noise)));
            tree.put("target", target);
        });
        tree.put("loss", Value.word(problem.loss()));
        problem.operators().ifPresent(operators -> tree.put("operators", operators(operators)));
        Map<String, Object> observations = observations(problem.observations());
        if (!observations.isEmpty()) {
            tree.put("observations", observations);
        }
        problem.mask().ifPresent(mask -> tree.put("mask", mask(mask)));
        return tree;
    }

    private static Map<String, Object> target(TargetSection section) {
        Map<String, Object> target = new LinkedHashMap<>();
        if (section instanceof FileTarget file) {
            target.put("file", ConfigTree.absolute(file.file()));
        } else if (section instanceof SyntheticTarget synthetic) {
            Map<String, Object> made = new LinkedHashMap<>();
            made.put("rows", synthetic.rows());
            made.put("columns", synthetic.columns());
            made.put("spectrum", synthetic.spectrum());
            made.put("symmetric", synthetic.symmetric());
            made.put("seed", synthetic.seed());
            target.put("synthetic", made);
        }
        return target;
    }

    private static Map<String, Object> noise(NoiseSection noise) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("standard-deviation", noise.standardDeviation());
        tree.put("seed", noise.seed());
        return tree;
    }

    private static Map<String, Object> operators(OperatorsSection operators) {
        Map<String, Object> tree = new LinkedHashMap<>();
        if (operators.way() instanceof OperatorsFile file) {
            tree.put("file", ConfigTree.absolute(file.file()));
        } else if (operators.way() instanceof RankOneFiles files) {
            List<String> paths = List.of(ConfigTree.absolute(files.left()), ConfigTree.absolute(files.right()));
            tree.put("rank-one", Map.of("files", paths));
        } else if (operators.way() instanceof RandomOperators random) {
            Map<String, Object> made = new LinkedHashMap<>();
            made.put("count", random.count());
            ConfigTree.put(made, "standard-deviation", random.standardDeviation());
            made.put("seed", random.seed());
            tree.put(key(random.kind()), made);
        }
        operators.rows().ifPresent(rows -> tree.put("rows", rows));
        operators.columns().ifPresent(columns -> tree.put("columns", columns));
        return tree;
    }

    private static String key(OperatorsKind kind) {
        return Value.word(kind).replace('_', '-');
    }

    private static Map<String, Object> observations(ObservationsSection observations) {
        Map<String, Object> tree = new LinkedHashMap<>();
        observations.file().ifPresent(file -> tree.put("file", ConfigTree.absolute(file)));
        observations.noise().ifPresent(noise -> tree.put("noise", noise(noise)));
        return tree;
    }

    private static Map<String, Object> mask(MaskSection mask) {
        Map<String, Object> tree = new LinkedHashMap<>();
        mask.file().ifPresent(file -> tree.put("file", ConfigTree.absolute(file)));
        ConfigTree.put(tree, "fraction", mask.fraction());
        mask.count().ifPresent(count -> tree.put("count", count));
        ConfigTree.put(tree, "held-out", mask.heldOut());
        tree.put("seed", mask.seed());
        return tree;
    }
}
