package org.gradus.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.gradus.backend.BackendException;
import org.gradus.experiment.ConfigException;
import org.gradus.page.ReportedRun;
import org.gradus.store.StoreException;

/** What theory says of the runs of a page: of the first few always, of further ones while that takes seconds only. */
final class ReportPredictions {
    private static final int ALWAYS = 4;
    private static final long MOST_NANOSECONDS = 4_000_000_000L;

    /** Starts that theory can cover; of others the plan need not be made again to know. */
    private static final Set<String> COVERED = Set.of("identical", "perturbed", "balanced");

    private final List<String> remarks;
    private final LongSupplier clock;
    private long spent;
    private int asked;
    private int left;

    /**
     * @param remarks to which is added which runs have no prediction, and why
     * @param clock in nanoseconds
     */
    ReportPredictions(List<String> remarks, LongSupplier clock) {
        this.remarks = remarks;
        this.clock = clock;
    }

    ReportedRun predicted(ReportedRun run, RunRecord record) {
        if (!COVERED.contains(String.valueOf(run.configuration().get("factors.initialization.kind")))) {
            return run;
        }
        if (asked >= ALWAYS && spent > MOST_NANOSECONDS) {
            left++;
            return run;
        }
        asked++;
        long began = clock.getAsLong();
        try {
            return run.with(record.prediction());
        } catch (ConfigException | StoreException | BackendException e) {
            remarks.add(
                    run.name() + ": shown without prediction: " + Failure.of(e).line());
            return run;
        } finally {
            spent += clock.getAsLong() - began;
        }
    }

    /** Says how many were not asked about. */
    List<String> remarks() {
        List<String> all = new ArrayList<>(remarks);
        if (left > 0) {
            all.add("Predictions take long here: " + left + " further runs are shown without.");
        }
        return all;
    }
}
