package org.gradus.experiment;

import java.util.List;
import org.gradus.experiment.YamlNode.Scalar;

/**
 * A key of the configuration and the values that it takes in a sweep.
 *
 * @param name dotted
 * @param values at least one
 */
record SweepKey(String name, List<Scalar> values) {
    SweepKey {
        values = List.copyOf(values);
    }

    /** The configuration with the value of this number, from 0. */
    Setting setting(int number) {
        Scalar value = values.get(number);
        return new Setting(List.of(name.split("\\.")), value, value.place());
    }
}
