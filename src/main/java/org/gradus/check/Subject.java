package org.gradus.check;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.gradus.backend.Arena;
import org.gradus.backend.Backend;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Ops;
import org.gradus.backend.Precision;
import org.gradus.backend.Recording;
import org.gradus.backend.Shape;
import org.gradus.backend.Transpose;
import org.gradus.random.RandomStream;

/** The device under examination, what it is compared with, and a clock. */
final class Subject {
    private static final double LONG_ENOUGH = 0.2;
    private static final int TRIES = 3;

    /** Below this rate of 128×128 products, in operations a second, something emulates a device: sizes are then small. */
    private static final double SLOWEST_DEVICE = 2e11;

    /** In seconds: what one measurement may take at most, which is then how far the end is overrun. */
    private static final double LONGEST = 30;

    /** In seconds: what takes as long is not repeated. */
    private static final double NOT_AGAIN = 1;

    private final Backend device;
    private final Backend cpu;
    private final LongSupplier clock;
    private final long end;
    private final Map<Precision, Double> rates = new EnumMap<>(Precision.class);

    Subject(Backend device, Backend cpu, LongSupplier clock, double seconds) {
        this.device = device;
        this.cpu = cpu;
        this.clock = clock;
        end = clock.getAsLong() + (long) (seconds * 1e9);
    }

    Backend device() {
        return device;
    }

    Backend cpu() {
        return cpu;
    }

    boolean isTimeUp() {
        return clock.getAsLong() - end > 0;
    }

    /** Whether the device is too slow to be one, so that only small sizes make sense. */
    boolean isSlow() {
        return rate(Precision.FLOAT32) < SLOWEST_DEVICE;
    }

    /** Operations a second of small products, found once. */
    private double rate(Precision precision) {
        return rates.computeIfAbsent(precision, each -> productRate(128, each));
    }

    /** Whether there is time for so many operations, were they done at the rate of small products. */
    boolean allows(double operations, Precision precision) {
        return !isTimeUp() && allows(operations / rate(precision));
    }

    /** Whether there is time for a measurement that is likely to take so many seconds. */
    boolean allows(double seconds) {
        return seconds <= Math.min(LONGEST, (end - clock.getAsLong()) / 1e9);
    }

    /** Operations a second of n×n products, one after another. */
    double productRate(int n, Precision precision) {
        try (Arena arena = device.openArena()) {
            MatrixBatch a = random(device, arena, new Shape(1, n, n), precision, 1);
            MatrixBatch b = random(device, arena, new Shape(1, n, n), precision, 2);
            MatrixBatch c = arena.allocate(new Shape(1, n, n), precision);
            Ops ops = device.ops();
            try (Recording product = device.record(() -> ops.multiply(1, Transpose.NO, a, Transpose.NO, b, 0, c))) {
                return 2.0 * n * n * n / secondsPerStep(product::replay, arena);
            }
        }
    }

    /**
     * The least time of one step.
     *
     * @param steps hands so many steps over
     */
    double secondsPerStep(LongConsumer steps, Arena arena) {
        MatrixBatch mark = arena.allocate(new Shape(1, 1, 1), Precision.FLOAT64);
        steps.accept(1); // carried out as it is, which loads what it needs
        long count = 1;
        double seconds = seconds(steps, count, mark);
        while (seconds < LONG_ENOUGH && !isTimeUp()) {
            count = Math.min(count * 4, (long) (count * 1.5 * LONG_ENOUGH / Math.max(seconds, 1e-6)) + 1);
            seconds = seconds(steps, count, mark);
        }
        for (int i = 1; i < TRIES && seconds < NOT_AGAIN && !isTimeUp(); i++) {
            seconds = Math.min(seconds, seconds(steps, count, mark));
        }
        return seconds / count;
    }

    private double seconds(LongConsumer steps, long count, MatrixBatch mark) {
        device.ops().download(mark, new double[1]);
        long start = clock.getAsLong();
        steps.accept(count);
        device.ops().download(mark, new double[1]);
        return Math.max(1e-9, (clock.getAsLong() - start) / 1e9);
    }

    /** The least time of {@code work}, once it has been done to load what it needs; {@code before} is not counted. */
    double leastSeconds(Runnable before, Runnable work) {
        before.run();
        double spent = seconds(work);
        double least = spent;
        for (int i = 0; i < TRIES && (i == 0 ? allows(4 * spent) : spent < NOT_AGAIN); i++) {
            before.run();
            double again = seconds(work);
            least = i == 0 ? again : Math.min(least, again);
            spent += again;
        }
        return least;
    }

    /** Seconds that {@code work} takes, once. */
    double seconds(Runnable work) {
        long start = clock.getAsLong();
        work.run();
        return (clock.getAsLong() - start) / 1e9;
    }

    /** Entries uniform in (−1, 1), the same on every backend. */
    static MatrixBatch random(Backend backend, Arena arena, Shape shape, Precision precision, long seed) {
        MatrixBatch batch = arena.allocate(shape, precision);
        backend.ops().upload(numbers(shape, seed), batch);
        return batch;
    }

    static double[] numbers(Shape shape, long seed) {
        return new RandomStream(seed, RandomStream.Purpose.FACTOR, 0).uniforms(Math.toIntExact(shape.size()), 1);
    }

    static double[] read(Backend backend, MatrixBatch batch) {
        double[] host = new double[Math.toIntExact(batch.shape().size())];
        backend.ops().download(batch, host);
        return host;
    }

    /** max |a − b| / max |b|; NaN where either has one. */
    static double difference(double[] a, double[] b) {
        double most = 0;
        double size = 0;
        for (int i = 0; i < a.length; i++) {
            most = Math.max(most, Math.abs(a[i] - b[i]));
            size = Math.max(size, Math.abs(b[i]));
        }
        return size == 0 ? most : most / size;
    }
}
