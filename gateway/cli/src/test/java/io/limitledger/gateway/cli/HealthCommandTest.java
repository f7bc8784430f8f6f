package io.limitledger.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.gateway.http.HttpObserver;
import io.limitledger.gateway.http.server.GatewayServer;
import io.limitledger.gateway.http.server.HttpAddress;
import io.limitledger.gateway.http.service.Readiness;
import io.limitledger.gateway.http.service.ServiceRoutes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class HealthCommandTest {
    private final StringWriter output = new StringWriter();

    @Test
    void succeedsWhereAllIsReady() {
        // given
        try (GatewayServer server = serving(new Readiness.Part("ledger", true, "ready"))) {
            // when
            int exitCode = health("http://127.0.0.1:" + server.port());

            // then
            assertThat(exitCode).isZero();
        }
    }

    @Test
    void failsAndReportsWhatIsNotReady() {
        // given
        try (GatewayServer server = serving(new Readiness.Part("view", false, "waiting for the live state"))) {
            // when
            int exitCode = health("http://127.0.0.1:" + server.port());

            // then
            assertThat(exitCode).isEqualTo(1);
            assertThat(output.toString()).contains("waiting for the live state");
        }
    }

    @Test
    void failsWithoutAServer() {
        // given
        int port;
        try (GatewayServer server = serving(new Readiness.Part("ledger", true, "ready"))) {
            port = server.port();
        }

        // when
        int exitCode = health("http://127.0.0.1:" + port);

        // then
        assertThat(exitCode).isEqualTo(1);
        assertThat(output.toString()).contains("No answer from http://127.0.0.1:" + port + "/readyz");
    }

    @Test
    void takesNothingButAnHttpAddress() {
        // when
        int exitCode = health("file:///tmp");

        // then
        assertThat(exitCode).isEqualTo(2);
        assertThat(output.toString()).contains("an address such as http://127.0.0.1:8080");
    }

    private int health(String url) {
        PrintWriter writer = new PrintWriter(output);
        return new CommandLine(new HealthCommand())
                .setOut(writer)
                .setErr(writer)
                .execute("--url", url);
    }

    private static GatewayServer serving(Readiness.Part part) {
        return GatewayServer.start(
                new HttpAddress("127.0.0.1", 0),
                HttpObserver.NONE,
                List.of(new ServiceRoutes(() -> List.of(part), () -> "")));
    }
}
