package org.gradus.experiment;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.gradus.backend.Backend;
import org.gradus.observe.Recorder;
import org.gradus.store.CheckpointFolder;
import org.gradus.store.RunDirectory;
import org.gradus.store.RunFormat;
import org.gradus.store.StoreException;
import org.gradus.store.TrajectoryFile;

/** Finds what the runs of a batch, or a single one, go on from in their directories. */
public final class Resumption {
    private final List<Plan> plans;
    private final List<RunDirectory> directories;
    private final Consumer<String> warnings;

    private Resumption(List<Plan> plans, List<RunDirectory> directories, Consumer<String> warnings) {
        this.plans = plans;
        this.directories = directories;
        this.warnings = warnings;
    }

    /**
     * Members for {@link Runner} that go on together from the newest step at which every directory has a checkpoint that is
     * whole and the run's own, whose last row its table has; a newer one that is refused is told as a warning. Where there is no
     * such step all begin anew: directories that hold a manifest are emptied of results, which is told too.
     *
     * @param plans that one {@link Runner} can carry out together; the number of steps may have changed
     * @param directories held by this process, in the plans' order
     * @param warnings takes one line each
     * @throws StoreException if a manifest is unreadable or of a newer Gradus
     * @throws ConfigException if a run's configuration, precision or solver is no longer that of its checkpoints
     */
    public static List<Member> members(
            List<Plan> plans,
            List<RunDirectory> directories,
            Backend backend,
            String backendReason,
            Manifest.Origin origin,
            Consumer<String> warnings) {
        List<Manifest> manifests = new ArrayList<>();
        for (int run = 0; run < plans.size(); run++) {
            manifests.add(
                    hasBegun(directories.get(run))
                            ? Manifest.resuming(
                                    plans.get(run), backend, backendReason, origin, earlier(directories.get(run)))
                            : new Manifest(plans.get(run), backend, backendReason, origin));
        }
        return new Resumption(plans, directories, warnings).members(manifests);
    }

    private static boolean hasBegun(RunDirectory directory) {
        return Files.exists(directory.manifest());
    }

    private static Map<String, Object> earlier(RunDirectory directory) {
        return RunFormat.read(directory.manifest());
    }

    private List<Member> members(List<Manifest> manifests) {
        boolean refused = false;
        for (long step : commonSteps()) {
            try {
                List<Checkpoint> checkpoints = checkpoints(step, manifests);
                if (refused) {
                    warnings.accept(name() + ": goes on from step " + step + ", the checkpoint before");
                }
                List<Member> members = new ArrayList<>();
                for (int run = 0; run < plans.size(); run++) {
                    members.add(Member.resuming(
                            plans.get(run), directories.get(run), manifests.get(run), checkpoints.get(run)));
                }
                return members;
            } catch (StoreException e) {
                refused = true;
                warnings.accept(e.getMessage());
            }
        }
        return anew(manifests);
    }

    /** Newest first. */
    private List<Long> commonSteps() {
        List<Long> common = null;
        for (RunDirectory directory : directories) {
            CheckpointFolder folder = new CheckpointFolder(directory);
            List<Long> steps = hasBegun(directory) ? folder.steps() : List.of();
            if (common == null) {
                common = new ArrayList<>(steps);
            } else {
                common.retainAll(steps);
            }
        }
        return common == null ? List.of() : common;
    }

    private List<Checkpoint> checkpoints(long step, List<Manifest> manifests) {
        List<String> columns = Recorder.columns(plans.get(0).observers());
        List<Checkpoint> checkpoints = new ArrayList<>();
        for (int run = 0; run < plans.size(); run++) {
            RunDirectory directory = directories.get(run);
            Checkpoint checkpoint = Checkpoint.read(
                    new CheckpointFolder(directory),
                    step,
                    plans.get(run),
                    manifests.get(run).identity());
            try {
                TrajectoryFile.requireRow(
                        directory.trajectory(), columns, checkpoint.standing().lastRow());
            } catch (StoreException e) {
                throw new StoreException(checkpoint.path() + ": does not fit the table: " + e.getMessage(), e);
            }
            checkpoints.add(checkpoint);
        }
        return checkpoints;
    }

    private List<Member> anew(List<Manifest> manifests) {
        List<Member> members = new ArrayList<>();
        for (int run = 0; run < plans.size(); run++) {
            RunDirectory directory = directories.get(run);
            if (hasBegun(directory)) {
                warnings.accept(directory.path() + ": has no checkpoint to go on from; the run begins anew at step 0");
                directory.removeResults();
            }
            members.add(new Member(plans.get(run), directory, manifests.get(run)));
        }
        return members;
    }

    private String name() {
        return directories.get(0).path() + (directories.size() == 1 ? "" : " and its batch");
    }
}
