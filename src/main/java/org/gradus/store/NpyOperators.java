package org.gradus.store;

import java.io.IOException;

/**
 * Operators of an npy file in C order. The file is one tall matrix of m·rows rows, row by row; whole rows are read in
 * blocks, longer ones in pieces, and go to their columns four columns at a time.
 */
final class NpyOperators implements OperatorFile.Elements {
    private static final int TILE = 4;

    private final NpyBlocks blocks;
    private final int rows;
    private final int cols;

    NpyOperators(NpyFile file, int rows, int cols) {
        this.blocks = new NpyBlocks(file);
        this.rows = rows;
        this.cols = cols;
    }

    @Override
    public void read(int from, int to, double[] out) throws IOException {
        long first = (long) from * rows;
        int height = Math.max(1, NpyBlocks.LENGTH / cols);
        int width = Math.min(cols, NpyBlocks.LENGTH);
        blocks.lend(block -> {
            for (long row = first; row < (long) to * rows; row += height) {
                int taken = (int) Math.min(height, (long) to * rows - row);
                for (long col = 0; col < cols; col += width) {
                    int across = (int) Math.min(width, cols - col);
                    double[] piece = block.read(row * cols + col, taken * across);
                    if (!NpyBlocks.allFinite(piece, taken * across)) {
                        throw notFinite(piece, row, (int) col, across);
                    }
                    spread(piece, row - first, taken, (int) col, across, out);
                }
            }
        });
    }

    /** Rows of the tall matrix, counted from that of the first operator wanted, to the columns of their operators. */
    private void spread(double[] piece, long row, int taken, int col, int across, double[] out) {
        int n = (int) (row / rows);
        int top = (int) (row % rows);
        for (int done = 0; done < taken; n++, top = 0) {
            int count = Math.min(rows - top, taken - done);
            int source = done * across;
            int target = (n * cols + col) * rows + top;
            int j = 0;
            for (; j + TILE <= across; j += TILE) {
                fourColumns(piece, source + j, across, out, target + j * rows, count);
            }
            for (; j < across; j++) {
                for (int i = 0; i < count; i++) {
                    out[target + j * rows + i] = piece[source + j + i * across];
                }
            }
            done += count;
        }
    }

    /** Written down the columns, since writing here and there costs more than reading so: 1.6 times the rate for 50×50. */
    private void fourColumns(double[] piece, int source, int stride, double[] out, int target, int count) {
        for (int i = 0, from = source, to = target; i < count; i++, from += stride, to++) {
            out[to] = piece[from];
            out[to + rows] = piece[from + 1];
            out[to + 2 * rows] = piece[from + 2];
            out[to + 3 * rows] = piece[from + 3];
        }
    }

    private StoreException notFinite(double[] piece, long row, int col, int across) {
        int k = 0;
        while (Double.isFinite(piece[k])) {
            k++;
        }
        long r = row + k / across;
        return blocks.notFinite(r / rows, r % rows * cols + col + k % across, cols, piece[k]);
    }

    @Override
    public void close() throws IOException {
        blocks.close();
    }
}
