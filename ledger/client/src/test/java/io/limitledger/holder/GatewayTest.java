package io.limitledger.holder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.limitledger.credentials.TestAuthority;
import io.limitledger.credentials.TlsFiles;
import io.limitledger.holder.Gateway.Given;
import io.limitledger.timer.VirtualTimer;
import io.limitledger.wire.LeaseIds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a gateway is reached, with a server that keeps what it was sent. */
class GatewayTest {
    private static final AcquireRequest REQUEST = AcquireRequest.of(List.of("calls"), 0);

    private final List<String> sent = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    @Test
    void shouldSendTokenAndHeadersWithEachRequestAndHandshake() throws Exception {
        // given
        Gateway gateway = Gateway.at(serve("Bearer a-token")).token("a-token").header("X-Tenant", "a");

        // when
        TransportOutcome outcome = acquire(gateway);

        // then
        assertThat(outcome).isInstanceOf(TransportOutcome.Held.class);
        assertThat(sent).containsExactly("/v1/session Bearer a-token a", "/v1/limits/calls/leases Bearer a-token a");
    }

    @Test
    void shouldSendTheTokenThatHasJustReplacedAnotherOne() throws Exception {
        // given
        Path file = Files.writeString(folder.resolve("token"), "old\n");
        Gateway gateway = Gateway.at(serve("Bearer new")).tokenFile(file);
        TestAuthority.replace(file, "new\n");

        // when
        TransportOutcome outcome = acquire(gateway);

        // then
        assertThat(outcome).isInstanceOf(TransportOutcome.Held.class);
        assertThat(sent)
                .containsExactly(
                        "/v1/session Bearer old null",
                        "/v1/limits/calls/leases Bearer old null",
                        "/v1/limits/calls/leases Bearer new null");
    }

    @Test
    void shouldSayWhatWasSentWhereItIsNotKnownWhoAsks() throws Exception {
        // given
        Path file = Files.writeString(folder.resolve("token"), "wrong\n");
        Gateway gateway = Gateway.at(serve("Bearer right")).tokenFile(file);

        // when
        TransportOutcome outcome = acquire(gateway);

        // then
        assertThat(outcome)
                .isEqualTo(new TransportOutcome.NoAccess("The gateway at " + gateway
                        + " does not know who asks: unknown token (sent was the token in " + file + ")"));
    }

    @Test
    void shouldSayHowToSendATokenWhereNoneWas() throws Exception {
        // given
        Gateway gateway = Gateway.at(serve("Bearer right"));

        // when
        TransportOutcome outcome = acquire(gateway);

        // then
        assertThat(outcome).asString().contains("set LIMITS_TOKEN_FILE to a file with a token");
    }

    @Test
    void shouldTrustTheAuthorityOfTheFileAlsoAfterItWasReplaced() throws Exception {
        // given
        TestAuthority first = new TestAuthority("first");
        TestAuthority second = new TestAuthority("second");
        Path ca = first.writeTo(folder.resolve("ca.pem"));
        Gateway gateway = Gateway.at(serveTls(second, false)).caFile(ca);
        String refused = acquireFails(gateway);
        second.writeTo(ca);

        // when
        TransportOutcome outcome = acquireInTime(gateway);

        // then
        assertThat(refused)
                .contains("its certificate is not trusted here")
                .contains("set LIMITS_CA_FILE to a PEM file");
        assertThat(outcome).isInstanceOf(TransportOutcome.Held.class);
    }

    @Test
    void shouldShowItsCertificate() throws Exception {
        // given
        TestAuthority authority = new TestAuthority("authority");
        Path ca = authority.writeTo(folder.resolve("ca.pem"));
        authority.issue("dns:worker").writeTo(folder.resolve("client.pem"), folder.resolve("client-key.pem"));
        String url = serveTls(authority, true);

        // when
        TransportOutcome outcome = acquire(Gateway.at(url)
                .caFile(ca)
                .clientCertificate(folder.resolve("client.pem"), folder.resolve("client-key.pem")));

        // then
        assertThat(outcome).isInstanceOf(TransportOutcome.Held.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LIMITS_TOKEN       | sec ret            | LIMITS_TOKEN is wrong: the token has characters that no"
                        + " token has",
                "LIMITS_TOKEN       | ''                 | LIMITS_TOKEN is empty; set it to a token, or leave it out",
                "LIMITS_TOKEN_FILE  | /nowhere           | LIMITS_TOKEN_FILE is wrong: the file /nowhere does not"
                        + " exist",
                "LIMITS_CA_FILE     | /nowhere           | LIMITS_CA_FILE is wrong: the file /nowhere does not exist",
                "LIMITS_CLIENT_CERT | /nowhere           | LIMITS_CLIENT_CERT is given alone; a certificate and its"
                        + " private key",
                "LIMITS_HEADERS     | secret             | LIMITS_HEADERS is wrong: one of its lines has no colon",
                "LIMITS_HEADERS     | Authorization: sec | LIMITS_HEADERS is wrong: 'Authorization' cannot be set",
                "LIMITS_URL         | http://u:sec@ret   | LIMITS_URL is wrong",
                "http_proxy         | http://u:sec@proxy | http_proxy is wrong: it has credentials",
                "HTTP_PROXY         | http://sec ret     | HTTP_PROXY is wrong: it must be the address of an HTTP"
                        + " proxy",
            })
    void shouldNameTheVariableThatIsWrongAndNeverShowASecret(String variable, String value, String said) {
        // given
        Map<String, String> variables = variable.equals("LIMITS_URL")
                ? Map.of(variable, "http://u:sec@re t")
                : Map.of("LIMITS_URL", "http://limits.example", variable, value);

        // when
        Throwable refused = catchThrowable(() -> from(variables));

        // then
        assertThat(refused)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(said)
                .hasMessageNotContaining("sec ret")
                .hasMessageNotContaining("sec@")
                .hasNoCause();
    }

    @Test
    void shouldRefuseTwoKindsOfCredentials() {
        assertThatThrownBy(() -> Gateway.at("http://user:pw@host").token("t"))
                .hasMessageContaining("leave one of them out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "limits.example", ".example", "a, *.example ,b"})
    void shouldUseNoProxyForHostsThatAreToBeReachedWithout(String without) {
        // when
        Gateway gateway =
                from(Map.of("LIMITS_URL", "https://limits.example", "HTTPS_PROXY", "proxy:3128", "NO_PROXY", without));

        // then
        assertThat(gateway.client().proxy()).isEmpty();
    }

    @Test
    void shouldUseTheProxyOfTheEnvironment() {
        // when
        Gateway gateway =
                from(Map.of("LIMITS_URL", "https://limits.example", "HTTPS_PROXY", "proxy:3128", "NO_PROXY", "other"));

        // then
        assertThat(gateway.client().proxy()).isPresent();
    }

    @Test
    void shouldNeverShowSecrets() {
        // when
        Gateway gateway = Gateway.at("http://host").token("secret").header("X-Password", "secret");

        // then
        assertThat(gateway).hasToString("http://host");
        assertThat(new Given("--token", "secret")).hasToString("--token");
    }

    private static Gateway from(Map<String, String> variables) {
        return Gateway.from(variable -> {
            String value = variables.get(variable);
            return value == null ? null : new Given(variable, value);
        });
    }

    /** Answers requests that have this header, and refuses others and all upgrades. */
    private String serve(String authorization) throws IOException {
        return "http://" + start(HttpServer.create(anyPort(), 0), authorization);
    }

    /** Its certificate comes from an authority, from which clients may need one too. */
    private String serveTls(TestAuthority authority, boolean needsCertificate) throws IOException {
        authority.issue("ip:127.0.0.1").writeTo(folder.resolve("server.pem"), folder.resolve("server-key.pem"));
        Path trusted = authority.writeTo(folder.resolve("trusted.pem"));
        SSLContext context =
                new TlsFiles(trusted, folder.resolve("server.pem"), folder.resolve("server-key.pem")).context();
        HttpsServer https = HttpsServer.create(anyPort(), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters ssl = context.getDefaultSSLParameters();
                ssl.setNeedClientAuth(needsCertificate);
                parameters.setSSLParameters(ssl);
            }
        });
        return "https://" + start(https, null);
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private String start(HttpServer started, String authorization) {
        server = started;
        server.createContext("/", exchange -> {
            String found = exchange.getRequestHeaders().getFirst("Authorization");
            sent.add(exchange.getRequestURI().getPath() + " " + found + " "
                    + exchange.getRequestHeaders().getFirst("X-Tenant"));
            boolean isSession = exchange.getRequestURI().getPath().endsWith("/session");
            boolean isKnown = authorization == null || authorization.equals(found);
            byte[] body = "{\"detail\": \"unknown token\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
            exchange.sendResponseHeaders(isSession ? 502 : isKnown ? 201 : 401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private static TransportOutcome acquire(Gateway gateway) throws Exception {
        HttpTransport transport = new HttpTransport(gateway, new VirtualTimer());
        return transport.acquire(REQUEST, LeaseIds.newFor("calls"), 0).get(20, TimeUnit.SECONDS);
    }

    private static String acquireFails(Gateway gateway) {
        HttpTransport transport = new HttpTransport(gateway, new VirtualTimer());
        return transport
                .acquire(REQUEST, LeaseIds.newFor("calls"), 0)
                .handle((outcome, failure) -> String.valueOf(failure))
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    /** A replaced file is looked at twice a second. */
    private static TransportOutcome acquireInTime(Gateway gateway) {
        long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            try {
                return acquire(gateway);
            } catch (Exception e) {
                assertThat(System.nanoTime()).as("time until it is trusted").isLessThan(endNanos);
            }
        }
    }
}
