package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ResumeCommandTest {
    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void writeTheConfiguration() throws IOException {
        cli = new Cli(folder);
    }

    private byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(cli.file(name));
    }

    private Cli.Result resume(String... options) {
        List<String> all =
                new java.util.ArrayList<>(List.of("resume", cli.file("").toString(), "--no-plots"));
        all.addAll(List.of(options));
        return Cli.execute(all.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dense", "modes", "subspace"})
    void anExtendedRunHasTheBytesOfOneInOnePiece(String solver) throws IOException {
        String choice = "descent.solver=" + solver;
        String target = "problem.target.synthetic.spectrum=[3, 2]";
        String every = "record={steps: {every: 7}, factors: true}";
        cli.run(choice, target, every, "descent.steps=50").done();
        byte[] table = bytes("trajectory.csv");
        byte[] product = bytes("product.npy");
        byte[] factor = bytes("factors/W_2.npy");
        for (int first : new int[] {0, 7, 20, 49}) {
            cli.run("--overwrite", choice, target, every, "descent.steps=" + first)
                    .done();
            resume("--steps", "5e1").done();
            assertArrayEquals(table, bytes("trajectory.csv"), "" + first);
            assertArrayEquals(product, bytes("product.npy"), "" + first);
            assertArrayEquals(factor, bytes("factors/W_2.npy"), "" + first);
            assertEquals(50, cli.outcome().get("step"));
        }
    }

    @Test
    void aRunThatIsDoneSaysSo() {
        cli.run().done();
        System.out.println(resume().done().err());
    }
}
