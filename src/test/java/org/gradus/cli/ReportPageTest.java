package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gradus.store.JsonFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Pages that {@code gradus report} wrote, in a browser. */
final class ReportPageTest {
    /** The goal is 2 s on a machine with nothing else to do. */
    private static final double LONGEST_MILLISECONDS = 6_000;

    private static final String CURVES =
            "gradus.charts[arguments[0]].getOption().series.filter(s => s.data.length).length";

    private static final String POINTS =
            "gradus.charts[arguments[0]].getOption().series.reduce((sum, s) => sum + s.data.length, 0)";

    @TempDir
    static Path folder;

    private static Path one;
    private static Path many;

    private Browser browser;

    @BeforeAll
    static void carryOut() throws IOException {
        Cli cli = new Cli(folder);
        String config = cli.config().toString();
        one = folder.resolve("<img src=x onerror=hacked=1>");
        Cli.execute(
                        "run",
                        config,
                        "--no-plots",
                        "--output",
                        one.toString(),
                        "--set",
                        "descent.steps=2000",
                        "--set",
                        "record.steps={geometric: 1.1}",
                        "--set",
                        "record.products=[0, 21, 200, 2000]",
                        "--set",
                        "record.factors=true",
                        "--set",
                        "record.alignment=2",
                        "--set",
                        "record.balancedness=true")
                .done();
        Map<String, Object> manifest = new LinkedHashMap<>(JsonFile.read(one.resolve("manifest.json")));
        manifest.put("command", "</script><script>window.hacked = 1</script>");
        JsonFile.write(one.resolve("manifest.json"), manifest);
        many = folder.resolve("many");
        Cli.execute(
                "sweep",
                config,
                "--no-plots",
                "--output",
                many.toString(),
                "--set",
                "descent.steps=300",
                "--set",
                "record.steps={geometric: 1.05}",
                "--set",
                "factors.initialization={kind: gaussian, scale: 0.3}",
                "--set",
                "problem.target.noise={standard-deviation: 0.01, seed: 3}",
                "--set",
                "sweep={over: {factors.initialization.scale: [0.1, 0.2, 0.4, 0.8],"
                        + " descent.step-size: {from: 0.001, to: 0.5, count: 10, spacing: geometric},"
                        + " factors.initialization.seed: [1, 2, 3, 4, 5]}}");
        Cli.execute("report", one.toString()).done();
        assertEquals(0, Cli.execute("report", many.toString()).status());
    }

    @BeforeEach
    void startTheBrowser() {
        browser = Browser.start();
    }

    @AfterEach
    void closeTheBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    private void openOne() {
        browser.open(one.resolve("report.html"), 1300, 900);
    }

    private void openMany() {
        browser.open(many.resolve("report.html"), 1300, 900);
    }

    /** Pixels of a chart that have a colour, with some tolerance for what smooths edges. */
    private double pixels(String chart, String colour) {
        return browser.number("""
                (() => {
                  const canvas = document.querySelector(`#chart-${arguments[0]} canvas`);
                  const { data } = canvas.getContext("2d").getImageData(0, 40, canvas.width, canvas.height - 120);
                  const wanted = [1, 3, 5].map(at => parseInt(arguments[1].slice(at, at + 2), 16));
                  let count = 0;
                  for (let i = 0; i < data.length; i += 4) {
                    if (data[i + 3] > 128 && wanted.every((value, c) => Math.abs(data[i + c] - value) < 24)) count++;
                  }
                  return count;
                })()""", chart, colour);
    }

    @Test
    void everyChartOfARunIsDrawnWithoutAComplaintOrARequest() throws IOException {
        openOne();
        for (String id : List.of(
                "effective_rank",
                "loss",
                "stable_rank",
                "entropy_rank",
                "singular-values",
                "factors",
                "balancedness",
                "alignment")) {
            browser.chart(id);
            assertTrue(browser.number(CURVES, id) >= 1, id);
        }
        assertTrue(pixels("singular-values", "#0072B2") > 100, "the curve of σ₁");
        assertTrue(
                browser.number(
                                "gradus.charts['effective_rank'].getOption().series.filter(s => s.markArea && s.markArea.data.length).length")
                        >= 1,
                "bands");
        assertEquals(
                3,
                browser.number(
                        "gradus.charts['singular-values'].getOption().series.find(s => s.name === 'target').markLine.data.length"));
        browser.keepPicture("one");
        browser.assertQuietAndAlone();
    }

    @Test
    void nothingOfAHostileNameOrManifestIsExecuted() {
        openOne();
        assertEquals("undefined", browser.ask("typeof window.hacked"));
        assertEquals("<img src=x onerror=hacked=1>", browser.find("h1").getText());
        assertEquals(0, browser.all("img[src='x']").size());
        assertTrue(browser.find("#main").getText().contains("</script><script>window.hacked = 1</script>"));
        browser.assertQuietAndAlone();
    }

    @Test
    void aClickIntoTheLegendHidesACurveAndAnotherShowsItAgain() {
        openOne();
        WebElement canvas = browser.chart("singular-values");
        double before = pixels("singular-values", "#0072B2");
        browser.click(canvas, 12, 9);
        browser.await("gradus.charts['singular-values'].getOption().legend[0].selected['σ₁'] === false");
        assertTrue(pixels("singular-values", "#0072B2") < before / 10, "σ₁ is gone");
        browser.click(canvas, 12, 9);
        browser.await("gradus.charts['singular-values'].getOption().legend[0].selected['σ₁'] === true");
        assertTrue(
                pixels("singular-values", "#0072B2") > 0.9 * before,
                "σ₁ is back, thicker while the pointer is at its name");
    }

    @Test
    void bothAxesAreLinearOrLogarithmicAsWanted() {
        openOne();
        browser.chart("loss");
        String axes = "(o => o.xAxis[0].type + ' ' + o.yAxis[0].type)(gradus.charts.loss.getOption())";
        assertEquals("log log", browser.ask(axes));
        browser.press("loss", "log values");
        assertEquals("log value", browser.ask(axes));
        browser.press("loss", "log steps");
        assertEquals("value value", browser.ask(axes));
        assertTrue(
                browser.find("#chart-loss .canvas").getAttribute("aria-label").contains("steps linear"));
        browser.press("loss", "log values");
        browser.press("loss", "log steps");
        assertEquals("log log", browser.ask(axes));
    }

    @Test
    void aRectangleZoomsAndAButtonShowsTheWhole() {
        openOne();
        WebElement canvas = browser.chart("loss");
        String zoomed = "gradus.charts.loss.getOption().dataZoom.some(zoom => zoom.end - zoom.start < 70)";
        assertEquals(false, browser.ask(zoomed));
        browser.drag(canvas, 200, 80, 400, 200);
        browser.await(zoomed);
        browser.press("loss", "reset zoom");
        browser.await("!(" + zoomed + ")");
    }

    @Test
    void underThePointerStandStepAndValues() {
        openOne();
        WebElement canvas = browser.chart("singular-values");
        browser.hover(canvas, 300, 150);
        browser.await("document.querySelector('#chart-singular-values .canvas').innerText.includes('σ₁')");
        String text = browser.find("#chart-singular-values .canvas").getText();
        assertTrue(text.matches("(?s).*step \\d.*σ₁ \\d.*σ₃ \\d.*"), text);
    }

    @Test
    void theSliderMovesThroughTheProductsByKeys() {
        openOne();
        WebElement slider = browser.find("#products input");
        assertEquals("2\u202f000", browser.find("#products output").getText());
        String last = browser.find("#products img").getAttribute("src");
        browser.key(slider, Keys.ARROW_LEFT);
        assertEquals("200", browser.find("#products output").getText());
        assertEquals("step 200", slider.getAttribute("aria-valuetext"));
        String before = browser.find("#products img").getAttribute("src");
        assertNotEquals(last, before);
        browser.await("document.querySelector('#products img').naturalWidth === 6");
        browser.key(slider, Keys.HOME);
        assertEquals("0", browser.find("#products output").getText());
        browser.assertQuietAndAlone();
    }

    @Test
    void twoHundredRunsOpenFastInASmallFile() throws IOException {
        double size = Files.size(many.resolve("report.html"));
        openMany();
        double ready = browser.number("performance.getEntriesByName('gradus-ready')[0].startTime");
        System.out.printf("page of 200 runs: %.2f MB, ready after %.0f ms%n", size / 1e6, ready);
        assertTrue(size < 10e6, size + " bytes");
        assertTrue(ready < LONGEST_MILLISECONDS, ready + " ms");
        assertEquals(200, browser.all("#runs tbody tr").size());
        browser.keepPicture("many");
        browser.assertQuietAndAlone();
    }

    @Test
    void theHeatMapFollowsItsSelects() {
        openMany();
        browser.chart("heat");
        String cells =
                "JSON.stringify(gradus.charts.heat.getOption().series[0].data.map(cell => [...cell.value.slice(0, 2), cell.mean]))";
        String axes =
                "gradus.charts.heat.getOption().xAxis[0].data.length + '×' + gradus.charts.heat.getOption().yAxis[0].data.length";
        assertEquals("4×10", browser.ask(axes));
        Object mean = browser.ask(cells);
        browser.choose("#heat", "factors.initialization.seed", "3");
        Object held = browser.ask(cells);
        assertNotEquals(mean, held);
        browser.choose("#heat", "value", "loss");
        assertNotEquals(held, browser.ask(cells));
        browser.choose("#heat", "across", "factors.initialization.seed");
        assertEquals("5×10", browser.ask(axes));
        assertTrue(pixels("heat", "#0D0887") > 50, "the least value's colour");
        browser.assertQuietAndAlone();
    }

    @Test
    void runsAreComparedByWhatIsChosen() {
        openMany();
        browser.chart("compare");
        String names = "(o => o.xAxis[0].name + ' ' + o.yAxis[0].name)(gradus.charts.compare.getOption())";
        browser.choose("#compare", "outcome", "loss");
        browser.choose("#compare", "against", "descent.step-size");
        browser.choose("#compare", "colour", "factors.initialization.scale");
        assertEquals("step-size loss", browser.ask(names));
        assertEquals(
                200,
                browser.number("gradus.charts.compare.getOption().series.reduce((sum, s) => sum + s.data.length, 0)"));
        browser.press("compare", "log y");
        browser.assertQuietAndAlone();
    }

    @Test
    void aRowOfTheTableHidesItsCurveAndAHeadSorts() {
        openMany();
        browser.chart("loss");
        WebElement loss = browser.find("#chart-loss .canvas");
        assertTrue(loss.getAttribute("aria-label").contains(" 200 curves"), loss.getAttribute("aria-label"));
        double points = browser.number(POINTS, "loss");
        WebElement box = browser.find("#runs tbody tr:nth-child(2) input");
        browser.ask("arguments[0].scrollIntoView({block: 'center'})", box);
        browser.key(box, Keys.SPACE);
        browser.chart("loss");
        browser.await(
                "document.querySelector('#chart-loss .canvas').getAttribute('aria-label').includes(' 199 curves')");
        assertTrue(browser.number(POINTS, "loss") < points, "its points are gone");
        WebElement head = browser.all("#runs thead button").stream()
                .filter(button -> button.getText().equals("effective rank"))
                .findFirst()
                .orElseThrow();
        head.click();
        assertEquals(1, browser.all("#runs th[aria-sort=ascending]").size());
        assertEquals(
                true,
                browser.ask(
                        "[...document.querySelectorAll('#runs tbody tr')].map(row => gradus.data.runs[row.dataset.run].outcomes['effective rank'])"
                                + ".every((value, i, all) => i === 0 || value === undefined || all[i - 1] <= value)"));
    }

    @Test
    void coloursFollowTheSystemAndTheButton() throws IOException {
        String ground = "getComputedStyle(document.body).backgroundColor";
        String text = "gradus.charts.effective_rank.getOption().textStyle.color";
        openOne();
        browser.chart("effective_rank");
        assertEquals("rgb(255, 255, 255)", browser.ask(ground));
        browser.find("#theme").click();
        assertEquals("rgb(20, 23, 27)", browser.ask(ground));
        assertEquals("#e6e8eb", browser.ask(text));
        browser.keepPicture("dark");
        browser.cdp(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
        openOne();
        assertEquals("rgb(20, 23, 27)", browser.ask(ground));
        browser.find("#theme").click();
        assertEquals("rgb(255, 255, 255)", browser.ask(ground));
        browser.chart("effective_rank");
        assertEquals("#1b1f24", browser.ask(text));
    }

    @Test
    void aNarrowScreenScrollsInOneDirectionOnly() throws IOException {
        browser.open(many.resolve("report.html"), 400, 800);
        assertTrue(browser.number("document.documentElement.scrollWidth") <= 400);
        browser.chart("effective_rank");
        browser.keepPicture("narrow");
    }

    @Test
    void withoutScriptsTablesAndConfigurationAreThere() {
        browser.openWithoutScripts(one.resolve("report.html"));
        String text = browser.find("body").getText();
        assertTrue(text.contains("Charts need JavaScript"), text);
        assertTrue(text.contains("factors.depth 3"), text);
        assertTrue(text.contains("effective rank"), text);
    }
}
