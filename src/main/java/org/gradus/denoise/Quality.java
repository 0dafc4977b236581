package org.gradus.denoise;

import java.util.List;
import org.gradus.linalg.Matrix;

/**
 * How near an estimate is to the clean matrix, all channels of a picture together.
 *
 * @param psnr 10·log₁₀(peak²/mean squared error) in dB; infinite for a perfect estimate, NaN where the peak is 0
 * @param relativeError ‖Ŷ − X‖_F/‖X‖_F; NaN or infinite where the clean X is zero
 */
public record Quality(double psnr, double relativeError) {

    /**
     * @param peak the range of clean values: 1 for pictures, else max − min
     * @throws IllegalArgumentException if the two differ in shape
     */
    public static Quality of(List<Matrix> estimate, List<Matrix> clean, double peak) {
        double error = 0;
        double truth = 0;
        long entries = 0;
        for (int channel = 0; channel < clean.size(); channel++) {
            double[] x = clean.get(channel).data();
            double[] y = estimate.get(channel).data();
            if (x.length != y.length) {
                throw new IllegalArgumentException(estimate.get(channel) + " against " + clean.get(channel));
            }
            for (int i = 0; i < x.length; i++) {
                error += (y[i] - x[i]) * (y[i] - x[i]);
                truth += x[i] * x[i];
            }
            entries += x.length;
        }
        double psnr = peak > 0 ? 10 * Math.log10(peak * peak / (error / entries)) : Double.NaN;
        return new Quality(psnr, Math.sqrt(error / truth));
    }

    /** max − min over all entries of all channels. */
    public static double range(List<Matrix> clean) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Matrix channel : clean) {
            for (double entry : channel.data()) {
                low = Math.min(low, entry);
                high = Math.max(high, entry);
            }
        }
        return high - low;
    }
}
