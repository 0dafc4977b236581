package org.gradus.report;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How figures are to be written.
 *
 * @param columns how wide
 * @param formats at least one; each figure becomes a file of each
 */
public record Paper(Columns columns, Set<Format> formats) {
    /** One column, SVG: what a run and a sweep leave behind. */
    public static final Paper USUAL = new Paper(Columns.ONE, EnumSet.of(Format.SVG));

    /** @throws IllegalArgumentException without a format */
    public Paper {
        if (formats.isEmpty()) {
            throw new IllegalArgumentException("figures of no format");
        }
        formats = Set.copyOf(formats);
    }

    /** In the order of their declaration. */
    List<Format> ordered() {
        return formats.stream().sorted().toList();
    }
}
