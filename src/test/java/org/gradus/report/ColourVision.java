package org.gradus.report;

import static java.lang.Math.abs;
import static java.lang.Math.atan2;
import static java.lang.Math.cbrt;
import static java.lang.Math.cos;
import static java.lang.Math.exp;
import static java.lang.Math.hypot;
import static java.lang.Math.pow;
import static java.lang.Math.sin;
import static java.lang.Math.sqrt;
import static java.lang.Math.toDegrees;
import static java.lang.Math.toRadians;

import java.awt.Color;

/**
 * Colours as readers see them. Dichromats: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, A Physiologically-based Model
 * for Simulation of Color Vision Deficiency, 2009, severity 1, on linear RGB. Differences: CIEDE2000 as in G. Sharma, W. Wu,
 * E. N. Dalal, The CIEDE2000 Color-Difference Formula, 2005; a difference of 1 is barely seen side by side.
 */
enum ColourVision {
    USUAL(1, 0, 0, 0, 1, 0, 0, 0, 1),
    PROTANOPIA(0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998),
    DEUTERANOPIA(0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881),
    TRITANOPIA(1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900);

    private final double redOfRed;
    private final double redOfGreen;
    private final double redOfBlue;
    private final double greenOfRed;
    private final double greenOfGreen;
    private final double greenOfBlue;
    private final double blueOfRed;
    private final double blueOfGreen;
    private final double blueOfBlue;

    ColourVision(double rr, double rg, double rb, double gr, double gg, double gb, double br, double bg, double bb) {
        redOfRed = rr;
        redOfGreen = rg;
        redOfBlue = rb;
        greenOfRed = gr;
        greenOfGreen = gg;
        greenOfBlue = gb;
        blueOfRed = br;
        blueOfGreen = bg;
        blueOfBlue = bb;
    }

    double difference(Color one, Color other) {
        return ciede2000(lab(one), lab(other));
    }

    /** CIELAB for the white point D65. */
    double[] lab(Color colour) {
        double r = ColourMap.linear(colour.getRed());
        double g = ColourMap.linear(colour.getGreen());
        double b = ColourMap.linear(colour.getBlue());
        double red = within(redOfRed * r + redOfGreen * g + redOfBlue * b);
        double green = within(greenOfRed * r + greenOfGreen * g + greenOfBlue * b);
        double blue = within(blueOfRed * r + blueOfGreen * g + blueOfBlue * b);
        double x = f((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047);
        double y = f(0.2126729 * red + 0.7151522 * green + 0.0721750 * blue);
        double z = f((0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double within(double share) {
        return Math.max(0, Math.min(1, share));
    }

    private static double f(double t) {
        return t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116;
    }

    static double ciede2000(double[] one, double[] two) {
        double mean = pow((hypot(one[1], one[2]) + hypot(two[1], two[2])) / 2, 7);
        double g = 0.5 * (1 - sqrt(mean / (mean + pow(25, 7))));
        double c1 = hypot((1 + g) * one[1], one[2]);
        double c2 = hypot((1 + g) * two[1], two[2]);
        double h1 = hue((1 + g) * one[1], one[2]);
        double h2 = hue((1 + g) * two[1], two[2]);
        double step = h2 - h1;
        double turn = c1 * c2 == 0 ? 0 : step > 180 ? step - 360 : step < -180 ? step + 360 : step;
        double dl = two[0] - one[0];
        double dc = c2 - c1;
        double dh = 2 * sqrt(c1 * c2) * sin(toRadians(turn / 2));
        double l = (one[0] + two[0]) / 2;
        double c = (c1 + c2) / 2;
        double h = c1 * c2 == 0
                ? h1 + h2
                : abs(step) <= 180 ? (h1 + h2) / 2 : (h1 + h2 + (h1 + h2 < 360 ? 360 : -360)) / 2;
        double t = 1
                - 0.17 * cos(toRadians(h - 30))
                + 0.24 * cos(toRadians(2 * h))
                + 0.32 * cos(toRadians(3 * h + 6))
                - 0.20 * cos(toRadians(4 * h - 63));
        double sl = 1 + 0.015 * pow(l - 50, 2) / sqrt(20 + pow(l - 50, 2));
        double sc = 1 + 0.045 * c;
        double sh = 1 + 0.015 * c * t;
        double rc = 2 * sqrt(pow(c, 7) / (pow(c, 7) + pow(25, 7)));
        double rt = -sin(toRadians(60 * exp(-pow((h - 275) / 25, 2)))) * rc;
        return sqrt(pow(dl / sl, 2) + pow(dc / sc, 2) + pow(dh / sh, 2) + rt * dc / sc * dh / sh);
    }

    private static double hue(double a, double b) {
        double degrees = a == 0 && b == 0 ? 0 : toDegrees(atan2(b, a));
        return degrees < 0 ? degrees + 360 : degrees;
    }
}
