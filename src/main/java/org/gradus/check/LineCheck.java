package org.gradus.check;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.gradus.backend.Arena;
import org.gradus.backend.Backend;
import org.gradus.backend.BackendException;
import org.gradus.backend.Mailbox;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Ops;
import org.gradus.backend.Precision;
import org.gradus.backend.Recording;
import org.gradus.backend.Shape;
import org.gradus.backend.SideLine;

/**
 * What goes on while the host does not wait: recorded steps against the same steps called one by one, what the recording's
 * check posts against what is downloaded, and a measurement on the side line against the state it was submitted in.
 */
final class LineCheck implements Examination.Part {
    private static final int RUNS = 3;
    private static final int N = 33;

    /** Handed over in such parts: graphs of every length, and alone. */
    private static final long[] REPLAYS = {1, 2, 15, 16, 17, 300};

    @Override
    public String section() {
        return "recordings and lines";
    }

    @Override
    public void examine(Subject subject, Consumer<Finding> report) {
        for (Precision precision : Precision.values()) {
            if (subject.isTimeUp()) {
                report.accept(Finding.skipped(section(), "all", "no time left"));
                return;
            }
            String suffix = " " + precision.name().toLowerCase(Locale.ROOT);
            try (Arena arena = subject.device().openArena()) {
                recording(subject.device(), arena, precision, suffix, report);
                double wrong = sideLine(subject.device(), arena, precision);
                report.accept(Finding.error(section(), "side line beside the main line" + suffix, wrong, 0));
            }
        }
    }

    private void recording(Backend device, Arena arena, Precision precision, String suffix, Consumer<Finding> report) {
        Ops ops = device.ops();
        ThreeFactors recorded = new ThreeFactors(device, arena, RUNS, N, precision);
        ThreeFactors called = new ThreeFactors(device, arena, RUNS, N, precision);
        MatrixBatch last = recorded.factors().get(2);
        MatrixBatch squares = arena.allocate(new Shape(RUNS, 1, 1), Precision.FLOAT64);
        Mailbox mailbox = arena.mailbox(RUNS);
        long steps = Arrays.stream(REPLAYS).sum();
        double[] posted = new double[RUNS];
        double[] found;
        long missing;
        try (Recording recording = device.record(recorded::step, () -> {
            ops.sumOfSquares(last, squares);
            ops.post(squares, mailbox);
        })) {
            for (long times : REPLAYS) {
                recording.replay(times);
            }
            found = Subject.read(device, last); // waits
            missing = steps - recording.carriedOut();
        }
        mailbox.read(posted);
        for (long i = 0; i < steps; i++) {
            called.step();
        }
        double error =
                Subject.difference(found, Subject.read(device, called.factors().get(2)));
        double bound = precision == Precision.FLOAT64 ? 1e-12 : 1e-4;
        report.accept(Finding.error(section(), steps + " recorded steps" + suffix, error, bound));
        report.accept(Finding.error(section(), "steps not told to be carried out" + suffix, (double) missing, 0));
        ops.sumOfSquares(last, squares);
        double difference = Subject.difference(posted, Subject.read(device, squares));
        report.accept(Finding.error(section(), "mailbox after the last step" + suffix, difference, 0));
    }

    /** The side line measures a copy while the main line doubles what was copied; error of both, exact powers of 2. */
    private static double sideLine(Backend device, Arena arena, Precision precision) {
        Ops ops = device.ops();
        Shape shape = new Shape(1, 257, 129);
        MatrixBatch x = arena.allocate(shape, precision);
        MatrixBatch snapshot = arena.allocate(shape, precision);
        MatrixBatch two = arena.allocate(new Shape(1, 1, 1), precision);
        MatrixBatch sum = arena.allocate(new Shape(1, 1, 1), Precision.FLOAT64);
        double[] ones = new double[Math.toIntExact(shape.size())];
        Arrays.fill(ones, 1);
        ops.upload(ones, x);
        ops.upload(new double[] {2}, two);
        double error = 0;
        try (SideLine side = device.openSideLine()) {
            for (int k = 1; k <= 10; k++) {
                ops.scale(two, x);
                ops.copy(x, snapshot);
                Future<double[]> measured = side.submit(() -> {
                    double[] squares = new double[1];
                    side.ops().sumOfSquares(snapshot, sum);
                    side.ops().download(sum, squares);
                    return squares;
                });
                ops.scale(two, x); // meanwhile
                ops.scale(two, x);
                double expected = shape.size() * Math.pow(4, 3 * k - 2);
                error = Math.max(error, Math.abs(result(measured)[0] / expected - 1));
            }
        }
        return Math.max(error, Math.abs(Subject.read(device, x)[0] / Math.pow(8, 10) - 1));
    }

    private static double[] result(Future<double[]> measured) {
        try {
            return measured.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof BackendException known
                    ? known
                    : new IllegalStateException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BackendException("cuda: interrupted while a measurement was under way");
        }
    }
}
