package org.gradus.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.gradus.backend.ForwardingBackend;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Precision;
import org.gradus.backend.Recording;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.PlainMatrices;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A descent over a backend that carries out whole intervals in one piece. */
final class FusedDescentTest {

    static Stream<DescentCase> cases() {
        return LongStream.range(5_000, 5_021).mapToObj(seed -> DescentCase.of(seed, 8));
    }

    /** The step as it is defined, on matrices in host memory. */
    private static final class FusingBackend extends ForwardingBackend {
        int fused;
        int recorded;
        private final boolean fuses;
        private final double workPerSecond;

        FusingBackend(boolean fuses, double workPerSecond) {
            this.fuses = fuses;
            this.workPerSecond = workPerSecond;
        }

        @Override
        public int slowTransposedProductsUpTo() {
            return 0;
        }

        @Override
        public double workPerSecond(Precision precision) {
            return workPerSecond;
        }

        @Override
        public Recording record(Runnable step, Runnable check) {
            recorded++;
            return super.record(step, check);
        }

        @Override
        public Optional<Recording> fuse(
                List<MatrixBatch> factors, MatrixBatch target, MatrixBatch perRun, Runnable check) {
            if (!fuses) {
                return Optional.empty();
            }
            fused++;
            return Optional.of(super.record(() -> step(factors, target, perRun), check));
        }

        private void step(List<MatrixBatch> factors, MatrixBatch target, MatrixBatch perRun) {
            Matrix goal = read(target);
            for (int run = 0; run < perRun.shape().batch(); run++) {
                int of = run;
                List<Matrix> old = factors.stream()
                        .map(factor -> read(factor.slice(of, of + 1)))
                        .toList();
                double scale = read(perRun.slice(run, run + 1)).get(0, 0);
                Matrix residual = PlainMatrices.plus(product(old, goal.cols()), -1, goal);
                for (int j = 0; j < old.size(); j++) {
                    Matrix after =
                            product(old.subList(j + 1, old.size()), old.get(j).rows());
                    Matrix before = product(old.subList(0, j), goal.cols());
                    Matrix gradient =
                            PlainMatrices.times(PlainMatrices.times(after.transposed(), residual), before.transposed());
                    Matrix updated = PlainMatrices.plus(old.get(j), scale, gradient);
                    ops().upload(updated.data(), factors.get(j).slice(run, run + 1));
                }
            }
        }

        private Matrix read(MatrixBatch one) {
            Matrix matrix = Matrix.zeros(one.shape().rows(), one.shape().cols());
            ops().download(one, matrix.data());
            return matrix;
        }

        /** The last factor on the left; of none, the identity. */
        private static Matrix product(List<Matrix> factors, int size) {
            Matrix product = Matrix.scaledIdentity(size, 1);
            for (Matrix factor : factors) {
                product = PlainMatrices.times(factor, product);
            }
            return product;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aFusedDescentIsTheRecordedOne(DescentCase test) {
        try (FusingBackend fusing = new FusingBackend(true, 1e9);
                FusingBackend recording = new FusingBackend(false, 1e9);
                DenseDescent fused = test.open(fusing);
                DenseDescent recorded = test.open(recording)) {
            assertEquals(1, fusing.fused);
            assertEquals(0, fusing.recorded);
            assertEquals(1, recording.recorded);
            fused.advance(20);
            recorded.advance(20);
            assertEquals(20, fused.settled());
            State a = fused.observe();
            State b = recorded.observe();
            for (int run = 0; run < test.runs().size(); run++) {
                assertArrayEquals(b.product(run).data(), a.product(run).data(), 1e-12);
                assertEquals(b.loss(run), a.loss(run), 1e-12 * (1 + b.loss(run)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aFusedDescentIsCheckedToo(DescentCase test) {
        try (FusingBackend fusing = new FusingBackend(true, 1e9);
                DenseDescent wild = test.withStepSize(1e60).open(fusing)) {
            assertTrue(wild.finite()[0]);
            wild.advance(60);
            assertFalse(wild.finite()[0]);
        }
    }

    /** Recordings are checked after 256 steps at most, a fused one carries out about a second's work. */
    @ParameterizedTest
    @MethodSource("cases")
    void aFusedDescentIsHandedAboutASecondsWork(DescentCase test) {
        double work = 6.0
                * test.dimensions().depth()
                * Math.pow(test.dimensions().largest(), 3)
                * test.runs().size();
        try (FusingBackend fast = new FusingBackend(true, 1_000 * work);
                FusingBackend plain = new FusingBackend(false, 1_000 * work);
                FusingBackend faster = new FusingBackend(true, 1e8 * work);
                FusingBackend slow = new FusingBackend(true, work / 2);
                DenseDescent a = test.open(fast);
                DenseDescent b = test.open(plain);
                DenseDescent c = test.open(faster);
                DenseDescent d = test.open(slow)) {
            assertEquals(1_000, a.stepsPerCheck(), 1);
            assertEquals(256, b.stepsPerCheck());
            assertEquals(1 << 16, c.stepsPerCheck());
            assertEquals(1, d.stepsPerCheck());
        }
    }
}
