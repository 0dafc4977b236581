package org.gradus.check;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.gradus.backend.Precision;
import org.gradus.dynamics.DenseDescent;
import org.gradus.dynamics.Measures;
import org.gradus.dynamics.State;
import org.gradus.init.Dimensions;
import org.gradus.init.Orthogonal;
import org.gradus.observe.Listener;
import org.gradus.observe.Observer;
import org.gradus.observe.Recorder;
import org.gradus.observe.Schedule;
import org.gradus.observe.StopRule;
import org.gradus.problem.Estimation;
import org.gradus.problem.Loss;
import org.gradus.problem.Targets;

/** What a hundred rows cost a run that takes some seconds without them. */
final class RecordingCost implements Examination.Part {
    private static final int ROWS = 100;
    private static final double SECONDS = 4;
    private static final int[] SIZES = {128, 1024};

    @Override
    public String section() {
        return "records";
    }

    @Override
    public void examine(Subject subject, Consumer<Finding> report) {
        for (int n : SIZES) {
            String what = ROWS + " rows, n = " + n + ", depth 3";
            boolean slow = subject.isTimeUp() || subject.isSlow();
            double perStep = slow ? Double.NaN : ThreeFactors.secondsPerStep(subject, n, Precision.FLOAT64);
            long steps = Math.max(ROWS, (long) (SECONDS / perStep));
            if (slow || !subject.allows(3 * steps * perStep)) { // twice, and the rows
                report.accept(Finding.skipped(section(), what, "too little time"));
                continue;
            }
            double plain = seconds(subject, n, steps, Schedule.listed(List.of()));
            double recorded = seconds(subject, n, steps, Schedule.every(Math.max(1, steps / ROWS)));
            report.accept(Finding.measured(
                    section(),
                    what,
                    100 * (recorded / plain - 1),
                    "%",
                    String.format(Locale.ROOT, "of %.1f s for %d steps", plain, steps)));
        }
    }

    private static double seconds(Subject subject, int n, long steps, Schedule schedule) {
        Estimation problem =
                new Estimation(Targets.synthetic(n, n, new double[] {2, 1}, false, 1), Optional.empty(), Loss.SUM);
        Listener silent = new Listener() {
            @Override
            public void row(int run, State state, double[] values) {}
        };
        try (DenseDescent descent = new DenseDescent(
                subject.device(),
                Precision.FLOAT64,
                problem,
                new Dimensions(List.of(n, n, n, n)),
                List.of(new DenseDescent.Run(new Orthogonal(0.5, 1), 0.001)),
                Measures.BASIC)) {
            Recorder recorder = new Recorder(
                    descent, schedule, List.of(Observer.loss(), Observer.ranks()), StopRule.never(), silent);
            return subject.seconds(() -> recorder.run(steps));
        }
    }
}
