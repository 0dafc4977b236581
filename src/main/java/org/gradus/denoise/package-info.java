/** Early-stopped estimates of noisy matrices: the spectral form of deep descent, rules for stopping, what to compare with. */
package org.gradus.denoise;
