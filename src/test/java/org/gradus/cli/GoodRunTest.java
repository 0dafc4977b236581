package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.Spectrum;
import org.gradus.store.MatrixFile;
import org.gradus.store.NpyWriter;
import org.gradus.store.PictureWriter;
import org.gradus.store.Trajectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoodRunTest {
    private static final Matrix TARGET = new Matrix(2, 3, new double[] {1, 0.5, 0, 0.25, 0.75, 1});

    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void writeTheConfiguration() throws IOException {
        cli = new Cli(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{kind: identical, scale: 0.3}",
                "{kind: identical, product-scale: 0.027}",
                "{kind: perturbed, scale: 0.3, perturbation: 0.1}",
                "{kind: balanced, scale: 0.3}",
                "{kind: orthogonal, scale: 0.3, seed: 5}",
                "{kind: gaussian, scale: 0.3, seed: 5}",
                "{kind: gaussian, standard-deviation: 0.1}",
                "{kind: uniform, product-scale: 0.1, seed: 5}",
            })
    void everyStartDescendsAndLeavesTheProductOfItsLastRow(String start) {
        cli.run("factors.initialization=" + start).done();
        Trajectory table = cli.table();
        assertArrayEquals(new double[] {0, 5, 10, 15, 20}, table.column("step"));
        double[] loss = table.column("loss");
        assertTrue(loss[4] < loss[0], () -> Arrays.toString(loss));
        assertLastRowIsOf(MatrixFile.read(cli.file("product.npy")), table, 1e-13);
    }

    private static void assertLastRowIsOf(Matrix product, Trajectory table, double tolerance) {
        double[] values = Spectrum.of(product);
        for (int i = 1; i <= values.length; i++) {
            double[] recorded = table.column("sigma_" + i);
            assertEquals(values[i - 1], recorded[recorded.length - 1], tolerance * values[0]);
        }
        assertFalse(table.has("sigma_" + (values.length + 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "reference"})
    void bothPrecisionsAndBackendsAgreeToTheirRounding(String backend) {
        cli.run("--backend=" + backend).done();
        double[] exact = cli.table().column("loss");
        assertEquals("float64", ((java.util.Map<?, ?>) configuration("compute")).get("precision"));
        cli.run("--backend=" + backend, "--precision=float32", "--overwrite").done();
        double[] rounded = cli.table().column("loss");
        assertFalse(Arrays.equals(exact, rounded));
        assertArrayEquals(exact, rounded, 1e-5 * exact[0]);
    }

    private Object configuration(String section) {
        return ((java.util.Map<?, ?>) cli.manifest().get("configuration")).get(section);
    }

    @Test
    void backendsAgreeWithEachOther() {
        cli.run("--backend=cpu").done();
        double[] cpu = cli.table().column("loss");
        cli.run("--backend=reference", "--overwrite").done();
        assertArrayEquals(cli.table().column("loss"), cpu, 1e-12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"npy", "csv", "mtx", "png"})
    void aTargetFromAFileIsFittedInItsShape(String ending) throws IOException {
        Path file = folder.resolve("target." + ending);
        switch (ending) {
            case "npy" -> NpyWriter.write(file, TARGET);
            case "png" -> PictureWriter.write(file, TARGET, 0, 1);
            case "csv" -> Files.writeString(file, "1,0,0.75\n0.5,0.25,1\n");
            default ->
                Files.writeString(file, "%%MatrixMarket matrix array real general\n2 3\n1\n0.5\n0\n0.25\n0.75\n1\n");
        }
        cli.run(
                        "problem.target={file: target." + ending + "}",
                        "factors.initialization={kind: balanced, scale: 0.5}",
                        "descent={steps: 5000, step-size: auto, stop: {loss: 1e-20}}")
                .done();
        Matrix product = MatrixFile.read(cli.file("product.npy"));
        assertEquals(2, product.rows());
        assertArrayEquals(MatrixFile.read(file).data(), product.data(), 1e-9);
        assertEquals("stopped", cli.outcome().get("status"));
        assertTrue(String.valueOf(cli.outcome().get("reason")).startsWith("loss "), () -> "" + cli.outcome());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rows: 4, columns: 7", "rows: 7, columns: 4", "rows: 1, columns: 1", "rows: 1, columns: 5"})
    void rectangularTargetsAndWidthsAreFitted(String shape) {
        cli.run(
                        "problem.target={synthetic: {" + shape + ", spectrum: [2], seed: 3}}",
                        "factors={depth: 3, widths: [5, 2], initialization: {kind: orthogonal, scale: 0.5}}",
                        "record.factors=true")
                .done();
        assertLastRowIsOf(MatrixFile.read(cli.file("product.npy")), cli.table(), 1e-13);
        assertEquals(2, MatrixFile.read(cli.file("factors/W_2.npy")).rows());
        assertEquals(5, MatrixFile.read(cli.file("factors/W_2.npy")).cols());
    }

    @Test
    void givenFactorsStartWhereTheyAre() {
        for (int j = 1; j <= 3; j++) {
            NpyWriter.write(folder.resolve("W" + j + ".npy"), Matrix.scaledIdentity(6, 0.3));
        }
        cli.run("factors.initialization={kind: given, files: [W1.npy, W2.npy, W3.npy]}")
                .done();
        double[] given = cli.table().column("loss");
        cli.run("--overwrite", "descent.solver=dense").done();
        assertArrayEquals(cli.table().column("loss"), given, 0);
    }

    @Test
    void theMeanLossIsTheSumOverTheObservationsAndStepsAreScaledByIt() {
        cli.run().done();
        double[] sum = cli.table().column("loss");
        cli.run("problem.loss=mean", "descent.step-size=0.18", "--overwrite").done(); // η·2/36 = 0.01
        double[] mean = cli.table().column("loss");
        for (int row = 0; row < sum.length; row++) {
            assertEquals(sum[row] * 2 / 36, mean[row], 1e-13);
        }
    }

    @Test
    void noiseGivesATestErrorAgainstTheCleanTarget() throws IOException {
        cli.run(
                        "problem.target.noise={standard-deviation: 0.1, seed: 4}",
                        "factors.initialization={kind: orthogonal, scale: 0.3}")
                .done();
        Trajectory table = cli.table();
        assertEquals(8, table.columns().indexOf("test_error"));
        assertEquals(
                List.of("target", "noise", "initialization"),
                List.copyOf(((java.util.Map<?, ?>) cli.manifest().get("seeds")).keySet()));
        assertEquals(List.of("manifest.json", "product.npy", "trajectory.csv", "trajectory.h5"), cli.files());
    }

    @Test
    void theFirstErrorOfAnIdenticalStartIsThatOfItsProduct() {
        cli.run("problem.target.noise={standard-deviation: 0}", "factors.depth=1")
                .done();
        // W(0) = 0.3 I: ‖0.3 I − Ŵ‖²/‖Ŵ‖² with eigenvalues 3, 2, 1, 0, 0, 0
        double square = 2.7 * 2.7 + 1.7 * 1.7 + 0.7 * 0.7 + 3 * 0.09;
        assertEquals(Math.sqrt(square / 14), cli.table().column("test_error")[0], 1e-14);
    }

    @Test
    void factorsAndBalancednessAreColumnsAndFiles() throws IOException {
        cli.run("record.factors=true", "record.balancedness=true").done();
        Trajectory table = cli.table();
        int columns = table.columns().size();
        assertEquals("balancedness", table.columns().get(columns - 1));
        assertEquals("factor_1_sigma_1", table.columns().get(columns - 1 - 18));
        assertEquals("factor_3_sigma_6", table.columns().get(columns - 2));
        assertEquals(0.3, table.column("factor_2_sigma_1")[0], 1e-15);
        Matrix product = MatrixFile.read(cli.file("factors/W_1.npy"));
        for (int j = 2; j <= 3; j++) {
            product = times(MatrixFile.read(cli.file("factors/W_" + j + ".npy")), product);
        }
        assertArrayEquals(MatrixFile.read(cli.file("product.npy")).data(), product.data(), 1e-14);
    }

    private static Matrix times(Matrix a, Matrix b) {
        Matrix product = Matrix.zeros(a.rows(), b.cols());
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < b.cols(); j++) {
                for (int k = 0; k < a.cols(); k++) {
                    product.set(i, j, product.get(i, j) + a.get(i, k) * b.get(k, j));
                }
            }
        }
        return product;
    }
}
