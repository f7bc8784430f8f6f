package io.limitledger.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.gateway.access.oidc.TestProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets in every place where a client can put them. None of them is found afterwards: not in answers, in the output of the server
 * and of {@code limits run}, in metrics, nor in the files of the server.
 */
@Tag("slow")
@Timeout(240)
class SecretsTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final List<String> PATHS = List.of(
            "/v1/limits",
            "/v1/limits/database",
            "/v1/limits/none",
            "/v1/limits/database/waiters",
            "/v1/leases/1f0c7c1e-8a52-4b7e-8a0e-5d2f6f3f9a01",
            "/v1/whoami",
            "/metrics",
            "/readyz",
            "/nowhere",
            "/api/v2/concurrency_limits/database",
            "/api/admin/version");

    @TempDir
    private Path data;

    @TempDir
    private Path directory;

    private final TestProvider provider = new TestProvider();
    private final List<String> secrets = new ArrayList<>();
    private final List<String> shown = new ArrayList<>();

    @AfterEach
    void stopProvider() {
        provider.close();
    }

    @Test
    void areShownNowhereByAServerThatKnowsItsCallers() throws Exception {
        // given
        String[] options = {
            "--auth",
            "oidc,proxy",
            "--oidc-issuer",
            provider.issuer(),
            "--oidc-audience",
            TestProvider.AUDIENCE,
            "--trusted-proxies",
            "10.0.0.1"
        };

        // when
        sendAllTo(options);

        // then
        assertThat(found()).isEmpty();
        assertThat(String.join("\n", shown)).contains("/problems/unauthenticated", "limits.commands");
    }

    @Test
    void areShownNowhereByAServerThatLetsEveryClientIn() throws Exception {
        // given
        String[] options = {};

        // when
        sendAllTo(options);

        // then
        assertThat(found()).isEmpty();
        assertThat(String.join("\n", shown)).contains("limits_http_requests_seconds_count");
    }

    private void sendAllTo(String... options) throws Exception {
        try (Server server = Server.start(data, options)) {
            String url = "http://127.0.0.1:" + server.port();
            server.send("PUT", "/v1/limits/database", "{\"limit\": 1}");
            for (String path : PATHS) {
                sendHeaders(url + path);
                show(send(request(url + path + "?token=" + secret() + "&access_token=" + secret())));
            }
            sendBodies(url);
            upgrade(url);
            sendWhatIsNotHttp(server.port());
            run(url);
            show(send(request(url + "/metrics")));
            server.stop();
            shown.add(server.output());
        }
        showFiles();
    }

    private void sendHeaders(String url) throws Exception {
        String user = secret();
        String password = secret();
        String pair = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        secrets.add(pair);
        String expired = provider.token(Instant.now().minusSeconds(3_600), claims -> {});
        secrets.add(expired);
        for (String credentials : List.of(
                "Bearer " + secret(),
                "Bearer ll_" + secret(),
                "Bearer a." + secret() + ".b",
                "Bearer " + expired,
                "Basic " + pair,
                "Basic " + secret(),
                secret())) {
            show(send(request(url).header("Authorization", credentials)));
        }
        show(send(request(url)
                .header("Cookie", "session=" + secret())
                .header("X-Api-Key", secret())
                .header("X-Forwarded-User", secret())
                .header("Proxy-Authorization", "Basic " + secret())));
    }

    private void sendBodies(String url) throws Exception {
        for (String body : List.of(
                "{\"limit\": 1, \"token\": \"" + secret() + "\"}",
                "{\"limit\": 1, \"" + "password\": {\"is\": \"" + secret() + "\"}}",
                "{\"limit\": 1} {\"token\": \"" + secret() + "\"}")) {
            show(send(request(url + "/v1/limits/database")
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString(body))));
            show(send(request(url + "/v1/limits/database/leases")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body))));
        }
    }

    private void upgrade(String url) {
        try {
            CLIENT.newWebSocketBuilder()
                    .header("Authorization", "Bearer " + secret())
                    .buildAsync(
                            URI.create(url.replace("http", "ws") + "/v1/session?token=" + secret()),
                            new WebSocket.Listener() {})
                    .join()
                    .abort();
        } catch (CompletionException e) {
            shown.add(e.toString());
        }
    }

    private void sendWhatIsNotHttp(int port) throws IOException {
        for (String text : List.of(
                "GET /v1/limits?token=" + secret() + " HTTP/9.9\r\nHost: a\r\n\r\n",
                "GET /v1/limits HTTP/1.1\r\nHost: a\r\nAuthorization " + secret() + "\r\n\r\n",
                "GET /v1/limits HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + secret() + "\u0000\r\n\r\n",
                "GET http://user:" + secret() + "@a:b/v1/limits HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /v1/limits/%zz?token=" + secret() + "%ff HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /v1/limits HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + secret().repeat(400) + "\r\n\r\n")) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(2_000);
                socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
                socket.shutdownOutput();
                shown.add(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    private void run(String url) throws Exception {
        String ofUrl = url.replace("//", "//user:" + secret() + "@");
        for (String to :
                List.of(ofUrl, "http://user:" + secret() + "@127.0.0.1:1", "http://user:" + secret() + "@a b")) {
            try (LimitsRun run = LimitsRun.start(directory, to, "--limit", "database", "true")) {
                run.exitCode();
                shown.add(run.out() + run.err());
            }
        }
    }

    private String secret() {
        String secret = "hidden" + Long.toString(System.nanoTime(), 36) + secrets.size();
        secrets.add(secret);
        return secret;
    }

    private static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private void show(HttpResponse<String> response) {
        shown.add(response.headers().map() + response.body());
    }

    private void showFiles() throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            files.filter(Files::isRegularFile).forEach(file -> shown.add(file + "\n" + text(file)));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a secret was found, with what is around it. */
    private List<String> found() {
        assertThat(secrets).hasSizeGreaterThan(100);
        return shown.stream()
                .flatMap(text -> secrets.stream()
                        .filter(text::contains)
                        .map(secret -> text.substring(
                                Math.max(0, text.indexOf(secret) - 200),
                                Math.min(text.length(), text.indexOf(secret) + 60))))
                .toList();
    }
}
