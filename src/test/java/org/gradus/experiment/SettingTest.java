package org.gradus.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.gradus.experiment.Config.BackendKind;
import org.gradus.experiment.Config.Every;
import org.gradus.experiment.Config.Listed;
import org.gradus.experiment.Config.PrecisionKind;
import org.gradus.experiment.Config.SyntheticTarget;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void writeTheMinimalConfiguration() throws IOException {
        file = ConfigFiles.minimal(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e-3", "0.001", "1.0E-3", ".001", "!!float 1e-3", "1e-3 # small"})
    void aScalarIsReadAsYaml(String value) {
        Config config = ConfigFiles.read(file, "descent.step-size=" + value);
        assertEquals(OptionalDouble.of(1e-3), config.descent().stepSize());
    }

    @Test
    void anIndexFromZeroReplacesOneEntryOfAList() {
        Config config = ConfigFiles.read(
                file, "problem.target.synthetic.spectrum.0=8", "problem.target.synthetic.spectrum.2=0.5");
        assertEquals(
                List.of(8.0, 2.0, 0.5),
                ((SyntheticTarget) config.problem().target().orElseThrow()).spectrum());
    }

    @Test
    void listsAndMappingsAreSetWhole() {
        Config config = ConfigFiles.read(file, "factors.widths=[4, 5]", "record.steps={every: 10}");
        assertEquals(Optional.of(List.of(4, 5)), config.factors().widths());
        assertEquals(new Every(10), config.record().steps());
    }

    @Test
    void missingSectionsAreMadeOnTheWay() {
        Config config = ConfigFiles.read(file, "record.steps.every=7", "descent.stop.loss=1e-9", "compute.threads=3");
        assertEquals(new Every(7), config.record().steps());
        assertEquals(OptionalDouble.of(1e-9), config.descent().stop().loss());
        assertEquals(OptionalInt.of(3), config.compute().threads());
    }

    @Test
    void aLaterSettingWinsAndSeesTheEarlierOnes() {
        Config config = ConfigFiles.read(file, "record.steps=[0, 1]", "record.steps.1=50", "record.steps.1=60");
        assertEquals(new Listed(List.of(0L, 60L)), config.record().steps());
    }

    @Test
    void onlyTheFirstEqualsSignDivides() {
        assertEquals(
                Path.of("runs/a=b,c"),
                ConfigFiles.read(file, "output=runs/a=b,c").output());
    }

    @Test
    void anAliasedValueIsSetInOnePlaceOnly() throws IOException {
        Path aliased = ConfigFiles.minimalWith(folder, 9, "record: {steps: &rows [0, 10], products: *rows}");
        Config config = ConfigFiles.read(aliased, "record.products.1=20");
        assertEquals(new Listed(List.of(0L, 10L)), config.record().steps());
        assertEquals(List.of(0L, 20L), config.record().products());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "descent.steps|has no '='; it must be path.to.key=value",
                "=5|has no key such as 'descent.steps' before its '='",
                "descent..steps=5|has no key such as 'descent.steps' before its '='",
                ".steps=5|has no key such as 'descent.steps' before its '='",
                "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a=5|has no key such as 'descent.steps' before its '='",
                "descent.steps=|the value must be a scalar, a [list] or a {mapping}, not nothing",
                "descent.stop=loss: 1|the value must be a scalar, a [list] or a {mapping}; it is no scalar, [list] or"
                        + " {mapping}",
                "factors.widths=- 1|the value must be a scalar, a [list] or a {mapping}; it is no scalar, [list] or"
                        + " {mapping}",
                "factors.widths=[1, 2|the value must be a scalar, a [list] or a {mapping}; it is not YAML: ",
                "descent.steps=!!java.net.URL x|the tag 'tag:yaml.org,2002:java.net.URL' is refused",
                "problem.target.synthetic.spectrum.3=1|problem.target.synthetic.spectrum: is a list of 3, counted from"
                        + " 0, so it has no index '3'",
                "problem.target.synthetic.spectrum.-1=1|problem.target.synthetic.spectrum: is a list of 3, counted"
                        + " from 0, so it has no index '-1'",
                "problem.target.synthetic.spectrum.99999999999=1|so it has no index '99999999999'",
                "problem.target.synthetic.spectrum.first=1|so it has no index 'first'",
                "factors.widths.0=5|factors.widths: is no list, so it has no index 0; give the whole list as"
                        + " factors.widths=[…]",
                "descent.steps.every=5|descent.steps: is '100', so it has no key 'every'",
                "descent.step=5|descent.step: unknown key; did you mean 'steps'?",
                "descent.steps=many|descent.steps: must be an integer from 0 to 1000000000000, not 'many'",
                "descent.stop={loss: 1, loss: 2}|loss: is given twice",
                "record.steps={every: 0}|record.steps.every: must be an integer from 1 to 9223372036854775807, not"
                        + " '0'",
                "problem.target.synthetic.spectrum.1=-1|problem.target.synthetic.spectrum.1: must be a number of at"
                        + " least 0",
            })
    void aWrongSettingIsRefusedWithItsOwnText(String setting, String words) {
        String message = assertThrows(ConfigException.class, () -> ConfigFiles.read(file, setting))
                .getMessage();
        assertTrue(message.startsWith("--set " + setting + ": "), message);
        assertTrue(message.contains(words), message);
        assertEquals(1, message.lines().count());
    }

    @Test
    void anOptionWinsOverSettingsAndFile() {
        Overrides overrides = new Overrides(Optional.of("cpu"), Optional.of("float32"), Optional.of("out: [put"));
        Config config = ConfigReader.read(file, List.of("compute.backend=cuda", "output=elsewhere"), overrides);
        assertEquals(BackendKind.CPU, config.compute().backend());
        assertEquals(PrecisionKind.FLOAT32, config.compute().precision());
        assertEquals(Path.of("out: [put"), config.output());
        assertEquals("--backend cpu", config.source().places().get("compute.backend"));
    }

    @Test
    void aWrongOptionIsRefusedWithItsOwnText() {
        Overrides overrides = new Overrides(Optional.of("cdua"), Optional.empty(), Optional.empty());
        String message = assertThrows(ConfigException.class, () -> ConfigReader.read(file, List.of(), overrides))
                .getMessage();
        assertEquals(
                "--backend cdua: compute.backend: must be one of auto, cpu, cuda, reference, not 'cdua'; did you mean"
                        + " 'cuda'?",
                message);
    }

    @Test
    void placesNameTheSettingForWhatItSetAndTheLineForTheRest() {
        ConfigSource source = ConfigFiles.read(file, "descent.stop.loss=1e-9").source();
        assertEquals("--set descent.stop.loss=1e-9", source.places().get("descent.stop.loss"));
        assertEquals(file + ":8", source.places().get("descent.steps"));
        assertEquals(file + ":3", source.places().get("problem.target.synthetic.spectrum"));
        assertEquals(
                "--set descent.stop.loss=1e-9: descent.stop.loss: is low",
                source.error("descent.stop.loss", "is low").getMessage());
        assertEquals(
                file + ":5: factors.depth: is high",
                source.error("factors.depth", "is high").getMessage());
    }
}
