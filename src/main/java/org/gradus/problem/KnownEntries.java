package org.gradus.problem;

import org.gradus.backend.Arena;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Ops;
import org.gradus.backend.Places;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;
import org.gradus.backend.Transpose;
import org.gradus.linalg.SparseMatrix;

/** Some entries of a matrix in a backend's memory: nothing but these is stored, or looked at in a product. */
final class KnownEntries {
    private final Places places;
    private final MatrixBatch values;
    private final MatrixBatch minusOne;
    private final MatrixBatch differences;

    /** @param minusOne 1·(1×1), the number −1 */
    KnownEntries(
            Arena arena,
            Precision precision,
            Transpose orientation,
            SparseMatrix host,
            int runs,
            MatrixBatch minusOne) {
        SparseMatrix oriented = orientation == Transpose.NO ? host : host.transposed();
        places = arena.places(oriented.rows(), oriented.starts(), oriented.rowIndices());
        values = arena.allocate(new Shape(1, oriented.count(), 1), precision);
        arena.backend().ops().upload(oriented.values(), values);
        differences = arena.allocate(new Shape(runs, oriented.count(), 1), precision);
        this.minusOne = minusOne;
    }

    /** Without the number −1; places are ints, row by row and column by column. */
    static Footprint footprint(int rows, int cols, long count) {
        return new Footprint(count, count, Integer.BYTES * (count + Math.max(rows, cols) + 1), 0);
    }

    Places places() {
        return places;
    }

    MatrixBatch values() {
        return values;
    }

    /** sums ← Σ (product − this)² over the places, per run. */
    void squaredDistance(Ops line, MatrixBatch product, MatrixBatch sums) {
        line.gather(places, product, differences);
        line.addScaled(minusOne, values, differences);
        line.sumOfSquares(differences, sums);
    }
}
