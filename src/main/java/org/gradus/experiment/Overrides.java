package org.gradus.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the command line's own options say instead of the configuration; they come after every {@code --set}. */
public record Overrides(Optional<String> backend, Optional<String> precision, Optional<String> output) {

    public static Overrides none() {
        return new Overrides(Optional.empty(), Optional.empty(), Optional.empty());
    }

    List<Setting> settings() {
        List<Setting> settings = new ArrayList<>();
        backend.ifPresent(word -> settings.add(Setting.option("--backend", word, "compute", "backend")));
        precision.ifPresent(word -> settings.add(Setting.option("--precision", word, "compute", "precision")));
        output.ifPresent(word -> settings.add(Setting.option("--output", word, "output")));
        return settings;
    }
}
