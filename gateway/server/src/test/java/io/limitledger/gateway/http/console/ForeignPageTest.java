package io.limitledger.gateway.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.limitledger.gateway.http.GatewayExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a page can do to a gateway on the same machine by a real browser: one of another origin, and one whose name was rebound. */
@Tag("browser")
class ForeignPageTest {
    @RegisterExtension
    static final GatewayExtension GATEWAY = new GatewayExtension();

    private static final String TRIES = """
        const [gateway, done] = arguments;
        const answered = promise => promise.then(response => response.type + ' ' + response.status, () => 'refused');
        const opened = (kind, path) => new Promise(seen => {
          const source = new kind(gateway.replace('http', kind === WebSocket ? 'ws' : 'http') + path);
          source.onopen = () => seen('open');
          source.onerror = () => seen('refused');
        });
        const json = { 'Content-Type': 'application/json' };
        Promise.all([
          answered(fetch(gateway + '/v1/limits/a', { method: 'PUT', headers: json, body: '{"limit": 1}' })),
          answered(fetch(gateway + '/v1/limits/a/leases', { method: 'POST', mode: 'no-cors', body: '{}' })),
          answered(fetch(gateway + '/api/v2/concurrency_limits/', { method: 'POST', mode: 'no-cors',
            body: '{"name": "a", "limit": 1}' })),
          answered(fetch(gateway + '/v1/limits')),
          opened(EventSource, '/v1/events'),
          opened(WebSocket, '/v1/session'),
          opened(WebSocket, '/api/events/in'),
        ]).then(done);
        """;

    private static Browser browser;
    private static HttpServer elsewhere;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.start("--host-resolver-rules=MAP rebound.example 127.0.0.1");
        elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        elsewhere.start();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
            elsewhere.stop(0);
        }
    }

    @Test
    void achievesNothingFromAnotherOrigin() {
        // given
        browser.open("http://127.0.0.1:" + elsewhere.getAddress().getPort() + "/");

        // when
        Object outcome = browser.driver().executeAsyncScript(TRIES, gateway("127.0.0.1"));

        // then
        // What a page may send without asking first is refused as well, and it may not even see the refusal.
        assertThat((List<?>) outcome).hasSize(7).allMatch("refused"::equals);
        assertThat(GATEWAY.ledger().sent()).isEmpty();
        assertThat(GATEWAY.refused()).hasSizeGreaterThanOrEqualTo(6).containsOnly("page");
    }

    @Test
    void achievesNothingByAReboundName() {
        // given
        browser.open(gateway("rebound.example") + "/docs");

        // when
        Object outcome = browser.driver().executeAsyncScript(TRIES, gateway("rebound.example"));

        // then
        assertThat((List<?>) outcome).hasSize(7).allMatch(one -> one.equals("refused") || one.equals("basic 421"));
        assertThat(GATEWAY.ledger().sent()).isEmpty();
        assertThat(GATEWAY.refused()).isNotEmpty().containsOnly("host");
    }

    private static String gateway(String name) {
        return "http://" + name + ":" + GATEWAY.server().port();
    }
}
