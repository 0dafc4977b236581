package org.gradus.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gradus.denoise.Quality;
import org.gradus.experiment.ConfigException;
import org.gradus.linalg.Matrix;
import org.gradus.random.RandomStream;
import org.gradus.random.RandomStream.Purpose;
import org.gradus.store.MatrixFile;

/**
 * What is to be denoised.
 *
 * @param channels one matrix, or red, green and blue
 * @param clean of the same shape
 * @param picture whether values are samples in [0, 1]
 * @param added what was added to the file's values
 */
record DenoiseInput(
        Path file, List<Matrix> channels, Optional<List<Matrix>> clean, boolean picture, Optional<AddedNoise> added) {
    private static final List<String> COLOURS = List.of("red channel", "green channel", "blue channel");

    record AddedNoise(double standardDeviation, long seed) {}

    static DenoiseInput read(Path file) {
        return new DenoiseInput(
                file, MatrixFile.readChannels(file), Optional.empty(), MatrixFile.isPicture(file), Optional.empty());
    }

    /** The same, to be compared with a clean one. */
    DenoiseInput against(Path cleanFile) {
        List<Matrix> truth = MatrixFile.readChannels(cleanFile);
        if (!shape(truth).equals(shape(channels))) {
            throw new ConfigException("--clean " + cleanFile + " is " + shape(truth) + ", " + file + " is "
                    + shape(channels) + "; they must be alike");
        }
        return new DenoiseInput(file, channels, Optional.of(truth), picture, added);
    }

    private static String shape(List<Matrix> channels) {
        Matrix first = channels.get(0);
        return first.rows() + "×" + first.cols() + (channels.size() == 1 ? "" : " in colour");
    }

    /** A noisy copy, to be compared with this: the noise of a run with that seed, for each channel its own. */
    DenoiseInput withNoise(double standardDeviation, long seed) {
        List<Matrix> noisy = new ArrayList<>();
        for (int channel = 0; channel < channels.size(); channel++) {
            Matrix truth = channels.get(channel);
            double[] noise =
                    new RandomStream(seed, Purpose.NOISE, channel).gaussians(truth.data().length, standardDeviation);
            for (int i = 0; i < noise.length; i++) {
                noise[i] += truth.data()[i];
            }
            noisy.add(new Matrix(truth.rows(), truth.cols(), noise));
        }
        return new DenoiseInput(
                file, noisy, Optional.of(channels), picture, Optional.of(new AddedNoise(standardDeviation, seed)));
    }

    /** For messages. */
    String name(int channel) {
        return channels.size() > 1 ? COLOURS.get(channel) : picture ? "picture" : "matrix";
    }

    String describe() {
        Matrix first = channels.get(0);
        String kind = !picture ? " matrix" : channels.size() == 1 ? " grey picture" : " colour picture";
        return file + ", " + first.rows() + "×" + first.cols() + kind
                + added.map(noise -> ", noise of standard deviation " + NumberText.near(noise.standardDeviation())
                                + " added, seed " + noise.seed())
                        .orElse("");
    }

    /** Of the peak signal: 1 for pictures, else the range of the clean matrix. */
    double peak() {
        return picture ? 1 : clean.map(Quality::range).orElse(Double.NaN);
    }
}
