package org.gradus.experiment;

import java.util.Optional;
import org.gradus.experiment.Config.FileTarget;
import org.gradus.experiment.Config.LossKind;
import org.gradus.experiment.Config.NoiseSection;
import org.gradus.experiment.Config.SyntheticTarget;
import org.gradus.linalg.Matrix;
import org.gradus.problem.Estimation;
import org.gradus.problem.Loss;
import org.gradus.problem.Targets;
import org.gradus.store.MatrixFile;

/**
 * The data of a run.
 *
 * @param source file name or "synthetic", for people
 * @param picture whether it holds grey values in [0, 1]
 */
record Target(Estimation estimation, String source, boolean picture) {

    static Target load(Config config) {
        if (config.problem().target() instanceof FileTarget file) {
            Matrix clean = MatrixFile.read(file.file());
            String name = String.valueOf(file.file().getFileName());
            return withNoise(config, clean, name, MatrixFile.isPicture(file.file()), false);
        }
        SyntheticTarget synthetic = (SyntheticTarget) config.problem().target();
        double[] spectrum = synthetic.spectrum().stream().mapToDouble(v -> v).toArray();
        Matrix clean = Targets.synthetic(
                synthetic.rows(), synthetic.columns(), spectrum, synthetic.symmetric(), synthetic.seed());
        String name = synthetic.symmetric() ? "synthetic symmetric" : "synthetic";
        return withNoise(config, clean, name, false, synthetic.symmetric());
    }

    private static Target withNoise(Config config, Matrix clean, String source, boolean picture, boolean mirrored) {
        Loss loss = config.problem().loss() == LossKind.SUM ? Loss.SUM : Loss.MEAN;
        if (config.problem().noise().isEmpty()) {
            return new Target(new Estimation(clean, Optional.empty(), loss), source, picture);
        }
        NoiseSection noise = config.problem().noise().get();
        Matrix noisy = Targets.withNoise(clean, noise.standardDeviation(), noise.seed(), mirrored);
        String noisySource = source + " + noise of standard deviation " + noise.standardDeviation();
        return new Target(new Estimation(noisy, Optional.of(clean), loss), noisySource, picture);
    }

    String describe() {
        return estimation.rows() + "×" + estimation.cols() + " " + source;
    }

    /** The values shown black and white in pictures of the product: [0, 1], or the truth's own range. */
    double[] greyRange() {
        if (picture) {
            return new double[] {0, 1};
        }
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double value : estimation.clean().orElse(estimation.target()).data()) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        return new double[] {low, high};
    }
}
