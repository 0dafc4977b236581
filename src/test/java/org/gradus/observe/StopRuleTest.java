package org.gradus.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.OptionalDouble;
import org.gradus.linalg.Matrix;
import org.junit.jupiter.api.Test;

final class StopRuleTest {
    private static final OptionalDouble NONE = OptionalDouble.empty();

    private static Optional<String> reason(StopRule rule, double loss, double now, double before) {
        FixedState state = FixedState.of(1, loss, now).withProduct(Matrix.scaledIdentity(2, now));
        return rule.reason(state, 0, Double.isNaN(before) ? null : () -> Matrix.scaledIdentity(2, before));
    }

    @Test
    void aLossAtItsBoundStops() {
        StopRule rule = StopRule.anyOf(OptionalDouble.of(0.5), NONE);
        assertEquals(Optional.empty(), reason(rule, 0.5000001, 1, 1));
        assertEquals(Optional.of("loss 0.500000 is at most 0.500000"), reason(rule, 0.5, 1, Double.NaN));
        assertEquals(Optional.of("loss 0.125000 is at most 0.500000"), reason(rule, 0.125, 1, 2));
    }

    /** ‖W − W_prev‖/‖W_prev‖ = 1/4 for multiples 5 and 4 of the identity. */
    @Test
    void aSmallChangeBetweenRowsStops() {
        StopRule rule = StopRule.anyOf(NONE, OptionalDouble.of(0.25));
        assertEquals(Optional.of("relative change 0.250000 is at most 0.250000"), reason(rule, 9, 5, 4));
        assertEquals(Optional.of("relative change 0.250000 is at most 0.250000"), reason(rule, 9, 3, 4));
        assertEquals(Optional.empty(), reason(rule, 9, 5.1, 4));
    }

    @Test
    void theFirstRowAndAProductThatLeavesZeroAreNoSmallChange() {
        StopRule rule = StopRule.anyOf(NONE, OptionalDouble.of(1e3));
        assertEquals(Optional.empty(), reason(rule, 9, 1, Double.NaN));
        assertEquals(Optional.empty(), reason(rule, 9, 1, 0));
        assertEquals(Optional.empty(), reason(rule, 9, 0, 0));
    }

    @Test
    void eitherOfTwoRulesStops() {
        StopRule rule = StopRule.anyOf(OptionalDouble.of(1e-3), OptionalDouble.of(1e-6));
        assertEquals(Optional.empty(), reason(rule, 1, 1, 2));
        assertEquals("loss", reason(rule, 1e-4, 1, 2).orElseThrow().substring(0, 4));
        assertEquals("relative", reason(rule, 1, 1, 1).orElseThrow().substring(0, 8));
    }

    @Test
    void withoutARuleARunNeverStops() {
        assertEquals(Optional.empty(), reason(StopRule.anyOf(NONE, NONE), 0, 1, 1));
    }

    @Test
    void aRuleSaysWhetherItLooksAtStatesAndWhereItEndsForCertain() {
        StopRule loss = StopRule.anyOf(OptionalDouble.of(1), NONE);
        StopRule at = StopRule.at(7, "there");
        assertTrue(loss.looksAtStates());
        assertTrue(StopRule.plateau(1).looksAtStates());
        assertFalse(StopRule.anyOf(NONE, NONE).looksAtStates());
        assertFalse(at.looksAtStates());
        assertFalse(at.or(StopRule.never()).looksAtStates());
        assertTrue(at.or(loss).looksAtStates());
        assertTrue(loss.or(at).looksAtStates());
        assertEquals(7, at.or(loss).lastStep());
        assertEquals(5, at.or(StopRule.at(5, "here")).lastStep());
        assertEquals(Schedule.NEVER, loss.or(StopRule.never()).lastStep());
    }
}
