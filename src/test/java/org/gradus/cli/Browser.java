package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;

/** Headless Chromium of Debian's packages chromium and chromium-driver, with what a page said and asked for. */
final class Browser implements AutoCloseable {
    private static final long PATIENCE_NANOSECONDS = Duration.ofSeconds(20).toNanos();

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Fails without a browser where GRADUS_REQUIRE_TOOLS is 1; elsewhere the test is left out. */
    static Browser start() {
        Optional<Path> chromium = found("chromium");
        Optional<Path> chromedriver = found("chromedriver");
        boolean present = chromium.isPresent() && chromedriver.isPresent();
        if (!"1".equals(System.getenv("GRADUS_REQUIRE_TOOLS"))) {
            assumeTrue(present, "needs Debian's chromium and chromium-driver");
        }
        assertTrue(present, "GRADUS_REQUIRE_TOOLS=1, but there is no chromium or no chromedriver");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.orElseThrow().toString());
        options.addArguments(
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars");
        options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL", "performance", "ALL"));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.orElseThrow().toFile())
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    private static Optional<Path> found(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Opens a page in a window of this size and waits until its first charts are drawn. */
    void open(Path page, int width, int height) {
        cdp(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        driver.get(page.toUri().toString());
        await("performance.getEntriesByName('gradus-ready').length === 1");
    }

    void openWithoutScripts(Path page) {
        cdp("Emulation.setScriptExecutionDisabled", Map.of("value", true));
        driver.get(page.toUri().toString());
    }

    void cdp(String command, Map<String, Object> parameters) {
        driver.executeCdpCommand(command, parameters);
    }

    Object ask(String script, Object... arguments) {
        return driver.executeScript("return " + script, arguments);
    }

    double number(String script, Object... arguments) {
        return ((Number) ask(script, arguments)).doubleValue();
    }

    /** Waits for a condition in the page. */
    void await(String condition, Object... arguments) {
        long began = System.nanoTime();
        while (!Boolean.TRUE.equals(ask(condition, arguments))) {
            assertTrue(System.nanoTime() - began < PATIENCE_NANOSECONDS, "in vain waited for " + condition);
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** Scrolls a chart into view and waits until it is drawn. */
    WebElement chart(String id) {
        WebElement figure = find("#chart-" + id);
        driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", figure);
        await("!!gradus.charts[arguments[0]]", id);
        return figure.findElement(By.cssSelector(".canvas"));
    }

    /** Presses a button of a chart by its text. */
    void press(String chart, String text) {
        find("#chart-" + chart).findElements(By.tagName("button")).stream()
                .filter(button -> button.getText().equals(text))
                .findFirst()
                .orElseThrow()
                .click();
    }

    /** Chooses in the select that is labelled so, within a section. */
    void choose(String section, String label, String option) {
        WebElement select = all(section + " label").stream()
                .filter(each -> each.getText().startsWith(label))
                .findFirst()
                .orElseThrow()
                .findElement(By.tagName("select"));
        select.findElements(By.tagName("option")).stream()
                .filter(each -> each.getText().equals(option))
                .findFirst()
                .orElseThrow()
                .click();
    }

    /** At a place from an element's upper left corner. */
    void click(WebElement element, int x, int y) {
        at(element, x, y).click().perform();
    }

    void drag(WebElement element, int x, int y, int toX, int toY) {
        at(element, x, y)
                .clickAndHold()
                .moveByOffset((toX - x) / 2, (toY - y) / 2)
                .moveByOffset(toX - x - (toX - x) / 2, toY - y - (toY - y) / 2)
                .release()
                .perform();
    }

    void hover(WebElement element, int x, int y) {
        at(element, x, y).perform();
    }

    private Actions at(WebElement element, int x, int y) {
        int left = element.getSize().getWidth() / 2;
        int top = element.getSize().getHeight() / 2;
        return new Actions(driver).moveToElement(element, x - left, y - top);
    }

    void key(WebElement element, Keys key) {
        element.sendKeys(key);
    }

    byte[] picture() {
        return driver.getScreenshotAs(OutputType.BYTES);
    }

    /** What a folder of pictures is for: to be looked at. */
    void keepPicture(String name) throws IOException {
        String folder = System.getenv("GRADUS_SCREENSHOTS");
        if (folder != null) {
            Files.write(Path.of(folder, name + ".png"), picture());
        }
    }

    /** The page has reported nothing wrong, and asked for nothing but itself and what is in it. */
    void assertQuietAndAlone() {
        List<String> complaints = StreamSupport.stream(
                        driver.manage().logs().get("browser").spliterator(), false)
                .map(LogEntry::toString)
                .toList();
        assertEquals(List.of(), complaints);
        List<String> requests = StreamSupport.stream(
                        driver.manage().logs().get("performance").spliterator(), false)
                .map(LogEntry::getMessage)
                .filter(message -> message.contains("Network.requestWillBeSent\""))
                .filter(message -> !message.contains("\"url\":\"file:") && !message.contains("\"url\":\"data:"))
                .toList();
        assertEquals(List.of(), requests);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
