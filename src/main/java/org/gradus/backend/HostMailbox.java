package org.gradus.backend;

/** The mailbox of a backend that computes in host memory and returns when it is done. */
public final class HostMailbox extends Mailbox {
    private final double[] numbers;

    public HostMailbox(Arena arena, int size) {
        super(arena, size);
        numbers = new double[size];
    }

    /** What the backend writes to. */
    public double[] numbers() {
        return numbers;
    }

    @Override
    protected void copyTo(double[] out) {
        System.arraycopy(numbers, 0, out, 0, numbers.length);
    }
}
