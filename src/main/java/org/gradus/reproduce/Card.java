package org.gradus.reproduce;

import java.util.List;

/**
 * What an experiment is about.
 *
 * @param name in small letters, digits and hyphens; its configuration is the resource {@code NAME.yaml}
 * @param claim in one sentence
 * @param source the paper's section, or the case of the literature
 * @param parts names of the configuration's documents, in their order: each is a run or a sweep
 * @param seconds it takes on two cores
 * @param lasting whether it is carried out only where long ones are asked for
 * @param files resources that the configuration reads, beside it
 */
public record Card(
        String name,
        String claim,
        String source,
        List<String> parts,
        double seconds,
        boolean lasting,
        List<String> files) {

    public Card {
        parts = List.copyOf(parts);
        files = List.copyOf(files);
        if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*") || parts.isEmpty()) {
            throw new IllegalArgumentException("an experiment named '" + name + "' with parts " + parts);
        }
    }

    /** A short one without files. */
    static Card of(String name, String claim, String source, double seconds, String... parts) {
        return new Card(name, claim, source, List.of(parts), seconds, false, List.of());
    }

    /** The same as one that takes long. */
    Card thatLasts() {
        return new Card(name, claim, source, parts, seconds, true, files);
    }

    /** The same with these resources beside its configuration. */
    Card reading(String... resources) {
        return new Card(name, claim, source, parts, seconds, lasting, List.of(resources));
    }
}
