package org.gradus.check;

import java.util.List;
import org.gradus.check.VerbCheck.Case;

/** The verbs of sensing and completion. */
final class ObservationCases {
    private ObservationCases() {}

    static List<Case> all() {
        return List.of(
                new Case("measure", 30, (ops, on) -> {
                    ops.measure(on.operators, on.observations, on.x, on.residuals);
                    return on.residuals;
                }),
                new Case(
                        "normalResidual",
                        30,
                        (ops, on) -> on.into(() -> ops.normalResidual(
                                on.perRun, on.operators, on.observations, on.x, on.residuals, 1, on.out))),
                new Case("columnInnerProducts", 1, (ops, on) -> {
                    ops.columnInnerProducts(on.x, on.shared, on.columns);
                    return on.columns;
                }),
                new Case("scaleColumns", 1, (ops, on) -> on.into(() -> ops.scaleColumns(on.columns, on.x, on.out))),
                new Case("gather", 0, (ops, on) -> {
                    ops.gather(on.places, on.x, on.gathered);
                    return on.gathered;
                }),
                new Case(
                        "observedResidual",
                        1,
                        (ops, on) -> on.into(
                                () -> ops.observedResidual(on.perRun, on.places, on.observed, on.gathered, on.out))));
    }
}
