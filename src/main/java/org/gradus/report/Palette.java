package org.gradus.report;

import java.awt.Color;

/**
 * Colours that readers with any kind of colour vision tell apart.
 *
 * <p>Up to seven curves: Okabe and Ito, Color Universal Design (2008), without the yellow, which white paper swallows. More: the
 * perceptually ordered map plasma (van der Walt and Smith, 2015), dark to orange, likewise without its yellow end.
 */
final class Palette {
    static final Color TEXT = Color.BLACK;
    static final Color CURVE = new Color(0x0072B2);
    static final Color REFERENCE = new Color(0x606060);
    static final Color CROWD = new Color(0xA8A8A8);
    /** Black that gives 0xE4 on white, and shows on shades too. */
    static final Color GRID = new Color(0, 0, 0, 27);

    /** Two tints of equal lightness, the sky blue and the orange of Okabe and Ito; painted twice they are darker. */
    private static final int[] SHADES = {0x56B4E9, 0xE69F00};

    private static final int[] OKABE_ITO = {0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0x000000};

    /** Plasma at 0, 1/8, … 6/8. */
    private static final int[] PLASMA = {0x0D0887, 0x4C02A1, 0x7E03A8, 0xA92395, 0xCC4778, 0xE56B5D, 0xF89540};

    private Palette() {}

    static Color shade(boolean odd) {
        return translucent(odd, 42);
    }

    static Color edge(boolean odd) {
        return translucent(odd, 170);
    }

    /** A translucent colour painted over itself. */
    static Color twice(Color colour) {
        double clear = 1 - colour.getAlpha() / 255.0;
        int alpha = (int) Math.round(255 * (1 - clear * clear));
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha);
    }

    static Color translucent(Color colour, int alpha) {
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha);
    }

    private static Color translucent(boolean odd, int alpha) {
        return new Color(alpha << 24 | SHADES[odd ? 0 : 1], true);
    }

    /** The colour of curve {@code index} of {@code count}. */
    static Color of(int index, int count) {
        if (count <= OKABE_ITO.length) {
            return new Color(OKABE_ITO[index]);
        }
        double place = (double) index / (count - 1) * (PLASMA.length - 1);
        int left = Math.min((int) place, PLASMA.length - 2);
        double weight = place - left;
        return mixed(new Color(PLASMA[left]), new Color(PLASMA[left + 1]), weight);
    }

    /** From one colour at weight 0 to the other at 1. */
    static Color mixed(Color from, Color to, double weight) {
        return new Color(
                mix(from.getRed(), to.getRed(), weight),
                mix(from.getGreen(), to.getGreen(), weight),
                mix(from.getBlue(), to.getBlue(), weight));
    }

    private static int mix(int from, int to, double weight) {
        return (int) Math.round(from + weight * (to - from));
    }
}
