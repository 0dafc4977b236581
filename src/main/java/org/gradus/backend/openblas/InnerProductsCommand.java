package org.gradus.backend.openblas;

/** out_b[i] ← ⟨column i of a_b, column i of b_b⟩, accumulated in float64. */
final class InnerProductsCommand extends DividedCommand {
    /** Entries are loaded one by one. */
    private static final double WORK_PER_ENTRY = 32;

    private final NativeBatch a;
    private final NativeBatch b;
    private final Numbers left;
    private final Numbers right;
    private final Numbers target;

    InnerProductsCommand(NativeBatch a, NativeBatch b, NativeBatch out) {
        super(out, a, b);
        this.a = a;
        this.b = b;
        left = a.numbers();
        right = b.numbers();
        target = out.numbers();
    }

    @Override
    void run(int worker, int fromRun, int toRun, int part, int parts) {
        int from = Partition.start(a.shape().cols(), part, parts);
        int to = Partition.start(a.shape().cols(), part + 1, parts);
        for (int run = fromRun; run < toRun; run++) {
            for (int col = from; col < to; col++) {
                double product = dot(
                        left,
                        a.position(run, col),
                        right,
                        b.position(run, col),
                        a.shape().rows());
                target.put(out().position(run, 0) + col, product);
            }
        }
    }

    /** Four sums side by side: a single one would wait for its last addition before each. */
    private static double dot(Numbers x, long fromX, Numbers y, long fromY, int length) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int i = 0;
        for (; i < length - 3; i += 4) {
            sum0 += x.get(fromX + i) * y.get(fromY + i);
            sum1 += x.get(fromX + i + 1) * y.get(fromY + i + 1);
            sum2 += x.get(fromX + i + 2) * y.get(fromY + i + 2);
            sum3 += x.get(fromX + i + 3) * y.get(fromY + i + 3);
        }
        for (; i < length; i++) {
            sum0 += x.get(fromX + i) * y.get(fromY + i);
        }
        return sum0 + sum1 + (sum2 + sum3);
    }

    @Override
    void declare(Hazards hazards) {
        hazards.readsOwnColumns(a);
        hazards.readsOwnColumns(b);
        hazards.scatters(out());
    }

    @Override
    double work() {
        return WORK_PER_ENTRY * a.shape().entries() * runs();
    }
}
