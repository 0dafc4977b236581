package org.gradus.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradus.experiment.ConfigException;
import org.gradus.store.RunDirectory;
import org.gradus.store.RunFormat;
import org.gradus.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a run had come, as its manifest tells it.
 *
 * @param directory held by this process
 * @param configuration the resolved one
 * @param status of its outcome
 * @param step of its outcome
 * @param reason of its outcome
 */
record PastRun(
        RunDirectory directory,
        Map<String, Object> manifest,
        Map<?, ?> configuration,
        String status,
        long step,
        String reason) {
    private static final Logger LOG = LoggerFactory.getLogger(PastRun.class);

    /** @throws StoreException if there is no manifest, it is of a newer Gradus, or says too little */
    static PastRun read(RunDirectory directory) {
        Map<String, Object> manifest = RunFormat.read(directory.manifest());
        if (!(manifest.get("configuration") instanceof Map<?, ?> configuration)) {
            throw new StoreException(directory.manifest() + ": configuration must be a mapping");
        }
        if (!(manifest.get("outcome") instanceof Map<?, ?> outcome
                && outcome.get("status") instanceof String status
                && outcome.get("step") instanceof Number step)) {
            throw new StoreException(directory.manifest() + ": outcome must have a status and a step");
        }
        String reason = Failure.oneLine(String.valueOf(outcome.get("reason")));
        return new PastRun(directory, manifest, configuration, status, step.longValue(), reason);
    }

    /**
     * The exit status where the run is not to go on, which is said.
     *
     * @param total the number of steps wanted, if it is another
     * @throws ConfigException if it has been reached
     */
    Optional<Integer> nothingToDo(Optional<Long> total) {
        String path = directory.path().toString();
        boolean last = steps() == step;
        switch (status) {
            case "diverged" -> {
                LOG.error("{} diverged: {}; a smaller descent.step-size needs a new run", path, reason);
                return Optional.of(ExitCode.DIVERGED);
            }
            case "stopped" -> {
                if (total.isEmpty() || !last) {
                    return Optional.of(stopped());
                }
            }
            case "done" -> {
                if (total.isEmpty()) {
                    LOG.info("{} is done: {}; --steps COUNT makes it go on to step COUNT", path, reason);
                    return Optional.of(ExitCode.DONE);
                }
            }
            default -> {
                return Optional.empty();
            }
        }
        if (total.orElseThrow() <= step) {
            throw new ConfigException("--steps must be more than " + step + ", the step that " + path
                    + " has reached, not " + total.get());
        }
        return Optional.empty();
    }

    boolean hasStopped() {
        return status.equals("stopped");
    }

    /** Says that its rule has ended the run for good. */
    int stopped() {
        LOG.info("{} stopped at step {}: {}; there is nothing left to do", directory.path(), step, reason);
        return ExitCode.DONE;
    }

    private long steps() {
        return configuration.get("descent") instanceof Map<?, ?> descent && descent.get("steps") instanceof Number count
                ? count.longValue()
                : -1;
    }

    /** A warning where what is to go on is not what the run was carried out on before. */
    Optional<String> otherDevice(String now) {
        Object before = manifest.get("device");
        if (manifest.get("resumed") instanceof List<?> all
                && !all.isEmpty()
                && all.get(all.size() - 1) instanceof Map<?, ?> latest) {
            before = latest.get("device");
        }
        return now.equals(before)
                ? Optional.empty()
                : Optional.of(directory.path() + ": was carried out on " + Failure.oneLine("" + before)
                        + " before, goes on on " + now + "; last bits may differ from those of a run in one piece");
    }
}
