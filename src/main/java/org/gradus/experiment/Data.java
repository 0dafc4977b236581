package org.gradus.experiment;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gradus.linalg.Matrix;
import org.gradus.problem.Completion;
import org.gradus.problem.Estimation;
import org.gradus.problem.Problem;
import org.gradus.problem.Sensing;

/**
 * What a run fits.
 *
 * @param reference the matrix whose spectrum tells the scale: the target as the loss sees it, without any A*(y)
 * @param gain κ = ‖A‖², by which limits of step sizes are divided; 1 for estimation and completion
 * @param source for people
 * @param greyRange the values shown black and white in pictures of the product
 * @param labels names of the product's rows and columns, where the data have names
 * @param warnings about the data
 */
public record Data(
        Problem problem,
        Matrix reference,
        double gain,
        String source,
        double[] greyRange,
        Optional<Labels> labels,
        List<String> warnings) {

    /** Names of a matrix's rows and columns, in order. */
    public record Labels(List<String> rows, List<String> columns) {}

    /**
     * What a configuration names, in host memory, for methods without factors or backend.
     *
     * @throws ConfigException for values that do not fit the data
     * @throws org.gradus.store.StoreException for files
     * @throws org.gradus.backend.BackendException if the heap is too small
     */
    public static Data of(Config config, Loading loading) {
        DataSource source = DataSource.of(config, loading);
        Room.requireOnHost(source);
        return source.load();
    }

    /** The problem where every entry is observed. */
    Optional<Estimation> estimation() {
        return problem instanceof Estimation estimation ? Optional.of(estimation) : Optional.empty();
    }

    /** The whole matrix that is to be found, without noise, where it is known. */
    public Optional<Matrix> truth() {
        if (problem instanceof Estimation estimation) {
            return Optional.of(estimation.clean().orElse(estimation.target()));
        }
        return problem instanceof Sensing sensing ? sensing.truth() : ((Completion) problem).truth();
    }

    /** The same data fitted in another way, of which is warned. */
    Data with(Problem other, String warning) {
        List<String> more = Stream.concat(warnings.stream(), Stream.of(warning)).toList();
        return new Data(other, reference, gain, source, greyRange, labels, more);
    }

    public String describe() {
        return problem.rows() + "×" + problem.cols() + " " + source;
    }
}
