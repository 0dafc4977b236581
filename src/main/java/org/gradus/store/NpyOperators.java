package org.gradus.store;

import java.io.IOException;

/**
 * Operators of an npy file in C order. The file is one tall matrix of m·rows rows, row by row; whole rows are read in
 * blocks, longer ones in pieces, and go to their columns a few columns at a time.
 */
final class NpyOperators implements OperatorFile.Elements {
    /** Doubles of a cache line. */
    private static final int TILE = 8;

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
            for (int tile = 0; tile < across; tile += TILE) {
                int end = Math.min(tile + TILE, across);
                for (int i = 0; i < count; i++) {
                    int source = (done + i) * across;
                    int target = (n * cols + col) * rows + top + i;
                    for (int j = tile; j < end; j++) {
                        out[target + j * rows] = piece[source + j];
                    }
                }
            }
            done += count;
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
