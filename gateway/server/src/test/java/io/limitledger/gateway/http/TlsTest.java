package io.limitledger.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limitledger.credentials.TestAuthority;
import io.limitledger.credentials.TlsFiles;
import io.limitledger.gateway.access.Gatekeeper;
import io.limitledger.gateway.http.GatewayExtension.Reply;
import io.limitledger.gateway.tls.ServerCertificate;
import io.limitledger.holder.Gateway;
import io.limitledger.holder.Lease;
import io.limitledger.holder.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds over TLS as without: HTTP/1.1, HTTP/2, sessions, clients that go; and certificates that are replaced. */
@Timeout(60)
class TlsTest {
    private static final String HELD = "1f0c7c1e-8a52-4b7e-8a0e-5d2f6f3f9a01";
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final TestAuthority AUTHORITY = new TestAuthority("authority");
    private static final Path FOLDER = folder();
    private static final Path CA = AUTHORITY.writeTo(FOLDER.resolve("ca.pem"));
    private static final Path CERTIFICATE = FOLDER.resolve("cert.pem");
    private static final Path KEY = FOLDER.resolve("key.pem");
    private static final ServerCertificate SERVED = served();
    private static final SSLContext TRUSTING = new TlsFiles(CA, null, null).context();

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension(
            Gatekeeper.OPEN,
            SERVED,
            HttpClient.newBuilder().sslContext(TRUSTING).build());

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("tls-test");
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerCertificate served() {
        issue();
        return new ServerCertificate(new TlsFiles(null, CERTIFICATE, KEY));
    }

    private static void issue() {
        AUTHORITY.issue("ip:127.0.0.1", "dns:localhost").writeTo(CERTIFICATE, KEY);
    }

    @AfterAll
    static void removeFiles() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @BeforeEach
    void takeTheSlot() {
        gateway.put("/v1/limits/printer", "{\"limit\": 1}");
        gateway.post("/v1/limits/printer/leases", "{\"leaseId\": \"" + HELD + "\"}");
    }

    @ParameterizedTest
    @CsvSource({"HTTP_2, TLSv1.3", "HTTP_1_1, TLSv1.3", "HTTP_2, TLSv1.2", "HTTP_1_1, TLSv1.2"})
    void speaksWhatTheClientDoes(HttpClient.Version version, String protocol) throws Exception {
        // given
        SSLParameters parameters = new SSLParameters(null, new String[] {protocol});
        HttpClient client = HttpClient.newBuilder()
                .version(version)
                .sslContext(new TlsFiles(CA, null, null).context())
                .sslParameters(parameters)
                .build();

        // when
        HttpResponse<String> response =
                client.send(gateway.request("/v1/limits/printer").build(), BodyHandlers.ofString());

        // then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.version()).isEqualTo(version);
        assertThat(response.sslSession().orElseThrow().getProtocol()).isEqualTo(protocol);
    }

    @Test
    void saysSoToAClientThatSpeaksNoTls() throws Exception {
        // given
        try (Socket client =
                new Socket(InetAddress.getLoopbackAddress(), gateway.server().port())) {
            client.setSoTimeout(TIMEOUT_MILLIS);

            // when
            client.getOutputStream()
                    .write("GET /v1/limits HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            // then
            assertThat(answer)
                    .startsWith("HTTP/1.1 400 ")
                    .contains("This port speaks TLS only")
                    .contains("https://");
        }
    }

    @Test
    void leavesTheQueueWhenItsClientGoes() throws Exception {
        // given
        SSLSocket client = connect();
        send(client, "POST", "/v1/limits/printer/leases", "{\"waitSeconds\": 60}");
        awaitWaiting(1);

        // when
        client.close();

        // then
        awaitWaiting(0);
    }

    @Test
    void leavesTheQueueWhenItsClientDropsTheConnectionWithoutAnEndOfTls() throws Exception {
        // given
        Socket raw =
                new Socket(InetAddress.getLoopbackAddress(), gateway.server().port());
        SSLSocket client = (SSLSocket) TRUSTING.getSocketFactory().createSocket(raw, "localhost", raw.getPort(), true);
        send(client, "POST", "/v1/limits/printer/leases", "{\"waitSeconds\": 60}");
        awaitWaiting(1);

        // when
        raw.close();

        // then
        awaitWaiting(0);
    }

    @Test
    void leavesTheQueueWhenItsClientGivesUpAStreamOfHttp2() {
        // given
        CompletableFuture<HttpResponse<String>> waiting = HttpClient.newBuilder()
                .sslContext(TRUSTING)
                .build()
                .sendAsync(
                        gateway.request("/v1/limits/printer/leases")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"waitSeconds\": 60}"))
                                .build(),
                        BodyHandlers.ofString());
        awaitWaiting(1);

        // when
        waiting.cancel(true);

        // then
        awaitWaiting(0);
    }

    @Test
    void answersManyRequestsOfOneConnectionWhileOthersWait() {
        // given
        CompletableFuture<Reply> waiting =
                gateway.sendAsync("POST", "/v1/limits/printer/leases", "{\"waitSeconds\": 60}");
        awaitWaiting(1);

        // when
        gateway.delete("/v1/leases/" + HELD);

        // then
        assertThat(waiting.join().status()).isEqualTo(201);
        assertThat(waiting.join().response().version()).isEqualTo(HttpClient.Version.HTTP_2);
    }

    @Test
    void servesWhatWasAskedAhead() throws Exception {
        // given
        try (SSLSocket client = connect()) {
            send(client, "POST", "/v1/limits/printer/leases", "{\"waitSeconds\": 60}");
            awaitWaiting(1);

            // when
            send(client, "GET", "/v1/limits/printer", "");
            gateway.delete("/v1/leases/" + HELD);

            // then
            assertThat(receive(client)).startsWith("HTTP/1.1 201");
            assertThat(receive(client)).startsWith("HTTP/1.1 200").contains("\"leases\":1");
        }
    }

    @Test
    void carriesSessions() throws Exception {
        // given
        gateway.put("/v1/limits/paper", "{\"limit\": 1}");
        try (Limits limits = Limits.overHttp(at().caFile(CA))) {
            // when
            Lease lease = limits.acquire("paper").now();

            // then
            assertThat(lease.isHeld()).isTrue();
            await().until(() -> gateway.observed().contains("GET /v1/session acquire 201"));
        }
    }

    @Test
    void showsANewCertificateToNewConnectionsAndKeepsOldOnes() throws Exception {
        // given
        try (SSLSocket before = connect()) {
            X509Certificate first = shown(before);

            // when
            issue();

            // then
            await().untilAsserted(() -> {
                try (SSLSocket after = connect()) {
                    assertThat(shown(after)).isNotEqualTo(first);
                }
            });
            send(before, "GET", "/v1/limits/printer", "");
            assertThat(receive(before)).startsWith("HTTP/1.1 200");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-----BEGIN PRIVATE KEY-----\nbm8ga2V5\n-----END PRIVATE KEY-----\n"})
    void keepsItsCertificateWhileTheNewOneCannotBeUsed(String key) throws Exception {
        // given
        long before = SERVED.brokenReloads();

        // when
        TestAuthority.replace(KEY, key);

        // then
        await().until(() -> gateway.get("/v1/limits/printer").status() == 200
                && newConnection()
                && SERVED.brokenReloads() > before);
        issue();
        await().until(() -> newConnection());
    }

    private static boolean newConnection() throws IOException {
        try (SSLSocket client = connect()) {
            return shown(client) != null;
        }
    }

    private static X509Certificate shown(SSLSocket client) throws IOException {
        return (X509Certificate) client.getSession().getPeerCertificates()[0];
    }

    private static Gateway at() {
        return Gateway.at("https://127.0.0.1:" + gateway.server().port());
    }

    private static SSLSocket connect() throws IOException {
        SSLSocket client = (SSLSocket) TRUSTING.getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), gateway.server().port());
        client.setSoTimeout(TIMEOUT_MILLIS);
        client.startHandshake();
        return client;
    }

    private static void send(Socket client, String method, String path, String body) throws IOException {
        String request = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    /** One response, whose body is an object. */
    private static String receive(Socket client) throws IOException {
        StringBuilder response = new StringBuilder();
        while (!response.toString().contains("\r\n\r\n") || !response.toString().endsWith("}")) {
            int read = client.getInputStream().read();
            assertThat(read).as("after %s", response).isNotNegative();
            response.append((char) read);
        }
        return response.toString();
    }

    private static void awaitWaiting(int waiters) {
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        gateway.get("/v1/limits/printer").json().path("waiting").asInt() == waiters);
    }
}
