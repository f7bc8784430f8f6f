package io.limitledger.gateway.http.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** A real Chromium, without a window. */
final class Browser implements AutoCloseable {
    /** Of a machine that is busy with other tests as well. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final String AXE = resource("/axe/axe.min.js");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Leaves the tests out, and says how to get what they need, where Chromium or its driver is missing. */
    static Browser start(String... moreOptions) {
        Path chromium = onPath("chromium", "chromium-browser", "google-chrome");
        Path chromedriver = onPath("chromedriver");
        Assumptions.assumeTrue(
                chromium != null && chromedriver != null,
                "The tests of the console need chromium and chromedriver on the PATH (Debian: apt-get install chromium"
                        + " chromium-driver)");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(Objects.requireNonNull(chromium).toFile());
        // The sandbox needs rights that root in a container does not have; only our own pages are opened.
        options.addArguments(
                "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--window-size=1280,900");
        options.addArguments(moreOptions);
        options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL"));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(Objects.requireNonNull(chromedriver).toFile())
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    private static Path onPath(String... names) {
        return Stream.of(names)
                .flatMap(name -> Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Browser.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ChromeDriver driver() {
        return driver;
    }

    /** Opens an address anew, whatever was open. */
    void open(String url) {
        driver.get("about:blank");
        driver.get(url);
    }

    /** What the viewer's system says that they like: light or dark. */
    void prefer(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    void resize(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    Object js(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    String text() {
        return String.valueOf(js("return document.getElementById('app').innerText"));
    }

    void see(String text) {
        try {
            until("the page to show '" + text + "'", () -> text().contains(text));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("Expected the page to show '" + text + "', but it shows: " + text(), e);
        }
    }

    void seeNot(String text) {
        until("the page not to show '" + text + "'", () -> !text().contains(text));
    }

    void until(String what, Callable<Boolean> condition) {
        await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(condition);
    }

    WebElement find(String css) {
        until(
                "an element " + css,
                () -> !driver.findElements(By.cssSelector(css)).isEmpty());
        return driver.findElement(By.cssSelector(css));
    }

    int count(String css) {
        return driver.findElements(By.cssSelector(css)).size();
    }

    /** The button with this text; the dialog's, if one is open. */
    void press(String text) {
        String found = "[...(document.querySelector('dialog[open]') || document).querySelectorAll('button')]"
                + ".find(button => button.textContent.trim() === arguments[0] && !button.disabled)";
        until("a button " + text, () -> (Boolean) js("return Boolean(" + found + ")", text));
        js(found + ".click()", text);
    }

    void click(String css) {
        find(css);
        until("to click " + css, () -> {
            driver.findElement(By.cssSelector(css)).click();
            return true;
        });
    }

    /** Into the field with this label in the open dialog, instead of what is there. */
    void fill(String label, String value) {
        String field = "return [...document.querySelectorAll('dialog[open] label')]"
                + ".find(label => label.innerText.trim().startsWith(arguments[0])).querySelector('input, select')";
        until("a field " + label, () -> js(field, label) != null);
        WebElement input = (WebElement) js(field, label);
        input.sendKeys(Keys.chord(Keys.CONTROL, "a"), value);
    }

    void type(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** What the browser's console says of broken policies and scripts since it was asked last. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .filter(message -> message.contains("Content Security Policy") || message.contains("Uncaught"))
                .toList();
    }

    /** What axe finds: each rule with the elements that break it; empty if the page is accessible. */
    @SuppressWarnings("unchecked") // JSON of a script's result
    List<String> barriers() {
        if (!(Boolean) js("return Boolean(window.axe)")) {
            js(AXE);
        }
        return (List<String>) driver.executeAsyncScript(
                "const done = arguments[0]; axe.run({ resultTypes: ['violations'] }).then(found =>"
                        + " done(found.violations.map(one => one.id + ': ' + one.nodes.map(node => node.target + '"
                        + " ' + (node.any[0] ? node.any[0].message : '')).join(' | '))), failure =>"
                        + " done([String(failure)]))");
    }

    void expectNoBarriers(String what) {
        assertThat(barriers()).describedAs("what axe finds on %s", what).isEmpty();
    }

    void picture(Path file) throws IOException {
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
