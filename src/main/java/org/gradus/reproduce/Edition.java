package org.gradus.reproduce;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gradus.experiment.ConfigException;
import org.gradus.experiment.ConfigText;
import org.gradus.experiment.Overrides;

/**
 * How an experiment is carried out: as it is published, or with changes.
 *
 * @param file an edited configuration instead of the experiment's own
 * @param settings the arguments of {@code --set}, for every part, or for the one that they name: {@code PART:key=value}
 * @param overrides of backend and precision, for every part
 */
public record Edition(Optional<Path> file, List<String> settings, Overrides overrides) {
    public static final Edition PUBLISHED = new Edition(Optional.empty(), List.of(), Overrides.none());

    public Edition {
        settings = List.copyOf(settings);
    }

    /** The settings of one part. */
    List<String> settings(Card card, String part) {
        return settings.stream()
                .filter(setting -> setting.startsWith(part + ":")
                        || card.parts().stream().noneMatch(name -> setting.startsWith(name + ":")))
                .map(setting -> setting.startsWith(part + ":") ? setting.substring(part.length() + 1) : setting)
                .toList();
    }

    /** The documents, in the order of the parts. */
    List<ConfigText> documents(Card card, Path folder) {
        List<ConfigText> documents = file.map(ConfigText::read)
                .orElseGet(() -> ConfigText.documents(folder.resolve(Resources.CONFIGURATION), text(card)));
        if (documents.size() != card.parts().size()) {
            throw new ConfigException(documents.get(0).file() + ": has " + documents.size() + " documents; "
                    + card.name() + " has " + card.parts().size() + ": " + String.join(", ", card.parts())
                    + ", between them lines '---'");
        }
        return documents;
    }

    /** The configuration's text. */
    public String text(Card card) {
        return file.map(ConfigText::whole).orElseGet(() -> Resources.configuration(card));
    }

    /** What is not as published, in a few words; empty where all is. */
    public String changes() {
        List<String> changes = new ArrayList<>();
        file.ifPresent(path -> changes.add("configuration " + path));
        settings.forEach(setting -> changes.add("--set " + setting));
        overrides.backend().ifPresent(word -> changes.add("--backend " + word));
        overrides.precision().ifPresent(word -> changes.add("--precision " + word));
        return String.join(", ", changes);
    }
}
