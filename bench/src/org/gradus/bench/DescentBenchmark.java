package org.gradus.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.gradus.backend.Arena;
import org.gradus.backend.Backend;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Precision;
import org.gradus.backend.Recording;
import org.gradus.backend.Shape;
import org.gradus.backend.Transpose;
import org.gradus.backend.openblas.OpenBlasBackend;
import org.gradus.dynamics.DenseDescent;
import org.gradus.dynamics.Measures;
import org.gradus.init.Dimensions;
import org.gradus.init.Orthogonal;
import org.gradus.problem.Estimation;
import org.gradus.problem.Loss;
import org.gradus.problem.Targets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A step of the dense descent against products of the same sizes in the same process: {@code step} and {@code product} do
 * the same number of operations, 3(N−1)·2n³ for every run, so the ratio of their times is the fraction of the gemm rate.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
public class DescentBenchmark {
    private static final int DEPTH = 3;
    private static final int PRODUCTS = 3 * (DEPTH - 1);

    @Param({"64", "256", "1024"})
    private int n;

    @Param({"1"})
    private int runs;

    @Param({"2"})
    private int threads;

    @Param({"FLOAT64"})
    private Precision precision;

    private Backend backend;
    private DenseDescent descent;
    private Arena arena;
    private Recording products;
    private int repeats;

    /** Sets the parameters without JMH. */
    void configure(int size, int batch, int workers, Precision format) {
        n = size;
        runs = batch;
        threads = workers;
        precision = format;
    }

    String describe() {
        return backend.describe();
    }

    /** Floating-point operations of one call of {@link #step} or {@link #product}. */
    double operations() {
        return repeats * PRODUCTS * 2.0 * n * n * n * runs;
    }

    /** Starts small, so that the numbers stay in the range of a real run throughout. */
    @Setup
    public void open() {
        backend = new OpenBlasBackend(threads);
        repeats = (int) Math.max(1, 4e8 / (PRODUCTS * 2.0 * n * n * n * runs));
        List<DenseDescent.Run> starts = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            starts.add(new DenseDescent.Run(new Orthogonal(0.1, run), 1e-3));
        }
        Estimation problem = new Estimation(
                Targets.synthetic(n, n, new double[] {10, 5, 2, 1}, true, 1), Optional.empty(), Loss.SUM);
        Dimensions dimensions = new Dimensions(Collections.nCopies(DEPTH + 1, n));
        descent = new DenseDescent(backend, precision, problem, dimensions, starts, Measures.BASIC);
        arena = backend.openArena();
        MatrixBatch a = ones();
        MatrixBatch b = ones();
        MatrixBatch c = ones();
        products = backend.record(() -> {
            for (int i = 0; i < PRODUCTS; i++) {
                backend.ops().multiply(1.0 / n, Transpose.NO, a, Transpose.NO, b, 0, c);
            }
        });
    }

    private MatrixBatch ones() {
        MatrixBatch matrix = arena.allocate(new Shape(runs, n, n), precision);
        double[] host = new double[runs * n * n];
        Arrays.fill(host, 1);
        backend.ops().upload(host, matrix);
        return matrix;
    }

    @TearDown
    public void close() {
        arena.close();
        descent.close();
        backend.close();
    }

    /** {@code repeats} steps. */
    @Benchmark
    public void step() {
        descent.advance(repeats);
    }

    /** {@code repeats} times six products. */
    @Benchmark
    public void product() {
        products.replay(repeats);
    }
}
