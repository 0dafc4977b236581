package org.gradus.page;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gradus.store.AtomicFile;

/** The page as one file that loads nothing: style, scripts, chart library, data and pictures are in it. */
public final class Page {
    private static final Pattern PLACE = Pattern.compile("@([a-z]+)@");

    private Page() {}

    /**
     * Writes the page, whole, replacing what was there.
     *
     * @return its size in bytes
     * @throws org.gradus.store.StoreException if the target is no regular file or cannot be written
     */
    public static long write(Path path, Report report) {
        byte[] bytes = of(report).getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(path, out -> out.write(bytes));
        return bytes.length;
    }

    static String of(Report report) {
        Map<String, String> parts = new LinkedHashMap<>();
        String library = Assets.library();
        String scripts = Assets.scripts();
        parts.put("policy", policy(library, scripts));
        parts.put("title", Html.escaped(report.title()));
        parts.put("style", Assets.style());
        parts.put("overview", Overview.of(report));
        parts.put("runs", RunsTable.of(report));
        parts.put("configuration", ConfigurationTables.of(report));
        parts.put("made", made(report));
        parts.put("licences", Html.escaped(Assets.licences()));
        parts.put("data", DataBlock.of(report));
        parts.put("library", library);
        parts.put("scripts", scripts);
        return filled(Assets.template(), parts);
    }

    /** In one pass, so that nothing within a part is taken for a place. */
    private static String filled(String template, Map<String, String> parts) {
        return PLACE.matcher(template).replaceAll(place -> Matcher.quoteReplacement(parts.get(place.group(1))));
    }

    /** Nothing from anywhere: scripts by their hashes only, pictures from within, no requests, no forms. */
    private static String policy(String... scripts) {
        StringBuilder hashes = new StringBuilder();
        for (String script : scripts) {
            hashes.append(' ').append(Assets.hash(script));
        }
        return "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src" + hashes
                + "; base-uri 'none'; form-action 'none'";
    }

    private static String made(Report report) {
        Html html = new Html();
        report.made().forEach(line -> html.add("<p>{}</p>\n", line));
        return html.toString();
    }
}
