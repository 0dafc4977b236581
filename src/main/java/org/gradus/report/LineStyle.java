package org.gradus.report;

import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.util.ShapeUtils;

/** Dashes and marks that tell lines apart where colours cannot: in grey print, and for readers who see few of them. */
final class LineStyle {
    private static final float[][] DASHES = {{}, {5, 2}, {1.2f, 1.8f}, {6, 1.6f, 1.2f, 1.6f}};

    /** In points. */
    private static final double SIZE = 3.6;

    private LineStyle() {}

    /** The dashes of line {@code index}; every fifth are the same again. */
    static BasicStroke stroke(int index, float width) {
        float[] dashes = DASHES[index % DASHES.length];
        return dashes.length == 0
                ? new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
                : new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dashes, 0);
    }

    /** The mark on the values of line {@code index}; every sixth is the same again, with other dashes. */
    static Shape mark(int index) {
        double half = SIZE / 2;
        return switch (index % 5) {
            case 0 -> new Ellipse2D.Double(-half, -half, SIZE, SIZE);
            case 1 -> new Rectangle2D.Double(-half + 0.2, -half + 0.2, SIZE - 0.4, SIZE - 0.4);
            case 2 -> ShapeUtils.createUpTriangle((float) half + 0.2f);
            case 3 -> ShapeUtils.createDiamond((float) half + 0.5f);
            default -> ShapeUtils.createDownTriangle((float) half + 0.2f);
        };
    }

    /** Of what came to nothing. */
    static Shape cross() {
        return ShapeUtils.createDiagonalCross(1.6f, 0.35f);
    }
}
