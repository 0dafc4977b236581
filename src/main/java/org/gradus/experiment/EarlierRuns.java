package org.gradus.experiment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.gradus.store.SweepDirectory;

/** Looks through a directory of a sweep for what earlier attempts left there. */
final class EarlierRuns {
    private final Sweep sweep;
    private final SweepDirectory directory;
    private final Set<Object> checkedInputs = new HashSet<>();

    EarlierRuns(Sweep sweep, SweepDirectory directory) {
        this.sweep = sweep;
        this.directory = directory;
    }

    /**
     * Takes the runs that are there as they are.
     *
     * @return the others; those of a group that go on from checkpoints of one step are a group
     * @throws org.gradus.store.StoreException if a run is from a newer Gradus, or its input files have changed since
     */
    List<SweepGroup> look(List<SweepGroup> groups, SweepResults results, SweepRunner.Looking looking) {
        int all = SweepGroup.runs(groups);
        int looked = 0;
        List<SweepGroup> left = new ArrayList<>();
        for (SweepGroup group : groups) {
            Map<Long, List<Integer>> bySteps = new TreeMap<>();
            for (int number : group.numbers()) {
                EarlierRun run = EarlierRun.read(directory.run(sweep.name(number)));
                checkInputs(run);
                Optional<EarlierRun.Finished> finished = run.finished();
                if (finished.isPresent()) {
                    results.take(number, finished.get());
                } else {
                    bySteps.computeIfAbsent(run.checkpoint(), step -> new ArrayList<>())
                            .add(number);
                }
                looking.looked(++looked, all);
            }
            bySteps.forEach((step, numbers) -> left.add(group.with(numbers, step)));
        }
        return left;
    }

    /** Once for each list of inputs. */
    private void checkInputs(EarlierRun run) {
        if (run.manifest().get(Inputs.KEY) instanceof List<?> inputs && checkedInputs.add(inputs)) {
            Inputs.requireUnchanged(run.path().resolve("manifest.json"), run.manifest(), Loading.UNWATCHED);
        }
    }
}
