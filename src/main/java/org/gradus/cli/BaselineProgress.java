package org.gradus.cli;

import java.util.Locale;
import java.util.function.LongSupplier;
import org.gradus.baseline.Accuracy;
import org.gradus.baseline.Certificate;
import org.gradus.baseline.Watch;

/**
 * What a baseline is at, on a terminal; nothing elsewhere. {@code penalty 7/20, iteration 40, gap 2.1e-03, 0:12 left}: the rest
 * at the rate so far, where the distance from the tolerance shrinks by equal factors in equal times.
 */
final class BaselineProgress implements Watch, AutoCloseable {
    private static final double SECOND = 1e9;

    private final TerminalLine line;
    private final LongSupplier clock;
    private Accuracy accuracy = Accuracy.USUAL;
    private double[] penalties = {0};
    private int current;
    private long began;
    /** Of the penalty at hand, as it was seen first. */
    private double firstDistance = Double.NaN;

    /** @param clock in nanoseconds */
    BaselineProgress(TerminalLine line, LongSupplier clock) {
        this.line = line;
        this.clock = clock;
    }

    void begins(String what) {
        show(what + " …");
    }

    /** @param those that will be seen, one after another; 0 for the program with the constraint */
    void solves(Accuracy wanted, double[] those) {
        accuracy = wanted;
        penalties = those;
        began = clock.getAsLong();
    }

    @Override
    public void sees(Certificate certificate) {
        double distance = distance(certificate);
        boolean next = false;
        while (current < penalties.length - 1 && penalties[current] != certificate.penalty()) {
            current++;
            next = true;
        }
        if (next || Double.isNaN(firstDistance)) {
            firstDistance = distance;
        }
        double within =
                firstDistance > 1 && distance > 0 ? 1 - Math.log(Math.max(distance, 1)) / Math.log(firstDistance) : 0;
        double done = (current + Math.max(within, 0)) / penalties.length;
        show(text(certificate, current, penalties.length, done, (clock.getAsLong() - began) / SECOND));
    }

    /** How many times the tolerance the worst condition is off. */
    private double distance(Certificate certificate) {
        double feasibility = certificate.penalty() == 0 ? certificate.feasibility() : 0;
        return Math.max(Math.max(certificate.gap(), certificate.tangent()), feasibility) / accuracy.tolerance();
    }

    /**
     * @param of how many penalties
     * @param done which part of the whole, 0 where nobody knows
     */
    static String text(Certificate certificate, int current, int of, double done, double seconds) {
        String which = of > 1 ? "penalty " + (current + 1) + "/" + of + ", " : "";
        String left = done > 0 ? ", " + ProgressText.duration(seconds * (1 - done) / done) + " left" : "";
        return String.format(
                Locale.ROOT,
                "%siteration %d, gap %.1e, %s%s",
                which,
                certificate.iterations(),
                certificate.gap(),
                ProgressText.duration(seconds),
                left);
    }

    private void show(String text) {
        if (line.width() > 0) {
            line.show(text.substring(0, Math.min(text.length(), line.width())));
        }
    }

    /** From the first question on a signal is answered by giving up in order; before, the process just ends. */
    @Override
    public boolean interrupted() {
        Interrupts.watch();
        return Interrupts.requested();
    }

    @Override
    public void close() {
        line.clear();
    }
}
