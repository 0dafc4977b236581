package org.gradus.report;

import java.awt.Color;

/**
 * Viridis (S. van der Walt, N. Smith, E. Firing, 2015): lightness rises evenly from dark violet to yellow, for every kind of
 * colour vision and in grey. Its values at 0, 1/9, … 1, linear in between.
 */
final class ColourMap {
    private static final int[] VIRIDIS = {
        0x440154, 0x482878, 0x3E4A89, 0x31688E, 0x26828E, 0x1F9E89, 0x35B779, 0x6DCD59, 0xB4DE2C, 0xFDE725
    };

    /** Between contrasts with black and with white: relative luminance 0.18 has 4.6 to either (WCAG 2). */
    private static final double MIDDLE = 0.18;

    private ColourMap() {}

    /** @param share from 0 to 1 */
    static Color at(double share) {
        double place = Math.max(0, Math.min(1, share)) * (VIRIDIS.length - 1);
        int left = Math.min((int) place, VIRIDIS.length - 2);
        return Palette.mixed(new Color(VIRIDIS[left]), new Color(VIRIDIS[left + 1]), place - left);
    }

    /** Black or white, whichever is read more easily on a colour. */
    static Color ink(Color ground) {
        return luminance(ground) > MIDDLE ? Color.BLACK : Color.WHITE;
    }

    /** Relative luminance of sRGB, from 0 to 1 (IEC 61966-2-1). */
    static double luminance(Color colour) {
        return 0.2126 * linear(colour.getRed())
                + 0.7152 * linear(colour.getGreen())
                + 0.0722 * linear(colour.getBlue());
    }

    static double linear(int sample) {
        double share = sample / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
