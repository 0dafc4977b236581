package org.gradus.reproduce;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.gradus.store.StoreException;

/** The overview as one self-contained page: verdicts, numbers, figures and configurations. No script, nothing from the network. */
final class OverviewPage {
    private static final String STYLE = """
            :root { color-scheme: light dark; --ink: #1a1a1a; --soft: #5a5a5a; --line: #d0d0d0; --paper: #ffffff; --yes: #00664a; --no: #b03a00 }
            @media (prefers-color-scheme: dark) { :root { --ink: #e8e8e8; --soft: #a8a8a8; --line: #444; --paper: #161616; --yes: #4fc9a0; --no: #ff9d66 } }
            body { font: 16px/1.5 "DejaVu Sans", Helvetica, Arial, sans-serif; color: var(--ink); background: var(--paper); max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
            table { border-collapse: collapse; width: 100%; font-size: .9rem }
            th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line) }
            td.number { white-space: nowrap; text-align: right; font-variant-numeric: tabular-nums }
            a { color: inherit } .soft { color: var(--soft) } .yes { color: var(--yes) } .no { color: var(--no) }
            section { border-top: 1px solid var(--line); margin-top: 2.5rem }
            img { width: 100%; max-width: 34rem; background: #fff; padding: .6rem; border-radius: .3rem }
            pre { overflow-x: auto; font-size: .8rem; padding: .6rem; border: 1px solid var(--line); border-radius: .3rem }
            """;

    private final StringBuilder page = new StringBuilder();
    private final Path folder;

    private OverviewPage(Path folder) {
        this.folder = folder;
    }

    static String of(List<Result> results, Path folder) {
        OverviewPage whole = new OverviewPage(folder);
        long held = results.stream().filter(result -> result.verdict().holds()).count();
        whole.page
                .append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<title>Gradus: experiments reproduced</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<h1>Experiments reproduced</h1>\n<p>")
                .append(held + " of " + results.size() + " verdicts hold.</p>\n");
        whole.table(results);
        results.forEach(whole::section);
        return whole.page.append("</body>\n</html>\n").toString();
    }

    private void table(List<Result> results) {
        page.append("<table>\n<tr><th>experiment</th><th>verdict</th><th>seconds</th></tr>\n");
        for (Result result : results) {
            page.append("<tr><td><a href=\"#" + result.name() + "\">" + result.name() + "</a></td><td>");
            verdict(result);
            page.append("</td><td class=\"number\">" + seconds(result) + "</td></tr>\n");
        }
        page.append("</table>\n");
    }

    private void verdict(Result result) {
        page.append("<span class=\"" + (result.verdict().holds() ? "yes" : "no") + "\">"
                + escaped(result.verdict().sentence()) + "</span>");
        if (!result.changes().isEmpty()) {
            page.append(" <span class=\"soft\">not as published: " + escaped(result.changes()) + "</span>");
        }
    }

    private void section(Result result) {
        Path own = folder.resolve(result.name());
        page.append("<section id=\"" + result.name() + "\">\n<h2>" + result.name() + "</h2>\n<p>"
                + escaped(result.claim()) + "</p>\n<p class=\"soft\">" + escaped(result.source()) + "</p>\n<p>");
        verdict(result);
        page.append("</p>\n");
        if (!result.verdict().remark().isEmpty()) {
            page.append("<p>" + escaped(result.verdict().remark()) + "</p>\n");
        }
        measures(result);
        if (Overview.hasFigure(own)) {
            String svg = Base64.getEncoder().encodeToString(read(own.resolve(Result.FIGURE)));
            page.append("<p><img alt=\"figure of " + result.name() + "\" src=\"data:image/svg+xml;base64," + svg
                    + "\"></p>\n");
        }
        String yaml = new String(read(own.resolve(Resources.CONFIGURATION)), StandardCharsets.UTF_8);
        page.append("<details><summary>configuration</summary><pre>" + escaped(yaml) + "</pre></details>\n");
        page.append("<p class=\"soft\">" + seconds(result) + " s, Gradus " + escaped(result.version()) + " ("
                + escaped(result.commit()) + "); files in <a href=\"" + result.name() + "/\">" + result.name()
                + "</a></p>\n</section>\n");
    }

    private void measures(Result result) {
        page.append("<table>\n<tr><th>measured</th><th>value</th><th>bound</th><th>why this bound</th></tr>\n");
        for (Measure measure : result.verdict().measures()) {
            page.append("<tr><td>" + escaped(measure.quantity()) + "</td><td class=\"number "
                    + (measure.holds() ? "yes" : "no") + "\">" + Numbers.text(measure.value())
                    + "</td><td class=\"number\">" + measure.relation().sign() + " " + Numbers.brief(measure.bound())
                    + "</td><td class=\"soft\">" + escaped(measure.reason()) + "</td></tr>\n");
        }
        page.append("</table>\n");
    }

    private static String seconds(Result result) {
        return String.format(Locale.ROOT, "%.1f", result.seconds());
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new StoreException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** As text of HTML, or a quoted attribute. */
    static String escaped(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(sign -> {
            switch (sign) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(sign < 0x20 && sign != '\n' && sign != '\t' ? 0xFFFD : sign);
            }
        });
        return safe.toString();
    }
}
