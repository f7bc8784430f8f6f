package io.limitledger.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limitledger.gateway.http.GatewayExtension.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The ledger hangs, and more requests come than it will decide in a moment. */
class OverloadTest {
    private static final String LEASES = "/v1/limits/database/leases";
    private static final UUID HELD = UUID.fromString("1f0c7c1e-8a52-4b7e-8a0e-5d2f6f3f9a01");

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    private List<CompletableFuture<Reply>> letIn;

    @BeforeEach
    void stallTheLedger() {
        gateway.put("/v1/limits/database", "{\"limit\": 100}");
        gateway.post(LEASES, "{\"leaseId\": \"" + HELD + "\"}");
        gateway.ledger().stall();
        letIn = Stream.generate(() -> gateway.sendAsync("POST", LEASES, "{}"))
                .limit(GatewayExtension.MOST_UNDECIDED)
                .toList();
        await().until(() -> gateway.ledger().undecided() == GatewayExtension.MOST_UNDECIDED);
    }

    @Test
    void newRequestsAreRefusedAtOnceWithARetryTime() {
        // when
        Reply reply = gateway.post(LEASES, "{}");

        // then
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.problem()).isEqualTo("overloaded");
        assertThat(reply.header("Retry-After")).isEqualTo("1");
        assertThat(letIn).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void severalLimitsAreTurnedAwayToo() {
        // when
        Reply reply = gateway.post("/v1/leases", "{\"limits\": [\"database\", \"files\"]}");

        // then
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.problem()).isEqualTo("overloaded");
    }

    @Test
    void clientsOfPrefectAreAnsweredInTheirTerms() {
        // when
        Reply reply = gateway.send(gateway.request("/api/v2/concurrency_limits/increment-with-lease")
                        .header("Content-Type", "application/json")
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString(
                                "{\"names\": [\"database\"], \"slots\": 1, \"mode\": \"concurrency\"}"))
                        .build())
                .join();

        // then
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isEqualTo("1");
        assertThat(reply.text()).isEqualTo("{\"exception_message\":\"Service Unavailable\"}");
    }

    @Test
    void whoReleasesIsLetIn() {
        // given
        CompletableFuture<Reply> release = gateway.sendAsync("DELETE", "/v1/leases/" + HELD, null);
        await().until(() -> gateway.ledger().undecided() == GatewayExtension.MOST_UNDECIDED + 1);

        // when
        gateway.ledger().goOn();

        // then
        assertThat(release.join().status()).isEqualTo(204);
    }

    @Test
    void thoseThatGoAtOnceKeepNoOneFromAsking() throws Exception {
        // given
        gateway.ledger().goOn();
        gateway.put("/v1/limits/files", "{\"limit\": 1}");
        gateway.post("/v1/limits/files/leases", "{}");
        List<Socket> waiters = waitForBothLimits(GatewayExtension.MOST_UNDECIDED + 5);
        gateway.ledger().stall();

        // when
        for (Socket waiter : waiters) {
            waiter.close();
        }

        // then
        await().until(() -> gateway.ledger().undecided() >= 2 * waiters.size());
        CompletableFuture<Reply> put = gateway.sendAsync("PUT", "/v1/limits/other", "{\"limit\": 1}");
        await().until(() -> gateway.ledger().undecidedWork() == 1);
        CompletableFuture<Reply> renewal = gateway.sendAsync("POST", "/v1/leases/" + HELD + "/renew", "{}");
        await().until(() -> gateway.ledger().undecidedWork() == 2);
        gateway.ledger().goOn();
        assertThat(put.join().status()).isEqualTo(201);
        assertThat(renewal.join().status()).isEqualTo(200);
        assertThat(gateway.get("/v1/limits/files").json().path("waiting").asInt())
                .isZero();
    }

    private static List<Socket> waitForBothLimits(int clients) throws IOException {
        String body = "{\"limits\": [\"database\", \"files\"], \"waitSeconds\": 60}";
        List<Socket> waiters = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            Socket socket = new Socket(
                    InetAddress.getLoopbackAddress(), gateway.server().port());
            socket.getOutputStream()
                    .write(("POST /v1/leases HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length()
                                    + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            waiters.add(socket);
        }
        await().until(() ->
                gateway.get("/v1/limits/files").json().path("waiting").asInt() == clients);
        return waiters;
    }

    @Test
    void allThatWereLetInAreAnsweredAndNothingStays() {
        // given
        gateway.post(LEASES, "{}");

        // when
        gateway.ledger().goOn();

        // then
        assertThat(letIn).extracting(reply -> reply.join().status()).containsOnly(201);
        assertThat(gateway.ledger().inFlight()).isZero();
        await().until(() -> gateway.server().underWay() == 0);
        assertThat(gateway.post(LEASES, "{}").status()).isEqualTo(201);
        assertThat(gateway.get("/v1/limits/database").json().path("occupied").asInt())
                .isEqualTo(GatewayExtension.MOST_UNDECIDED + 2);
    }
}
