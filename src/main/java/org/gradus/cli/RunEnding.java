package org.gradus.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gradus.dynamics.Outcome;
import org.gradus.dynamics.Outcome.Status;
import org.gradus.experiment.Plan;
import org.gradus.report.Plots;
import org.gradus.store.RunDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done and said when a run has ended. */
final class RunEnding {
    private static final Logger LOG = LoggerFactory.getLogger(RunEnding.class);

    private RunEnding() {}

    /**
     * Draws the pictures, if they are wanted, and says how the run ended.
     *
     * @return the exit status
     */
    static int of(Outcome outcome, Plan plan, RunDirectory run, boolean plots) {
        if (plots && outcome.status() != Status.INTERRUPTED) {
            draw(plan, run);
        }
        LOG.info("results  {}", run.path());
        tell(outcome, plan, run);
        return exitCode(outcome);
    }

    private static void tell(Outcome outcome, Plan plan, RunDirectory run) {
        String status = outcome.status().name().toLowerCase(Locale.ROOT);
        if (outcome.status() == Status.DIVERGED) {
            LOG.error("{}: {}; {}", status, outcome.reason(), plan.stepSize().advice());
        } else if (outcome.status() == Status.STOPPED) {
            LOG.info("{} at step {}: {}", status, outcome.step(), outcome.reason());
        } else if (outcome.status() == Status.INTERRUPTED
                && plan.config().record().checkpoint().isPresent()) {
            LOG.info("{}: {}; gradus resume {} goes on", status, outcome.reason(), run.path());
        } else {
            LOG.info("{}: {}", status, outcome.reason());
        }
    }

    private static void draw(Plan plan, RunDirectory run) {
        Optional<String> unavailable = Plots.unavailable();
        unavailable.ifPresent(LOG::warn);
        List<Path> written = unavailable.isPresent() ? List.of() : RunPictures.draw(plan, run);
        if (!written.isEmpty()) {
            String names = written.stream().map(p -> p.getFileName().toString()).collect(Collectors.joining(", "));
            LOG.info("plots    {} in {}", names, written.get(0).getParent());
        }
    }

    private static int exitCode(Outcome outcome) {
        return switch (outcome.status()) {
            case DONE, STOPPED -> ExitCode.DONE;
            case DIVERGED -> ExitCode.DIVERGED;
            case INTERRUPTED -> ExitCode.INTERRUPTED;
            case FAILED -> ExitCode.DEVICE;
        };
    }
}
