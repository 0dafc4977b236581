package org.gradus.theory;

/**
 * Gradient descent on independent scalar modes, a block of them at a time. Every implementation of a step rounds in the same
 * order whatever the size of the block, so that a path is the same to the last bit however it is cut.
 */
interface Recursion {
    /** Blocks smaller than this are carried in registers, one mode after the other. */
    int SMALL = 8;

    /** The recursion of a start; η may be any positive number. */
    static Recursion of(Start start, double stepSize) {
        return start.isPerturbed()
                ? new PerturbedRecursion(start.depth(), stepSize)
                : new IdenticalRecursion(start.depth(), stepSize);
    }

    /**
     * Carries modes 0 … size−1 through so many steps.
     *
     * @param first d, or a of a perturbed start
     * @param second b of a perturbed start, unused otherwise
     */
    void advance(double[] first, double[] second, double[] lambda, int size, int steps);

    /** p of one mode. */
    double product(double first, double second);
}
