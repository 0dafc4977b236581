package org.gradus.backend.openblas;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.gradus.backend.BackendException;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Shape;
import org.gradus.linalg.OpenBlas;

/**
 * Singular values by xGESDD without vectors. Several matrices go side by side, one a worker, each with the library on one
 * thread; a single large one gets the library's own threads.
 */
final class SingularValues {
    private final Team team;

    SingularValues(Team team) {
        this.team = team;
    }

    private record Task(NativeBatch matrix, NativeBatch values, int run) {}

    void compute(List<MatrixBatch> matrices, List<MatrixBatch> out) {
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < matrices.size(); i++) {
            NativeBatch matrix = NativeBatch.of(matrices.get(i));
            for (int run = 0; run < matrix.shape().batch(); run++) {
                tasks.add(new Task(matrix, NativeBatch.of(out.get(i)), run));
            }
        }
        Shape shape = tasks.get(0).matrix().shape();
        int threads = OpenBlas.threadsForSpectrum(shape.rows(), shape.cols(), team.size());
        if (tasks.size() == 1 && threads > 1) {
            OpenBlas.withThreads(threads, () -> solve(tasks.get(0)));
        } else if (tasks.size() == 1 || team.size() == 1) {
            tasks.forEach(SingularValues::solve);
        } else {
            team.run(worker -> {
                for (int i = worker; i < tasks.size(); i += team.size()) {
                    solve(tasks.get(i));
                }
            });
        }
    }

    private static void solve(Task task) {
        NativeBatch matrix = task.matrix();
        Blas blas = matrix.blas();
        int m = matrix.shape().rows();
        int n = matrix.shape().cols();
        int count = Math.min(m, n);
        Pointer a = matrix.pointer().position(matrix.position(task.run(), 0));
        Pointer s = task.values().pointer().position(task.values().position(task.run(), 0));
        if (!Double.isFinite(sumOfMagnitudes(blas, a, matrix.shape().entries()))) {
            fillNaN(blas, s, count);
            return;
        }
        int length = blas.singularValuesWorkspace(m, n);
        try (Pointer work = blas.workspace(length);
                IntPointer iwork = new IntPointer(8L * count)) {
            int info = blas.singularValues(m, n, a, s, work, length, iwork);
            if (info != 0) {
                throw new BackendException("cpu: singular values of a " + m + "×" + n
                        + " matrix: LAPACK's gesdd answers info = " + info
                        + (info > 0 ? " (no convergence)" : " (bad argument)"));
            }
        }
    }

    /** Σ|a_i|: not finite if an entry is not (or if entries are near the largest number there is). */
    private static double sumOfMagnitudes(Blas blas, Pointer a, long entries) {
        double sum = 0;
        long start = a.position();
        int most = 1 << 30;
        for (long from = 0; from < entries; from += most) {
            sum += blas.sumOfMagnitudes((int) Math.min(most, entries - from), a.position(start + from));
        }
        a.position(start);
        return sum;
    }

    private static void fillNaN(Blas blas, Pointer s, int count) {
        for (int i = 0; i < count; i++) {
            blas.put(s, i, Double.NaN);
        }
    }
}
