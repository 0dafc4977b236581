package org.gradus.reproduce;

/**
 * Whether singular values are learned one after another. At the first recorded step at which σ_i is at least half of what it
 * is at the end, the next one has the share s_i = σ_{i+1}/(σ_{i+1} at the end). Learned one after another, s_i is near 0;
 * learned together, in proportion, it is ½.
 *
 * @param halfSteps the steps, of σ_1 … σ_rank
 * @param shares s_1 … s_{rank−1}
 */
record Succession(double[] halfSteps, double[] shares) {

    /** @param rank how many singular values are learned, at least 2 */
    static Succession of(FinishedRun run, int rank) {
        double[][] values = run.singularValues();
        double[] steps = run.steps();
        int last = steps.length - 1;
        double[] halfSteps = new double[rank];
        double[] shares = new double[rank - 1];
        for (int i = 0; i < rank; i++) {
            int row = 0;
            while (values[i][row] < values[i][last] / 2) {
                row++;
            }
            halfSteps[i] = steps[row];
            if (i < rank - 1) {
                shares[i] = values[i + 1][row] / values[i + 1][last];
            }
        }
        return new Succession(halfSteps, shares);
    }

    double largestShare() {
        return Numbers.largest(shares);
    }
}
