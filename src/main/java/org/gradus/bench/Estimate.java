package org.gradus.bench;

import org.gradus.backend.Backend;

/** What a cell is going to take, from the rate that a backend says of itself; rather too long than too short. */
final class Estimate {
    /** Operations of singular values without vectors, 8n³/3, at a tenth of the rate of products. */
    private static final double SINGULAR_VALUES = 27;

    private static final double SECONDS_PER_ENTRY = 1e-7;
    private static final double OPENING = 0.3;

    /** A step takes up to so many times its products. */
    private static final double SLOWER = 2;

    private Estimate() {}

    /** Seconds with all rounds. */
    static double seconds(Cell cell, Backend backend, Settings settings) {
        int rounds = settings.rounds() + Settings.WARM_UP_ROUNDS;
        double rate = backend.workPerSecond(cell.arithmetic().precision());
        double cube = Math.pow(cell.n(), 3) * cell.runs();
        double entries = Math.pow(cell.n(), 2) * (cell.runs() * (cell.depth() + 3.0) + 1);
        double setUp = OPENING + SECONDS_PER_ENTRY * entries;
        double pieces;
        switch (cell.solver()) {
            case DENSE -> {
                double products = cell.operationsPerStep() / rate;
                double record = SINGULAR_VALUES * cube / rate;
                pieces = slot(SLOWER * products, settings)
                        + slot(products, settings)
                        + slot(0, settings)
                        + slot(record, settings)
                        + slot((1 + cell.depth()) * record, settings);
            }
            case SUBSPACE -> {
                setUp += SINGULAR_VALUES * cube / rate;
                pieces = 2 * slot(0, settings) + slot(SINGULAR_VALUES * cube / rate, settings);
            }
            case MODES -> {
                setUp = OPENING;
                pieces = 2 * slot(0, settings);
            }
            default -> throw new IllegalArgumentException(cell.describe());
        }
        return setUp + rounds * pieces;
    }

    private static double slot(double once, Settings settings) {
        return Math.max(once, settings.slot());
    }
}
