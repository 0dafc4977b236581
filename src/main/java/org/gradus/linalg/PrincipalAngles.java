package org.gradus.linalg;

/**
 * Principal angles between subspaces, by Å. Björck and G. H. Golub, Numerical Methods for Computing Angles Between Linear
 * Subspaces, Math. Comp. 27 (1973): the cosines are the singular values of QᵀP, the sines those of P − QQᵀP. A small angle is
 * taken from its sine and a large one from its cosine, so that each is right to a few ε.
 */
public final class PrincipalAngles {
    private PrincipalAngles() {}

    /**
     * Ascending, in radians, in [0, π/2].
     *
     * @param q n×k, orthonormal columns
     * @param p n×k, orthonormal columns
     */
    public static double[] between(Matrix q, Matrix p) {
        if (q.rows() != p.rows() || q.cols() != p.cols()) {
            throw new IllegalArgumentException("no angles between " + q + " and " + p);
        }
        Matrix common = Lapack.transposedTimes(q, p);
        Matrix outside = Lapack.times(q, common);
        for (int i = 0; i < outside.data().length; i++) {
            outside.data()[i] = p.data()[i] - outside.data()[i];
        }
        double[] cosines = Spectrum.of(common);
        double[] sines = Spectrum.of(outside);
        int k = cosines.length;
        double[] angles = new double[k];
        for (int i = 0; i < k; i++) { // cosines fall, sines are read from their end
            double sine = sines[k - 1 - i];
            angles[i] = sine * sine <= 0.5 ? Math.asin(sine) : Math.acos(Math.min(1, cosines[i]));
        }
        return angles;
    }
}
