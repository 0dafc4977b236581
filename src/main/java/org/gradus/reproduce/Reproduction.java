package org.gradus.reproduce;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.gradus.backend.Backend;
import org.gradus.experiment.Config;
import org.gradus.experiment.ConfigText;
import org.gradus.experiment.Manifest;
import org.gradus.experiment.Plan;
import org.gradus.experiment.SweepRunner;
import org.gradus.report.Plots;
import org.gradus.reproduce.Part.State;
import org.gradus.store.AtomicFile;
import org.gradus.store.RunFormat;
import org.gradus.store.StoreException;
import org.gradus.store.Trajectory;

/** Carries experiments out, each into a folder of its own, and judges them. */
public final class Reproduction {
    private final SweepRunner.Opener opener;
    private final Manifest.Origin origin;
    private final Foresight foresight;

    public Reproduction(SweepRunner.Opener opener, Manifest.Origin origin, Foresight foresight) {
        this.opener = opener;
        this.origin = origin;
        this.foresight = foresight;
    }

    /**
     * An experiment with its configuration read and checked; nothing has been written or run.
     *
     * @throws org.gradus.experiment.ConfigException at the first wrong key or value of an edited configuration
     * @throws StoreException if an edited configuration cannot be read, or the folder holds another one's results and
     *     overwrite is false
     */
    public Prepared prepare(Experiment experiment, Edition edition, Path folder, boolean overwrite) {
        return new Prepared(experiment, edition, folder, overwrite);
    }

    /** An experiment that is ready to be carried out. */
    public final class Prepared {
        private final Experiment experiment;
        private final Edition edition;
        private final Path folder;
        private final boolean overwrite;
        private final List<Part> parts = new ArrayList<>();
        private boolean reused = true;

        private Prepared(Experiment experiment, Edition edition, Path folder, boolean overwrite) {
            this.experiment = experiment;
            this.edition = edition;
            this.folder = folder;
            this.overwrite = overwrite;
            List<ConfigText> documents = edition.documents(card(), folder);
            for (int i = 0; i < documents.size(); i++) {
                String name = card().parts().get(i);
                parts.add(new Part(
                        name,
                        documents.get(i),
                        folder.resolve(name),
                        edition.settings(card(), name),
                        edition.overrides()));
            }
            for (Part part : parts) {
                if (!overwrite && part.state() == State.OTHER) {
                    throw new StoreException(
                            part.folder() + ": holds results of another configuration; --overwrite replaces them");
                }
            }
        }

        public Card card() {
            return experiment.card();
        }

        /** Whether all runs are there, so that they are only judged. */
        public boolean isThere() {
            return !overwrite && parts.stream().allMatch(part -> part.state() == State.FINISHED);
        }

        /**
         * To the end, or until the watcher interrupts.
         *
         * @return empty after an interrupt
         * @throws StoreException if a file cannot be written
         * @throws RuntimeException why a run could not be carried out
         */
        public Optional<Result> carryOut(Watcher watcher) {
            long start = System.nanoTime();
            writeConfiguration();
            for (Part part : parts) {
                if (overwrite || part.state() != State.FINISHED) {
                    reused = false;
                    new Descent(opener, origin, watcher).carryOut(part, overwrite);
                }
                if (watcher.interrupted()) {
                    return Optional.empty();
                }
            }
            Evidence evidence = evidence();
            Verdict verdict = experiment.judge(evidence);
            if (Plots.unavailable().isEmpty()) {
                experiment.draw(evidence, folder.resolve(Result.FIGURE));
            }
            double seconds = reused ? secondsBefore() : (System.nanoTime() - start) / 1e9;
            Result result = Result.of(card(), edition.changes(), verdict, seconds, origin);
            result.write(folder);
            return Optional.of(result);
        }

        /** What carrying the runs out took; 0 where nobody has noted it. */
        private double secondsBefore() {
            return Result.read(folder).map(Result::seconds).orElse(0.0);
        }

        /** Whether nothing had to be run. */
        public boolean reused() {
            return reused;
        }

        private void writeConfiguration() {
            ResultFolder.create(folder);
            byte[] text = edition.text(card()).getBytes(StandardCharsets.UTF_8);
            AtomicFile.write(folder.resolve(Resources.CONFIGURATION), out -> out.write(text));
            for (String name : card().files()) {
                byte[] bytes = Resources.bytes(name);
                AtomicFile.write(folder.resolve(name), out -> out.write(bytes));
            }
        }

        /** The runs, which are there. */
        Evidence evidence() {
            Map<String, List<FinishedRun>> runs = new LinkedHashMap<>();
            for (Part part : parts) {
                runs.put(
                        part.name(), part.configs().stream().map(this::finished).toList());
            }
            return new Evidence(runs);
        }

        private FinishedRun finished(Config config) {
            Path directory = config.output();
            return new FinishedRun(
                    directory,
                    config,
                    RunFormat.read(directory.resolve("manifest.json")),
                    Trajectory.read(directory.resolve("trajectory.csv")),
                    new Planned(config),
                    foresight);
        }
    }

    /** Made once, on the backend that the run had. */
    private final class Planned implements Supplier<Plan> {
        private final Config config;
        private Plan plan;

        Planned(Config config) {
            this.config = config;
        }

        @Override
        public Plan get() {
            if (plan == null) {
                try (Backend backend = opener.open(config.compute()).backend()) {
                    plan = Plan.of(config, backend);
                }
            }
            return plan;
        }
    }

    /** What the person at the terminal sees and says; asked and told from several threads. */
    public interface Watcher {
        /** A batch of so many runs begins, perhaps beside others. */
        void begins(Plan first, int runs);

        /** @param step how far a batch is known to have come */
        void progress(long step);

        /** A run has ended. */
        void ended();

        boolean interrupted();
    }
}
