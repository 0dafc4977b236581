package org.gradus.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.gradus.backend.Backend;
import org.gradus.backend.FastBackend;
import org.gradus.backend.reference.ReferenceBackend;
import org.gradus.linalg.Matrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A run that has ended stays where it is, and no other run of its batch notices. */
final class FreezingTest {

    static Stream<DescentCase> cases() {
        return LongStream.range(2_000, 2_090)
                .mapToObj(seed -> DescentCase.of(seed, 16))
                .filter(test -> test.runs().size() >= 2)
                .limit(36);
    }

    private static Backend open(DescentCase test) {
        FastBackend[] fast = FastBackend.values();
        int which = (int) (test.seed() % (fast.length + 1));
        return which < fast.length ? fast[which].open() : new ReferenceBackend();
    }

    /** The case with the step size of its run 0 multiplied. */
    private static DescentCase withFirstStepSize(DescentCase test, double factor) {
        List<DenseDescent.Run> runs = new ArrayList<>(test.runs());
        runs.set(
                0,
                new DenseDescent.Run(runs.get(0).start(), factor * runs.get(0).stepSize()));
        return test.with(runs);
    }

    private static List<Matrix> others(DescentCase test, State state) {
        return IntStream.range(1, test.runs().size())
                .boxed()
                .flatMap(run -> test.factors(state, run).stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aDivergingRunLeavesTheBitsOfTheOthersAlone(DescentCase test) {
        try (Backend backend = open(test);
                DenseDescent calm = test.open(backend);
                DenseDescent wild = withFirstStepSize(test, 1e12).open(backend)) {
            assertTrue(wild.finite()[0]);
            for (int step = 0; step < 150; step += 10) {
                calm.advance(10);
                wild.advance(10);
                boolean[] finite = wild.finite();
                if (!finite[0]) {
                    wild.freeze(0);
                }
                for (int run = 1; run < finite.length; run++) {
                    assertTrue(finite[run], "run " + run + " at step " + step);
                }
            }
            assertFalse(wild.finite()[0], "no divergence");
            assertFalse(Double.isFinite(wild.observe().loss(0)));
            List<Matrix> expected = others(test, calm.observe());
            assertEquals(expected, others(test, wild.observe()));
            for (Matrix factor : expected) {
                assertTrue(factor.isFinite());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aFrozenRunStaysAsItIsWhileTheOthersGoOn(DescentCase test) {
        try (Backend backend = open(test);
                DenseDescent free = test.open(backend);
                DenseDescent partly = test.open(backend)) {
            free.advance(50);
            partly.advance(20);
            List<Matrix> before = test.factors(partly.observe(), 0);
            double loss = partly.observe().loss(0);
            partly.freeze(0);
            partly.advance(30);
            State state = partly.observe();
            for (int j = 1; j <= before.size(); j++) {
                assertArrayEquals(before.get(j - 1).data(), state.factor(0, j).data(), "W_" + j);
            }
            assertEquals(loss, state.loss(0));
            assertEquals(others(test, free.observe()), others(test, partly.observe()));
            assertNotEquals(before, test.factors(free.observe(), 0));
        }
    }
}
