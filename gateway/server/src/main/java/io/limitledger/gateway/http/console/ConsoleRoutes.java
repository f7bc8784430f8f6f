package io.limitledger.gateway.http.console;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.limitledger.gateway.access.Need;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.RouteGroup;
import io.limitledger.gateway.http.Routes;
import io.limitledger.gateway.http.problem.ProblemException;
import io.limitledger.gateway.http.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * {@code /console}, and {@code /} for browsers: the files of the console, from the jar. All addresses in them are relative, so that
 * a path prefix before the gateway works. Files are addressed below a version that follows from their contents, and so may be
 * kept for ever; the page that names the version is asked for each time.
 */
public final class ConsoleRoutes implements RouteGroup {
    /** All that is served; a test compares it with the folder. */
    static final List<String> FILES = List.of(
            "api.js",
            "app.js",
            "chart.js",
            "console.css",
            "definition.js",
            "edit.js",
            "format.js",
            "health.js",
            "html.js",
            "icon.svg",
            "lease.js",
            "limit.js",
            "live.js",
            "overview.js",
            "parts.js",
            "quotas.js",
            "rights.js",
            "shell.js",
            "store.js",
            "words.js",
            "vendor/LICENSES",
            "vendor/hooks.js",
            "vendor/htm.js",
            "vendor/preact.js",
            "vendor/signals-core.js",
            "vendor/signals.js",
            "vendor/uplot.css",
            "vendor/uplot.js");

    static final String FOLDER = "/console/";

    /** Only what this gateway sends, and nothing inline: what is injected into a page would not run. */
    private static final String OWN_FILES_ONLY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:;"
                    + " frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    private static final int VERSION_LENGTH = 12;

    private final ConsoleMode mode;
    private final Map<String, HttpAnswer> files = new LinkedHashMap<>();
    private final String version;
    private final HttpAnswer page;
    private final String pageTag;

    public ConsoleRoutes(ConsoleMode mode) {
        this.mode = mode;
        MessageDigest all = sha256();
        for (String file : FILES) {
            String text = text(file);
            all.update(text.getBytes(StandardCharsets.UTF_8));
            files.put(file, HttpAnswer.text(contentType(file), text).withHeader("X-Content-Type-Options", "nosniff"));
        }
        this.version = HexFormat.of().formatHex(all.digest()).substring(0, VERSION_LENGTH);
        String html = text("index.html")
                .replace("VERSION", version)
                .replace("MODE", mode.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        this.pageTag =
                '"' + HexFormat.of().formatHex(sha256().digest(html.getBytes(StandardCharsets.UTF_8)), 0, 8) + '"';
        this.page = HttpAnswer.text("text/html; charset=utf-8", html)
                .withHeader("Content-Security-Policy", OWN_FILES_ONLY)
                .withHeader("X-Content-Type-Options", "nosniff")
                .withHeader("Referrer-Policy", "no-referrer")
                .withHeader("Cache-Control", "no-cache")
                .withHeader("ETag", pageTag);
    }

    @Override
    public void addTo(Routes routes) {
        routes.get("/", Need.PUBLIC, this::home);
        if (mode != ConsoleMode.OFF) {
            routes.get("/console", Need.PUBLIC, this::page);
            // Not operations of the contract: only the page asks for them.
            routes.addForeign(HandlerType.GET, "/console/<file>", Need.PUBLIC, this::file);
            routes.addForeign(HandlerType.HEAD, "/console/<file>", Need.PUBLIC, this::file);
        }
    }

    /** Browsers get the console, all others what describes the API. */
    private CompletableFuture<HttpAnswer> home(Context request) {
        String accept = Objects.requireNonNullElse(request.header("Accept"), "");
        boolean isBrowser = mode != ConsoleMode.OFF && accept.contains("text/html");
        return new HttpAnswer(302, null, Map.of("Location", isBrowser ? "console/" : "/docs", "Vary", "Accept")).now();
    }

    private CompletableFuture<HttpAnswer> page(Context request) {
        if (!request.path().endsWith("/")) {
            // Relative addresses in the page begin at its folder.
            return new HttpAnswer(302, null, Map.of("Location", "console/")).now();
        }
        boolean isKnown = pageTag.equals(request.header("If-None-Match"));
        return (isKnown ? new HttpAnswer(304, null, page.headers()) : page).now();
    }

    private CompletableFuture<HttpAnswer> file(Context request) {
        String path = request.pathParam("file");
        String asked = path.substring(0, Math.max(0, path.indexOf('/')));
        HttpAnswer file = files.get(path.substring(asked.isEmpty() ? 0 : asked.length() + 1));
        if (file == null) {
            throw new ProblemException(ProblemType.ROUTE_NOT_FOUND, "The console has no file '" + path + "'");
        }
        // A page that was loaded before an upgrade asks for files of its own version, and gets those that there are.
        boolean isCurrent = asked.equals(version);
        return file.withHeader("Cache-Control", isCurrent ? "public, max-age=31536000, immutable" : "no-cache")
                .now();
    }

    static String text(String file) {
        String path = FOLDER + file;
        try (InputStream in = Objects.requireNonNull(ConsoleRoutes.class.getResourceAsStream(path), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String contentType(String file) {
        String extension = file.substring(file.lastIndexOf('.') + 1);
        return switch (extension) {
            case "js" -> "text/javascript; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "svg" -> "image/svg+xml";
            default -> "text/plain; charset=utf-8";
        };
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
