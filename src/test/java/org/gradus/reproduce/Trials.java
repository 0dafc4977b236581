package org.gradus.reproduce;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.gradus.backend.Options;
import org.gradus.experiment.Manifest;
import org.gradus.experiment.Overrides;
import org.gradus.experiment.Plan;
import org.gradus.experiment.SweepRunner;
import org.gradus.report.Predicted;
import org.gradus.select.Backends;
import org.gradus.store.Trajectory;

/** Experiments carried out in tests, and what becomes of their tables when somebody meddles with them. */
final class Trials {
    private Trials() {}

    static Reproduction.Prepared prepare(String name, Path folder, boolean overwrite, String... settings) {
        Reproduction reproduction = new Reproduction(
                section -> new SweepRunner.Device(
                        Backends.open("cpu", Options.threads(2)).backend(), "test"),
                new Manifest.Origin("0", "0", "test"),
                (plan, last) -> Predicted.NONE);
        Edition edition = new Edition(Optional.empty(), List.of(settings), Overrides.none());
        return reproduction.prepare(Experiments.named(name), edition, folder.resolve(name), overwrite);
    }

    static Evidence evidence(String name, Path folder, String... settings) {
        Reproduction.Prepared prepared = prepare(name, folder, false, settings);
        assertTrue(prepared.carryOut(new Silent()).isPresent());
        return prepared.evidence();
    }

    /** The evidence with the column of every run of a part changed. */
    static Evidence changed(Evidence evidence, String part, String column, DoubleUnaryOperator change) {
        Map<String, List<FinishedRun>> runs = new LinkedHashMap<>();
        for (String name : evidence.parts()) {
            runs.put(
                    name,
                    evidence.runs(name).stream()
                            .map(run -> name.equals(part) ? run.with(changed(run.table(), column, change)) : run)
                            .toList());
        }
        return new Evidence(runs);
    }

    private static Trajectory changed(Trajectory table, String column, DoubleUnaryOperator change) {
        List<double[]> values = new ArrayList<>();
        for (String name : table.columns()) {
            double[] own = table.column(name).clone();
            for (int row = 0; row < own.length && name.equals(column); row++) {
                own[row] = change.applyAsDouble(own[row]);
            }
            values.add(own);
        }
        return new Trajectory(table.columns(), values.toArray(double[][]::new));
    }

    /** Sees everything and says nothing. */
    abstract static class Watching implements Reproduction.Watcher {
        @Override
        public void begins(Plan first, int runs) {}

        @Override
        public void progress(long step) {}

        @Override
        public void ended() {}

        @Override
        public boolean interrupted() {
            return false;
        }
    }

    /** Never interrupts. */
    static final class Silent extends Watching {}
}
