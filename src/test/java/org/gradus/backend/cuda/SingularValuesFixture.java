package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gradus.backend.Arena;
import org.gradus.backend.Backend;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Ops;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;
import org.gradus.linalg.Lapack;
import org.gradus.linalg.Matrix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Singular values through the verbs of a backend on the emulator, against LAPACK's. */
abstract class SingularValuesFixture {

    @BeforeEach
    final void othersAreForgotten() {
        EmulatedCuda.begin();
    }

    @AfterEach
    final void nothingIsLeftBehind() {
        EmulatedSolver.refuseToConverge("");
        EmulatedCuda.assertClean();
    }

    /** The values of every matrix, one call for all; each inner list is a batch of equal shapes. */
    static List<List<double[]>> values(Backend backend, Precision precision, List<List<Matrix>> batches) {
        try (Arena arena = backend.openArena()) {
            List<MatrixBatch> in = new ArrayList<>();
            List<MatrixBatch> out = new ArrayList<>();
            for (List<Matrix> batch : batches) {
                Matrix first = batch.get(0);
                int k = Math.min(first.rows(), first.cols());
                in.add(arena.allocate(new Shape(batch.size(), first.rows(), first.cols()), precision));
                out.add(arena.allocate(new Shape(batch.size(), k, 1), precision));
                upload(backend.ops(), batch, in.get(in.size() - 1));
            }
            backend.ops().singularValues(in, out);
            return out.stream().map(each -> download(backend.ops(), each)).toList();
        }
    }

    static void upload(Ops ops, List<Matrix> matrices, MatrixBatch out) {
        int entries = Math.toIntExact(out.shape().entries());
        double[] host = new double[entries * matrices.size()];
        for (int b = 0; b < matrices.size(); b++) {
            System.arraycopy(matrices.get(b).data(), 0, host, b * entries, entries);
        }
        ops.upload(host, out);
    }

    /** Matrix by matrix. */
    static List<double[]> download(Ops ops, MatrixBatch in) {
        double[] host = new double[Math.toIntExact(in.shape().size())];
        ops.download(in, host);
        int entries = host.length / in.shape().batch();
        List<double[]> each = new ArrayList<>();
        for (int b = 0; b < in.shape().batch(); b++) {
            each.add(Arrays.copyOfRange(host, b * entries, (b + 1) * entries));
        }
        return each;
    }

    /** Within 1e-12·σ_1 in float64, 1e-5·σ_1 in float32; a non-finite matrix has NaN. */
    static void assertValues(Matrix matrix, double[] found, Precision precision, String what) {
        assertValues(matrix, found, precision == Precision.FLOAT64 ? 1e-12 : 1e-5, what);
    }

    static void assertValues(Matrix matrix, double[] found, double tolerance, String what) {
        String where = what + ", " + matrix.rows() + "×" + matrix.cols();
        if (!matrix.isFinite()) {
            for (double value : found) {
                assertEquals(Double.NaN, value, where);
            }
            return;
        }
        double[] expected = Lapack.svd(matrix.copy()).values();
        assertEquals(expected.length, found.length, where);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], found[i], tolerance * expected[0], where + ", value " + i);
        }
    }

    static void assertAllValues(List<List<Matrix>> batches, List<List<double[]>> found, Precision precision) {
        for (int i = 0; i < batches.size(); i++) {
            for (int b = 0; b < batches.get(i).size(); b++) {
                assertValues(batches.get(i).get(b), found.get(i).get(b), precision, "batch " + i + ", matrix " + b);
            }
        }
    }
}
