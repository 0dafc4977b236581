package org.gradus.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gradus.store.JsonFile;
import org.gradus.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PageTest {
    /** Would end a script, an attribute, a comment, a style or a line of a script, and names a place of the template. */
    private static final String HOSTILE =
            "</script><script>alert(1)</script><!--'\"></style>@data@&amp;\u2028$1\\u0000";

    private static final Pattern SCRIPT = Pattern.compile("<script([^>]*)>(.*?)</script>", Pattern.DOTALL);

    @TempDir
    Path folder;

    @Test
    void everyTextOfForeignOriginIsEscaped() {
        ReportedRun hostile = SampleReports.run(HOSTILE, Map.of(HOSTILE, HOSTILE, "a", 1));
        ReportedRun other = SampleReports.unreadable(HOSTILE + "2", HOSTILE);
        ReportedRun third = SampleReports.run("third", Map.of(HOSTILE, "x", "a", 2));
        Report report = new Report(
                HOSTILE, List.of(HOSTILE), List.of(HOSTILE), List.of(hostile, other, third), List.of(HOSTILE));
        String page = Page.of(report);
        assertEquals(3, count(page, "<script"), "data, library, scripts");
        assertEquals(3, count(page, "</script>"));
        assertEquals(1, count(page, "</style>"));
        assertFalse(page.contains("alert(1)</script>"));
        assertTrue(page.contains("&lt;/script&gt;&lt;script&gt;alert(1)"));
        assertTrue(page.contains("@data@&amp;amp;"), "a place within a text stays text");
    }

    @Test
    void theDataBlockReadsBackToWhatWasGiven() throws IOException {
        String json = DataBlock.of(SampleReports.report(
                SampleReports.run(HOSTILE, Map.of("a", 1, "b", "x")),
                SampleReports.run("other", Map.of("a", 2, "b", "y"))));
        assertFalse(json.contains("<") || json.contains(">") || json.contains("&") || json.contains("\u2028"));
        Path file = Files.writeString(folder.resolve("data.json"), json);
        Map<String, Object> data = JsonFile.read(file);
        assertEquals(List.of("b", "a"), data.get("parameters"));
        Map<?, ?> run = (Map<?, ?>) ((List<?>) data.get("runs")).get(0);
        assertEquals(HOSTILE, run.get("name"));
        assertEquals(List.of(0, 10, 20), run.get("steps"));
        Map<?, ?> columns = (Map<?, ?>) run.get("columns");
        assertEquals(Arrays.asList(2.0, 1.2346, null), columns.get("loss"));
        assertEquals(Arrays.asList(1, 1.5, 7, null, null), ((List<?>) run.get("crossings")).get(0));
        assertEquals(List.of(List.of(8, 20, 1.25)), run.get("found"));
    }

    @Test
    void thePolicyForbidsEverythingButTheScriptsOfThePage() {
        String page = Page.of(SampleReports.report(SampleReports.run("one", Map.of("a", 1))));
        String policy = page.lines()
                .filter(line -> line.contains("Content-Security-Policy"))
                .findFirst()
                .orElseThrow();
        assertTrue(policy.contains("default-src 'none'"), policy);
        assertFalse(policy.contains("http:") || policy.contains("https:") || policy.contains("*"), policy);
        Matcher scripts = SCRIPT.matcher(page);
        int executed = 0;
        while (scripts.find()) {
            if (!scripts.group(1).contains("application/json")) {
                executed++;
                assertTrue(policy.contains(Assets.hash(scripts.group(2))), "the hash of script " + executed);
            }
        }
        assertEquals(2, executed);
    }

    @Test
    void whatIsInTheTablesNeedsNoScript() {
        String page = Page.of(SampleReports.report(
                SampleReports.run("one", Map.of("a", 0.00012345678, "c", "same")),
                SampleReports.unreadable("two", "its table is cut short"),
                SampleReports.run("three", Map.of("a", 2, "c", "same"))));
        String tables = page.substring(0, page.indexOf("<script type"));
        assertTrue(tables.contains("<th scope=\"row\">one</th><td class=\"good\">done</td>"), tables);
        assertTrue(tables.contains("data-value=\"1.2345678E-4\">1.2346e-4</td>"));
        assertTrue(tables.contains("<td class=\"bad\">unreadable</td>"));
        assertTrue(tables.contains("<td class=\"note\">its table is cut short</td>"));
        assertTrue(tables.contains("Configuration that all runs share"));
        assertTrue(tables.contains("<tr><th scope=\"row\">c</th><td>same</td></tr>"));
        assertTrue(tables.contains("Configuration: what differs"));
        assertFalse(tables.contains("<tr><th scope=\"row\">c</th><td>same</td><td>"));
    }

    @Test
    void licencesOfTheLibraryAreInThePage() {
        String page = Page.of(SampleReports.report(SampleReports.run("one", Map.of())));
        for (String name : List.of("Apache ECharts", "Mike Bostock", "Baidu Inc.", "Microsoft Corporation")) {
            assertTrue(page.contains(name), name);
        }
    }

    @Test
    void aFolderInPlaceOfThePageIsRefused() throws IOException {
        Path taken = Files.createDirectory(folder.resolve("report.html"));
        Report report = SampleReports.report(SampleReports.run("one", Map.of()));
        assertTrue(assertThrows(StoreException.class, () -> Page.write(taken, report))
                .getMessage()
                .contains("not a regular file"));
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
