package org.gradus.experiment;

import java.util.Arrays;
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

    /** Reads the file of a target that has one. */
    static Optional<Matrix> read(Config config) {
        return config.problem().target() instanceof FileTarget target
                ? Optional.of(MatrixFile.read(target.file()))
                : Optional.empty();
    }

    /**
     * @param read what {@link #read} answered
     * @throws ConfigException if numbers overflow
     */
    static Target of(Config config, Optional<Matrix> read) {
        if (config.problem().target() instanceof FileTarget target) {
            String name = String.valueOf(target.file().getFileName());
            return withNoise(config, read.orElseThrow(), name, MatrixFile.isPicture(target.file()), false);
        }
        SyntheticTarget synthetic = (SyntheticTarget) config.problem().target();
        double[] spectrum = synthetic.spectrum().stream().mapToDouble(v -> v).toArray();
        Matrix clean = Targets.synthetic(
                synthetic.rows(), synthetic.columns(), spectrum, synthetic.symmetric(), synthetic.seed());
        requireFinite(config, clean, "problem.target.synthetic.spectrum");
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
        requireFinite(config, noisy, "problem.target.noise.standard-deviation");
        String noisySource = source + " + noise of standard deviation " + noise.standardDeviation();
        return new Target(new Estimation(noisy, Optional.of(clean), loss), noisySource, picture);
    }

    private static void requireFinite(Config config, Matrix matrix, String key) {
        if (!matrix.isFinite()) {
            throw config.source().error(key, "is so large that the target overflows; the largest double is 1.8e308");
        }
    }

    String describe() {
        return estimation.rows() + "×" + estimation.cols() + " " + source;
    }

    /** The values shown black and white in pictures of the product: [0, 1], or the truth's own range. */
    double[] greyRange() {
        Matrix truth = estimation.clean().orElse(estimation.target());
        double low = Arrays.stream(truth.data()).min().orElseThrow();
        double high = Arrays.stream(truth.data()).max().orElseThrow();
        if (low == high) { // a constant target: from the zero that small starts are near to it
            low = Math.min(low, 0);
            high = Math.max(high, 0);
        }
        return picture || low == high ? new double[] {0, 1} : new double[] {low, high};
    }
}
