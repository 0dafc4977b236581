package org.gradus.experiment;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradus.init.Given;
import org.gradus.linalg.Lapack;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.Spectrum;
import org.gradus.store.Digest;
import org.gradus.store.MatrixFile;

/** What runs with the same section {@code problem} have in common: read, made and decomposed once, when first asked for. */
final class SharedData {
    private final DataSource source;
    private final Loading loading;
    private final Map<Path, Digest> digests = new HashMap<>();
    private final Map<List<Path>, Given> givenStarts = new HashMap<>();
    private Data data;
    private double[] spectrum;
    private Lapack.Svd truth;

    /** Reads the files whose contents tell sizes, and of large ones their headers only. */
    SharedData(Config config) {
        this(config, Loading.UNWATCHED);
    }

    SharedData(Config config, Loading loading) {
        this.loading = loading;
        source = DataSource.of(config, loading);
    }

    /** Sizes, before anything of these sizes is made. */
    DataSource source() {
        return source;
    }

    Data data() {
        if (data == null) {
            data = source.load();
        }
        return data;
    }

    /** The singular values of the matrix whose spectrum tells the scale, descending. */
    double[] spectrum() {
        if (spectrum == null) {
            spectrum = Spectrum.of(data().reference());
        }
        return spectrum;
    }

    /** The whole matrix that is to be found, decomposed, where it is known. */
    Optional<Lapack.Svd> truth() {
        if (truth == null && data().truth().isPresent()) {
            truth = Lapack.svd(data().truth().get().copy());
        }
        return Optional.ofNullable(truth);
    }

    /** Of an input file, read through once; asked for by all threads that begin runs. */
    synchronized Digest digest(Path file) {
        Digest digest = digests.get(file);
        if (digest == null) {
            digest = Digest.of(file, share -> loading.at("checking " + file.getFileName(), share));
            digests.put(file, digest);
        }
        return digest;
    }

    /** The start that these files hold, W_1 first. */
    Given given(List<Path> files) {
        Given start = givenStarts.get(files);
        if (start == null) {
            List<Matrix> factors = files.stream().map(MatrixFile::read).toList();
            start = new Given(factors);
            givenStarts.put(files, start);
        }
        return start;
    }
}
