package org.gradus.experiment;

import java.util.Arrays;
import java.util.Optional;
import org.gradus.experiment.Config.FileTarget;
import org.gradus.experiment.Config.NoiseSection;
import org.gradus.experiment.Config.SyntheticTarget;
import org.gradus.experiment.Config.TargetSection;
import org.gradus.linalg.Matrix;
import org.gradus.problem.Targets;
import org.gradus.store.MatrixFile;

/**
 * The matrix that a run is to find.
 *
 * @param clean the truth
 * @param noisy the truth with noise, where there is any
 * @param source file name or "synthetic", for people
 * @param picture whether it holds grey values in [0, 1]
 */
record Target(Matrix clean, Optional<Matrix> noisy, String source, boolean picture) {

    /** Reads the file of a target that has one. */
    static Optional<Matrix> read(TargetSection section) {
        return section instanceof FileTarget target ? Optional.of(MatrixFile.read(target.file())) : Optional.empty();
    }

    /**
     * @param read what {@link #read} answered
     * @throws ConfigException if numbers overflow
     */
    static Target of(Config config, Optional<Matrix> read) {
        TargetSection section = config.problem().target().orElseThrow();
        if (section instanceof FileTarget target) {
            String name = String.valueOf(target.file().getFileName());
            return withNoise(config, read.orElseThrow(), name, MatrixFile.isPicture(target.file()), false);
        }
        SyntheticTarget synthetic = (SyntheticTarget) section;
        double[] spectrum = synthetic.spectrum().stream().mapToDouble(v -> v).toArray();
        Matrix clean = Targets.synthetic(
                synthetic.rows(), synthetic.columns(), spectrum, synthetic.symmetric(), synthetic.seed());
        requireFinite(config, clean, "problem.target.synthetic.spectrum");
        String name = synthetic.symmetric() ? "synthetic symmetric" : "synthetic";
        return withNoise(config, clean, name, false, synthetic.symmetric());
    }

    private static Target withNoise(Config config, Matrix clean, String source, boolean picture, boolean mirrored) {
        if (config.problem().noise().isEmpty()) {
            return new Target(clean, Optional.empty(), source, picture);
        }
        NoiseSection noise = config.problem().noise().get();
        Matrix noisy = Targets.withNoise(clean, noise.standardDeviation(), noise.seed(), mirrored);
        requireFinite(config, noisy, "problem.target.noise.standard-deviation");
        String noisySource = source + " + noise of standard deviation " + noise.standardDeviation();
        return new Target(clean, Optional.of(noisy), noisySource, picture);
    }

    private static void requireFinite(Config config, Matrix matrix, String key) {
        if (!matrix.isFinite()) {
            throw config.source().error(key, "is so large that the target overflows; the largest double is 1.8e308");
        }
    }

    /** What is observed, or measured: with its noise. */
    Matrix seen() {
        return noisy.orElse(clean);
    }

    /** The values shown black and white in pictures of the product: [0, 1], or the truth's own range. */
    double[] greyRange() {
        return picture ? new double[] {0, 1} : greyRange(clean.data());
    }

    /** The range of numbers, from the zero that small starts are near to where they are all equal. */
    static double[] greyRange(double[] numbers) {
        double low = Arrays.stream(numbers).min().orElseThrow();
        double high = Arrays.stream(numbers).max().orElseThrow();
        if (low == high) {
            low = Math.min(low, 0);
            high = Math.max(high, 0);
        }
        return low == high ? new double[] {0, 1} : new double[] {low, high};
    }
}
