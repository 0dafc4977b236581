package org.gradus.dynamics;

/**
 * What a state is to hold beyond loss, spectrum and test error.
 *
 * @param factors the singular values of every factor
 * @param balancedness the balancedness defect
 */
public record Measures(boolean factors, boolean balancedness) {
    public static final Measures BASIC = new Measures(false, false);
}
