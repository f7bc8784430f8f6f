package io.limitledger.gateway.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.gateway.http.GatewayExtension;
import io.limitledger.gateway.http.GatewayExtension.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the console consists of, and how it is served; no browser is needed. */
class ConsoleFilesTest {
    private static final Pattern IMPORT = Pattern.compile("(?:from|import)\\s*\"([^\"]+)\"");
    private static final int LICENCE = 4;
    private static final int HASH = 5;

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    private static Path folder() throws URISyntaxException {
        URI folder = Objects.requireNonNull(ConsoleRoutes.class.getResource(ConsoleRoutes.FOLDER))
                .toURI();
        return Path.of(folder);
    }

    @Test
    void servesEachFileOfTheFolder() throws Exception {
        // when
        List<String> files;
        try (Stream<Path> all = Files.walk(folder())) {
            Path folder = folder();
            files = all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .toList();
        }

        // then
        assertThat(files).containsAll(ConsoleRoutes.FILES);
        assertThat(files.stream().filter(file -> !ConsoleRoutes.FILES.contains(file)))
                .containsExactlyInAnyOrder("index.html", "vendor/VENDOR");
    }

    @Test
    void knowsWhereEachForeignFileComesFrom() throws Exception {
        // given
        List<String[]> rows = ConsoleRoutes.text("vendor/VENDOR")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" "))
                .toList();

        // then
        assertThat(rows.stream().map(row -> "vendor/" + row[0]))
                .containsExactlyInAnyOrderElementsOf(ConsoleRoutes.FILES.stream()
                        .filter(file -> file.startsWith("vendor/") && !file.endsWith("LICENSES"))
                        .toList());
        for (String[] row : rows) {
            assertThat(sha256(ConsoleRoutes.text("vendor/" + row[0])))
                    .describedAs(row[0])
                    .isEqualTo(row[HASH]);
            assertThat(ConsoleRoutes.text("vendor/LICENSES"))
                    .contains(row[1] + " " + row[2] + " (" + row[LICENCE] + ")");
        }
    }

    private static String sha256(String text) throws NoSuchAlgorithmException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void importsOnlyFilesThatExistByRelativeAddresses() {
        for (String file : scripts()) {
            Matcher imports = IMPORT.matcher(ConsoleRoutes.text(file));
            while (imports.find()) {
                String imported = Path.of(file)
                        .resolveSibling(imports.group(1))
                        .normalize()
                        .toString()
                        .replace('\\', '/');
                assertThat(imports.group(1)).describedAs(file).startsWith("./");
                assertThat(ConsoleRoutes.FILES).describedAs(file).contains(imported);
            }
        }
    }

    /** Whatever a limit, a key or a holder is called, it must stay text. */
    @Test
    void neverMakesMarkupOfText() {
        for (String file :
                scripts().stream().filter(file -> !file.startsWith("vendor/")).toList()) {
            assertThat(ConsoleRoutes.text(file))
                    .describedAs(file)
                    .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "\"/v1");
        }
    }

    private static List<String> scripts() {
        return ConsoleRoutes.FILES.stream().filter(file -> file.endsWith(".js")).toList();
    }

    @Test
    void leadsFromTheFolderlessAddressByARelativeOne() {
        // then
        assertThat(gateway.get("/console").status()).isEqualTo(302);
        assertThat(gateway.get("/console").header("Location")).isEqualTo("console/");
    }

    @Test
    void sendsBrowsersToTheConsoleAndOthersToTheDocs() {
        // when
        Reply browser = gateway.send(gateway.request("/")
                        .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                        .build())
                .join();

        // then
        assertThat(browser.header("Location")).isEqualTo("console/");
        assertThat(gateway.get("/").header("Location")).isEqualTo("/docs");
    }

    @Test
    void servesThePageUnderAStrictPolicy() {
        // when
        Reply page = gateway.get("/console/");

        // then
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.text())
                .doesNotContain("<style", " style=", "onclick", "src=\"/", "href=\"/", "http://", "https://");
        assertThat(page.text().replaceAll("<script type=\"module\" src=\"[^\"]+\"></script>", ""))
                .doesNotContain("<script");
        assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
        Reply again = gateway.send(gateway.request("/console/")
                        .header("If-None-Match", page.header("ETag"))
                        .build())
                .join();
        assertThat(again.status()).isEqualTo(304);
    }

    @Test
    void letsFilesBeKeptForEverAndPacksThem() {
        // given
        String page = gateway.get("/console/").text();
        Matcher script = Pattern.compile("src=\"([0-9a-f]+)/app.js\"").matcher(page);
        assertThat(script.find()).isTrue();

        // when
        Reply file = gateway.send(gateway.request("/console/" + script.group(1) + "/app.js")
                        .header("Accept-Encoding", "gzip")
                        .build())
                .join();
        Reply ofAnOlderPage = gateway.get("/console/0123456789ab/vendor/uplot.js");

        // then
        assertThat(file.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(file.header("Content-Type")).startsWith("text/javascript");
        assertThat(file.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(ofAnOlderPage.status()).isEqualTo(200);
        assertThat(ofAnOlderPage.header("Cache-Control")).isEqualTo("no-cache");
    }

    @Test
    void servesNothingElse() {
        // then
        assertThat(gateway.get("/console/0/index.html").problem()).isEqualTo("route-not-found");
        assertThat(gateway.get("/console/0/vendor/VENDOR").problem()).isEqualTo("route-not-found");
        assertThat(gateway.get("/console/0/..%2Fopenapi.yaml").status()).isIn(400, 404);
    }

    @Test
    void isNotServedWhereItIsSwitchedOff() throws IOException {
        // given
        try (ConsoleServer server = ConsoleServer.start(ConsoleMode.OFF)) {
            // when
            var page = URI.create(server.url() + "console/").toURL().openConnection();

            // then
            assertThat(page.getHeaderField(0)).contains("404");
        }
    }

    @Test
    void tellsThePageThatItMayChangeNothing() throws IOException {
        // given
        try (ConsoleServer server = ConsoleServer.start(ConsoleMode.READ_ONLY);
                var in = URI.create(server.url() + "console/").toURL().openStream()) {
            // when
            String page = new String(in.readAllBytes(), StandardCharsets.UTF_8);

            // then
            assertThat(page).contains("data-mode=\"read-only\"");
        }
    }
}
