package io.limitledger.gateway.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.limitledger.gateway.http.KnownTokens;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.Keys;

/** The pages of the console, as a person uses them in a browser. */
@Tag("browser")
@Timeout(300)
class ConsoleTest {
    /** What the pages of the overview may weigh together, as they are transferred. */
    private static final long MOST_BYTES = 150_000;

    private static Browser browser;
    private ConsoleServer server;

    @BeforeAll
    static void startBrowser() {
        browser = Browser.start();
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void startServer() {
        server = ConsoleServer.start();
        browser.prefer("light");
        browser.resize(1280, 900);
    }

    @AfterEach
    void closeServer() {
        browser.driver().get("about:blank");
        server.close();
    }

    private void open(String place) {
        browser.open(server.url() + "console/" + place);
    }

    @Test
    void showsEachLimitAndWhatHappensWithinASecond() {
        // given
        server.put("database", "{\"limit\": 10}");
        server.put("licences", "{\"limit\": 2}");
        open("");
        browser.see("database");
        browser.see("0 / 2");
        browser.see("Live");

        // when
        long before = System.nanoTime();
        server.acquire("licences", "{\"slots\": 2}");
        browser.see("2 / 2");

        // then
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
        server.put("made-later", "{\"limit\": 1}");
        browser.see("made-later");
        server.send("DELETE", "v1/limits/made-later", "");
        browser.seeNot("made-later");
    }

    @Test
    void teachesHowToMakeTheFirstLimit() {
        // given
        open("");
        browser.see("The first limit");
        browser.see("limits create database --limit 2");

        // when
        browser.press("Create a limit");
        browser.fill("Name", "my database");
        browser.fill("Slots at a time", "3");
        browser.see("limits create 'my database' --limit 3");
        browser.press("Create");

        // then
        browser.see("my database");
        browser.see("3 at a time");
        assertThat(server.get("my database").path("limit").asInt()).isEqualTo(3);
    }

    @Test
    void searchesFiltersAndSorts() {
        // given
        server.put("alpha", "{\"limit\": 10}");
        server.put("beta", "{\"limit\": 10, \"active\": false}");
        server.put("gamma", "{\"limit\": 1}");
        server.acquire("gamma", "{}");
        open("");
        browser.see("gamma");

        // when
        browser.press("Inactive");
        browser.seeNot("alpha");
        browser.see("beta");
        browser.press("All");
        browser.press("In use");

        // then
        browser.until(
                "the fullest limit first",
                () -> String.valueOf(
                                browser.js("return document.querySelector('.scroll a[data-index=\"0\"]').textContent"))
                        .equals("gamma"));
        browser.type("/", "bet");
        browser.seeNot("alpha");
        assertThat(String.valueOf(browser.js("return location.hash"))).contains("q=bet");
    }

    @Test
    void showsWhoHoldsWhoWaitsAndWhy() {
        // given
        server.put("gpu", "{\"limit\": 3, \"perKey\": {\"limit\": 2}, \"order\": \"fair\"}");
        server.acquire("gpu", "{\"slots\": 2, \"key\": \"team-a\", \"holder\": {\"job\": \"train\"}}");
        server.wait("gpu", "{\"slots\": 1, \"key\": \"team-a\", \"waitSeconds\": 60, \"holder\": \"second\"}");

        // when
        open("#/limits/gpu");

        // then
        browser.see("job: train");
        browser.see("its key team-a");
        browser.see("second");
        browser.see("3 at a time; each key: 2 at a time; fair queue");
        browser.see("Granted 2 slots to job: train (key team-a) for 5 min");
        browser.see("Waits for 1 slot: second (key team-a)");
        browser.find(".chart canvas");
        assertThat(browser.count(".bar.split > span")).isEqualTo(1);

        // and when something happens
        server.acquire("gpu", "{\"slots\": 1, \"key\": \"team-b\", \"holder\": \"third\"}");
        browser.see("Granted 1 slot to third (key team-b) for 5 min");
        browser.until("two parts of the bar", () -> browser.count(".bar.split > span") == 2);
    }

    @Test
    void showsAnyInstantOfThePastAndStepsFromEventToEvent() {
        // given
        server.put("database", "{\"limit\": 1}");
        server.passTime();
        JsonNode lease = server.acquire("database", "{\"holder\": \"first\"}");
        server.passTime();
        server.release(lease.path("leaseId").asText());
        server.passTime();
        server.acquire("database", "{\"holder\": \"second\"}");
        open("#/limits/database");
        browser.see("second");

        // when
        browser.press("Earlier");
        browser.see("Back to now");
        browser.press("Earlier");
        browser.see("No one holds a slot.");
        browser.press("Earlier");

        // then
        browser.until(
                "the first holder",
                () -> String.valueOf(browser.js("return document.querySelector('tbody').innerText"))
                        .contains("first"));
        assertThat(browser.count("button[aria-label^='Release']")).isZero();
        browser.type("]");
        browser.see("No one holds a slot.");
        browser.type(Keys.ESCAPE);
        browser.seeNot("Back to now");
    }

    @Test
    void answersWhyARequestWasRefused() {
        // given
        server.put("database", "{\"limit\": 1}");
        server.acquire("database", "{\"holder\": \"first\"}");
        String refused = "7f3c1f0e-4f7c-4b7e-9a57-0a1b2c3d4e5f";
        server.acquire("database", "{\"holder\": \"late\", \"leaseId\": \"" + refused + "\"}");

        // when
        open("#/leases/" + refused + "?limit=database");

        // then
        browser.see("It was refused. Denied 1 slot to late: its slots are occupied");
    }

    @Test
    void saysWhatAChangeWillDoBeforeItIsMade() {
        // given
        server.put("database", "{\"limit\": 2}");
        server.acquire("database", "{\"slots\": 2, \"holder\": \"first\"}");
        server.wait("database", "{\"waitSeconds\": 60, \"holder\": \"second\"}");
        server.wait("database", "{\"waitSeconds\": 60, \"holder\": \"third\"}");
        open("#/limits/database");
        browser.see("third");

        // when
        browser.press("Edit");
        browser.fill("Slots at a time", "4");

        // then
        browser.see("1 holder keeps its slots");
        browser.see("2 waiters start now");
        browser.see("limits update database --limit 4");
        browser.press("Save");
        browser.see("No one waits.");
        assertThat(server.get("database").path("leases").asInt()).isEqualTo(3);
    }

    @Test
    void disablesEnablesRenamesReleasesAndDeletes() {
        // given
        server.put("database", "{\"limit\": 2}");
        server.acquire("database", "{\"holder\": \"first\"}");
        open("#/limits/database");

        // when
        browser.press("Disable");
        browser.see("Every acquire is granted and occupies nothing");
        inDialog("Disable");
        browser.find(".title .tag.strong");
        browser.press("Enable");
        inDialog("Enable");
        browser.until("it to be active", () -> browser.count(".title .tag.strong") == 0);
        browser.press("Release");
        browser.see("first loses 1 slot and is not stopped by it");
        inDialog("Release");
        browser.see("No one holds a slot.");
        browser.press("Rename");
        browser.fill("New name", "storage");
        inDialog("Rename");
        browser.until(
                "the new name",
                () -> String.valueOf(browser.js("return document.querySelector('h1').textContent"))
                        .equals("storage"));
        browser.see("2 at a time");
        browser.press("Delete");
        browser.see("Its events stay in the log");
        inDialog("Delete");

        // then
        browser.see("The first limit");
        assertThat(server.get("storage").path("status").asInt()).isEqualTo(404);
    }

    private static void inDialog(String button) {
        browser.press(button);
        browser.until("the dialog to close", () -> browser.count("dialog[open]") == 0);
    }

    @Test
    void givesAKeyOtherBoundsThanAll() {
        // given
        server.put("tokens", "{\"perKey\": {\"limit\": 2}}");
        server.acquire("tokens", "{\"key\": \"customer-1\"}");
        open("#/limits/tokens");
        browser.see("customer-1");

        // when
        browser.press("Override");
        browser.fill("Slots", "5");
        browser.see("Key customer-1 may take: 5 at a time");
        inDialog("Save");

        // then
        browser.see("1 / 5");
        browser.see("5 at a time");
    }

    @Test
    void neverOverwritesWhatAnotherPersonChangedMeanwhile() {
        // given
        server.put("database", "{\"limit\": 2}");
        open("#/limits/database");
        browser.see("2 at a time");
        browser.press("Edit");
        browser.click("dialog summary");
        browser.fill("Most waiting", "7");

        // when
        server.patch("database", "{\"limit\": 5}");
        browser.press("Save");

        // then
        browser.see("database was changed meanwhile");
        browser.see("Nothing was saved");
        assertThat(server.get("database").path("limit").asInt()).isEqualTo(5);
        browser.press("Apply my changes to it");
        inDialog("Save");
        JsonNode both = server.get("database");
        assertThat(both.path("limit").asInt()).isEqualTo(5);
        assertThat(both.path("maxWaiting").asInt()).isEqualTo(7);
    }

    @Test
    void saysSinceWhenItIsStaleAndGoesOnByItself() {
        // given
        server.put("database", "{\"limit\": 2}");
        open("");
        browser.see("0 / 2");
        browser.see("Live");

        // when
        server.stop();
        browser.see("Stale for");
        server.startAgain();

        // then
        browser.see("Live");
        server.acquire("database", "{}");
        browser.see("1 / 2");
    }

    @Test
    void showsTenThousandLimits() {
        // given
        server.stopTime();
        for (int i = 0; i < 10_000; i++) {
            server.define("limit-%05d".formatted(i), 1 + i % 50);
        }

        // when
        open("");
        browser.see("10,000");
        browser.see("limit-00000");
        browser.until("all to be read", () -> !browser.text().contains("Reading limits"));

        // then
        assertThat(browser.count(".scroll .row")).isLessThan(100);
        // The order follows within half a second.
        browser.until("the last row", () -> {
            browser.type("G");
            return browser.text().contains("limit-09999");
        });
        browser.until(
                "the last row to have the focus",
                () -> String.valueOf(browser.js("return document.activeElement.textContent"))
                        .equals("limit-09999"));
        browser.type("/", "limit-0777");
        browser.see("limit-07777");
        browser.see("10 of 10,000 limits");
        browser.type(Keys.ESCAPE, "j");
        browser.until("the first row", () -> focused().equals("limit-07770"));
        browser.type(Keys.ENTER);
        browser.see("1 at a time".replace("1", Integer.toString(1 + 7770 % 50)));
    }

    /** 60 limits change each second for five seconds. What blocks the page for 50 ms or more is a long task. */
    @Test
    void staysSmoothWhileMuchHappens() {
        // given
        for (int i = 0; i < 60; i++) {
            server.define("busy-%02d".formatted(i), 1_000);
        }
        open("");
        browser.see("busy-00");
        browser.js("window.longTasks = []; new PerformanceObserver(list => list.getEntries().forEach(one =>"
                + " window.longTasks.push(Math.round(one.duration)))).observe({ type: 'longtask', buffered: false })");

        // when
        for (int i = 0; i < 300; i++) {
            long next = System.nanoTime() + Duration.ofMillis(16).toNanos();
            server.acquire("busy-%02d".formatted(i % 60), "{\"leaseSeconds\": 60}");
            while (System.nanoTime() < next) {
                Thread.onSpinWait();
            }
        }
        browser.see("5 / 1,000");

        // then
        List<?> longTasks = (List<?>) browser.js("return window.longTasks");
        System.out.println("Long tasks while 60 limits a second changed, in ms: " + longTasks);
        // A machine that is busy with other tests takes the processor away for a while.
        assertThat(longTasks.stream()
                        .map(Number.class::cast)
                        .map(Number::intValue)
                        .filter(millis -> millis > 200))
                .isEmpty();
    }

    /** Whatever names, keys and holders say, it stays text. */
    @Test
    void showsMarkupAsText() {
        // given
        String attack = "<img src=x onerror=window.attacked=1><script>window.attacked=1</script>";
        String holder = "\"" + attack + "\"";
        // Names and keys cannot have the signs of markup, but those that end an attribute.
        String name = "\"'`${window.attacked=1}{{attacked=1}} javascript:attacked=1 onload=attacked=1";
        String key = "'`${window.attacked=1} onfocus=attacked=1 autofocus";
        String refused = "7f3c1f0e-4f7c-4b7e-9a57-0a1b2c3d4e5f";
        server.put(name, "{\"limit\": 2, \"perKey\": {\"limit\": 1}}");
        server.acquire(name, "{\"key\": \"" + key + "\", \"holder\": " + holder + "}");
        server.wait(
                name, "{\"key\": \"" + key + "\", \"waitSeconds\": 60, \"holder\": {" + holder + ": " + holder + "}}");
        server.acquire(
                name, "{\"leaseId\": \"" + refused + "\", \"key\": \"" + key + "\", \"holder\": " + holder + "}");

        // when
        open("");
        browser.see(name);
        open("#/limits/" + ConsoleServer.path(name));
        browser.see(attack);
        browser.see(attack + ": " + attack);
        browser.see(key);
        browser.press("Delete");
        browser.see("Delete " + name);
        browser.press("Cancel");
        browser.press("Override");
        browser.see("Override for key " + key);
        browser.press("Cancel");
        browser.press("Earlier");
        browser.see("Back to now");
        open("#/leases/" + refused);
        browser.see(attack);
        open("#/?q=" + ConsoleServer.path(attack));
        browser.see("No limit matches");
        open("#/limits/" + ConsoleServer.path(attack.replace("/", "")));
        browser.see("Expected none of");

        // then
        assertThat(browser.js("return window.attacked")).isNull();
        assertThat(browser.count("#app img, #app script")).isZero();
    }

    @Test
    void isUsableByKeyboardAlone() {
        // given
        server.put("alpha", "{\"limit\": 1}");
        server.put("beta", "{\"limit\": 2}");
        open("");
        browser.see("beta");

        // when
        browser.type("j");
        browser.until("the first row", () -> focused().equals("alpha"));
        browser.type("j");
        browser.until("the second row", () -> focused().equals("beta"));
        browser.type(Keys.ENTER);
        browser.see("2 at a time");
        browser.type("e");
        browser.see("Edit beta");
        browser.type(Keys.BACK_SPACE, Keys.DELETE, "6", Keys.ENTER);
        browser.see("6 at a time");
        browser.type("?");
        browser.see("Keys");
        browser.find("dialog[open]");
        browser.type(Keys.ESCAPE);
        browser.until("the help to close", () -> browser.count("dialog[open]") == 0);
        browser.type("u");

        // then
        browser.see("alpha");
        assertThat(server.get("beta").path("limit").asInt()).isEqualTo(6);
    }

    private static String focused() {
        return String.valueOf(browser.js("return document.activeElement.textContent"));
    }

    @Test
    void hasNoBarriersInLightAndDarkAndOnASmallScreen() {
        // given
        server.put(
                "gpu", "{\"limit\": 1, \"perKey\": {\"limit\": 1}, \"quotas\": [{\"slots\": 100, \"per\": \"day\"}]}");
        server.put("off", "{\"limit\": 1, \"active\": false}");
        server.put("paused", "{\"limit\": 0}");
        String held = server.acquire("gpu", "{\"key\": \"team-a\", \"holder\": \"first\"}")
                .path("leaseId")
                .asText();
        server.wait("gpu", "{\"key\": \"team-b\", \"waitSeconds\": 120, \"holder\": \"second\"}");
        server.acquire("gpu", "{\"key\": \"team-c\"}");

        for (String scheme : List.of("light", "dark")) {
            for (int width : List.of(1280, 400)) {
                // when
                browser.prefer(scheme);
                browser.resize(width, 800);
                String on = " in " + scheme + ", " + width + " px";

                // then
                open("");
                browser.see("paused");
                browser.expectNoBarriers("the overview" + on);
                expectNoSidewaysScrolling();
                open("#/limits/gpu");
                browser.see("second");
                browser.find(".chart canvas");
                browser.expectNoBarriers("a limit" + on);
                expectNoSidewaysScrolling();
                browser.press("Edit");
                browser.find("dialog[open]");
                browser.press("Add a quota");
                browser.expectNoBarriers("the form" + on);
                browser.press("Cancel");
                browser.press("Earlier");
                browser.see("Back to now");
                browser.expectNoBarriers("the past" + on);
                open("#/leases/" + held);
                browser.see("It is held");
                browser.expectNoBarriers("a lease" + on);
                expectNoSidewaysScrolling();
                open("#/health");
                browser.see("replies");
                browser.expectNoBarriers("health" + on);
                expectNoSidewaysScrolling();
            }
        }
    }

    private static void expectNoSidewaysScrolling() {
        assertThat(
                        (Boolean)
                                browser.js(
                                        "return document.documentElement.scrollWidth <= innerWidth"
                                                + " && document.querySelector('main').scrollWidth <= document.querySelector('main').clientWidth"))
                .describedAs("that nothing is wider than the screen")
                .isTrue();
    }

    @Test
    void isLightAndSoonThere() {
        // given
        for (int i = 0; i < 100; i++) {
            server.define("limit-%03d".formatted(i), 10);
        }

        // when
        browser.driver().executeCdpCommand("Network.setCacheDisabled", Map.of("cacheDisabled", true));
        open("");
        browser.see("limit-000");
        long shown = ((Number)
                        browser.js(
                                "return Math.round(performance.getEntriesByType('paint').find(one => one.name === 'first-contentful-paint').startTime)"))
                .longValue();
        long bytes = ((Number) browser.js(
                        "return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
                                + ".reduce((sum, one) => sum + one.transferSize, 0)"))
                .longValue();
        browser.driver().executeCdpCommand("Network.setCacheDisabled", Map.of("cacheDisabled", false));

        // then
        System.out.println(
                "The overview of 100 limits: " + bytes + " bytes transferred, first shown after " + shown + " ms");
        assertThat(bytes).isBetween(1L, MOST_BYTES);
        // A second, on a machine with nothing else to do.
        assertThat(shown).isLessThan(5_000);
    }

    @Test
    void asksOnlyItsOwnServerAndBreaksNoPolicy() {
        // given
        server.put("database", "{\"limit\": 1}");

        // when
        open("#/limits/database");
        browser.find(".chart canvas");

        // then
        assertThat((List<?>) browser.js(
                        "return performance.getEntriesByType('resource').map(one => one.name)"
                                + ".filter(name => !name.startsWith(arguments[0]))",
                        server.url()))
                .isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void worksBelowAPathPrefix() throws IOException {
        // given
        server.put("database", "{\"limit\": 1}");
        try (PrefixProxy proxy = PrefixProxy.before(server.port(), "/some/prefix")) {
            // when
            browser.open(proxy.url() + "/console");

            // then
            browser.see("database");
            browser.click("a[data-index='0']");
            browser.see("1 at a time");
            browser.find(".chart canvas");
        }
    }

    @Test
    void offersNoChangeWhereItIsReadOnly() {
        // given
        try (ConsoleServer readOnly = ConsoleServer.start(ConsoleMode.READ_ONLY)) {
            readOnly.put("database", "{\"limit\": 1}");
            readOnly.acquire("database", "{\"holder\": \"first\"}");

            // when
            browser.open(readOnly.url() + "console/#/limits/database");
            browser.see("first");

            // then
            browser.see("read only");
            assertThat(browser.count(".actions button, button[aria-label^='Release']"))
                    .isZero();
            browser.type("e");
            assertThat(browser.count("dialog")).isZero();
            browser.driver().get("about:blank");
        }
    }

    @Test
    void asksForATokenWhereTheGatewayWantsToKnowWhoAsks() {
        // given
        KnownTokens tokens = new KnownTokens();
        try (ConsoleServer closed = ConsoleServer.start(tokens.gatekeeper())) {
            closed.define("database", 3);
            String token = tokens.allow("viewer", "read:*");
            browser.open(closed.url() + "console/");
            browser.see("Enter a token");

            // when
            browser.type("wrong", Keys.ENTER);
            browser.see("The gateway does not accept this token");
            browser.find("input[type=password]").clear();
            browser.find("input[type=password]").sendKeys(token, Keys.ENTER);

            // then
            browser.see("database");
            browser.see("Live");
            browser.expectNoBarriers("the overview after a login");
            browser.js("sessionStorage.clear()");
            browser.driver().get("about:blank");
        }
    }
}
