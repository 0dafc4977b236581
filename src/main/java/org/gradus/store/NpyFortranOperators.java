package org.gradus.store;

import java.io.IOException;

/**
 * Operators of an npy file in Fortran order: a place of all operators, then the next place. Of m × (rows·cols) the places
 * come row by row, of m × rows × cols column by column. A block of operators is a piece of each place's run; pieces that
 * are close together are read with what lies between them.
 */
final class NpyFortranOperators implements OperatorFile.Elements {
    /** Elements that cost as much to read as another call: a few microseconds at a few GB/s. */
    private static final int WORTH_SKIPPING = 2048;

    private final NpyBlocks blocks;
    private final long count;
    private final int rows;
    private final int cols;
    private final boolean byColumns;

    NpyFortranOperators(NpyFile file, int count, int rows, int cols) {
        this.blocks = new NpyBlocks(file);
        this.count = count;
        this.rows = rows;
        this.cols = cols;
        this.byColumns = file.shape().size() == 3;
    }

    @Override
    public void read(int from, int to, double[] out) throws IOException {
        long size = (long) rows * cols;
        blocks.lend(block -> {
            for (long first = from; first < to; first += NpyBlocks.LENGTH) {
                int taken = (int) Math.min(NpyBlocks.LENGTH, to - first);
                boolean together = count - taken <= WORTH_SKIPPING;
                long most = together ? (NpyBlocks.LENGTH - taken) / count + 1 : 1;
                double zero = 0;
                for (long place = 0; place < size; place += most) {
                    int places = (int) Math.min(most, size - place);
                    double[] piece = block.read(place * count + first, (int) ((places - 1) * count + taken));
                    zero += spread(piece, taken, (int) place, places, out, (int) (first - from));
                }
                if (zero != 0) {
                    throw notFinite(out, from);
                }
            }
        });
    }

    /** Returns the sum of 0·x over what it has put in its place: NaN where some x is not finite. */
    private double spread(double[] piece, int taken, int place, int places, double[] out, int firstOut) {
        int size = rows * cols;
        double zero = 0;
        for (int p = 0; p < places; p++) {
            int target = byColumns ? place + p : (place + p) % cols * rows + (place + p) / cols;
            int source = (int) (p * count);
            for (int n = 0; n < taken; n++) {
                double value = piece[source + n];
                out[(firstOut + n) * size + target] = value;
                zero += 0 * value;
            }
        }
        return zero;
    }

    private StoreException notFinite(double[] out, int from) {
        int k = 0;
        while (Double.isFinite(out[k])) {
            k++;
        }
        int place = k % (rows * cols);
        long element = (long) (place % rows) * cols + place / rows;
        return blocks.notFinite(from + k / (rows * cols), element, cols, out[k]);
    }

    @Override
    public void close() throws IOException {
        blocks.close();
    }
}
