package org.gradus.linalg;

/** The matrices of another source, kept in memory from the first reading on, so that what makes or reads them does so once. */
public final class HeldMatrices implements MatrixSource {
    /** Numbers in one piece of the memory, unless one matrix has more. */
    private static final int PIECE = 1 << 22;

    private final MatrixSource source;
    private final int entries;
    private final int perPiece;
    private final double[][] pieces;

    private HeldMatrices(MatrixSource source) {
        this.source = source;
        entries = Math.multiplyExact(source.rows(), source.cols());
        perPiece = Math.max(1, PIECE / entries);
        pieces = new double[(source.count() + perPiece - 1) / perPiece][];
    }

    /** The source itself where its numbers would take more than {@code bytes}. */
    public static MatrixSource of(MatrixSource source, long bytes) {
        double size = (double) source.count() * source.rows() * source.cols() * Double.BYTES;
        return size <= bytes ? new HeldMatrices(source) : source;
    }

    @Override
    public int count() {
        return source.count();
    }

    @Override
    public int rows() {
        return source.rows();
    }

    @Override
    public int cols() {
        return source.cols();
    }

    @Override
    public void read(int from, int to, double[] out) {
        forEach(
                from,
                to,
                perPiece,
                (first, last, numbers, at) ->
                        System.arraycopy(numbers, at, out, (first - from) * entries, (last - first) * entries));
    }

    /** What is held, without copying it. */
    @Override
    public void forEach(int from, int to, int together, Visitor visitor) {
        int first = from;
        while (first < to) {
            int piece = first / perPiece;
            int last = Math.min(to, (piece + 1) * perPiece);
            visitor.visit(first, last, piece(piece), (first - piece * perPiece) * entries);
            first = last;
        }
    }

    private synchronized double[] piece(int number) {
        if (pieces[number] == null) {
            int from = number * perPiece;
            int to = Math.min(source.count(), from + perPiece);
            double[] piece = new double[(to - from) * entries];
            source.read(from, to, piece);
            pieces[number] = piece;
        }
        return pieces[number];
    }
}
