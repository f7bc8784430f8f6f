package io.limitledger.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.WaiterLeft;
import io.limitledger.core.event.WaiterQueued;
import io.limitledger.gateway.stack.CommittedLog;
import io.limitledger.gateway.stack.EmbeddedStack;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of a process while a hundred wait for one slot. What happened is read from the committed events. */
@Tag("faults")
@Timeout(240)
class KilledWhileWaitingTest {
    private static final String LIMIT = "database";
    private static final String LEASES = "/v1/limits/" + LIMIT + "/leases";
    private static final int WAITERS = 100;
    private static final int OTHERS = 20;
    private static final String WAIT = "{\"leaseSeconds\": 600, \"waitSeconds\": 180}";

    /** After the ten seconds in which a grant has to be confirmed. */
    private static final Duration SOON = Duration.ofSeconds(10 + 10);

    @TempDir
    private Path data;

    private EmbeddedStack stack;

    @BeforeEach
    void startTheBroker(@TempDir Path directory) {
        stack = EmbeddedStack.start(directory);
    }

    @AfterEach
    void stop() {
        stack.close();
    }

    @Test
    void whatADeadGatewayWaitedForGoesSoonToThoseBehind() throws Exception {
        try (Server ledger = Server.ledger(kafka(), data);
                Server living = Server.gateway(kafka());
                Server doomed = Server.gateway(kafka())) {
            // given
            String held = holdTheOnlySlot(living);
            waitInQueue(doomed, WAITERS / 2);
            awaitWaiting(living, WAITERS / 2);
            List<CompletableFuture<Integer>> served = holdOnce(living, OTHERS);
            awaitWaiting(living, WAITERS / 2 + OTHERS);
            waitInQueue(doomed, WAITERS / 2);
            awaitWaiting(living, WAITERS + OTHERS);

            // when
            doomed.kill();
            living.send("DELETE", "/v1/leases/" + held, "");

            // then
            assertThat(served)
                    .allSatisfy(end -> assertThat(end.get(SOON.toSeconds(), TimeUnit.SECONDS))
                            .isEqualTo(204));
            CommittedLog log = CommittedLog.readWhenQuiet(stack);
            assertThat(abandoned(log)).hasSize(WAITERS - 1);
            assertThatTheOrderWasKept(log);
        }
    }

    @Test
    void nobodyLosesItsPlaceWhenTheLedgerIsKilled() throws Exception {
        Server killed = Server.ledger(kafka(), data);
        try (killed;
                Server gateway = Server.gateway(kafka())) {
            // given
            String held = holdTheOnlySlot(gateway);
            List<CompletableFuture<Integer>> served = holdOnce(gateway, WAITERS);
            awaitWaiting(gateway, WAITERS);

            // when
            killed.kill();
            try (Server ledger = Server.ledger(kafka(), data)) {
                await().atMost(Duration.ofSeconds(60))
                        .until(() ->
                                gateway.send("DELETE", "/v1/leases/" + held, "").statusCode() == 204);

                // then
                assertThat(served)
                        .allSatisfy(
                                end -> assertThat(end.get(30, TimeUnit.SECONDS)).isEqualTo(204));
                CommittedLog log = CommittedLog.readWhenQuiet(stack);
                assertThat(abandoned(log)).isEmpty();
                assertThatTheOrderWasKept(log);
            }
        }
    }

    private String kafka() {
        return stack.clientProperties().get("bootstrap.servers").toString();
    }

    private static String holdTheOnlySlot(Server gateway) throws Exception {
        gateway.send("PUT", "/v1/limits/" + LIMIT, "{\"limit\": 1}");
        HttpResponse<String> granted = gateway.send("POST", LEASES, "{\"leaseSeconds\": 600}");
        assertThat(granted.statusCode()).isEqualTo(201);
        return Server.json(granted).path("leaseId").asText();
    }

    private static void waitInQueue(Server gateway, int clients) {
        for (int client = 0; client < clients; client++) {
            CompletableFuture<?> unused = gateway.sendAsync("POST", LEASES, WAIT);
        }
    }

    /** As many wait in line, and give back what they get; the statuses of that. */
    private static List<CompletableFuture<Integer>> holdOnce(Server gateway, int clients) {
        return Stream.generate(() -> gateway.sendAsync("POST", LEASES, WAIT)
                        .thenCompose(granted -> gateway.sendAsync(
                                "DELETE",
                                granted.headers().firstValue("Location").orElseThrow(),
                                ""))
                        .thenApply(HttpResponse::statusCode))
                .limit(clients)
                .toList();
    }

    private static void awaitWaiting(Server gateway, int waiters) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> gateway.get("/v1/limits/" + LIMIT).path("waiting").asInt() == waiters);
    }

    /** Each who waited was served in its turn, save those who were given up; and never two at once. */
    private static void assertThatTheOrderWasKept(CommittedLog log) {
        List<UUID> inOrder = new ArrayList<>(log.facts(LIMIT, WaiterQueued.class).stream()
                .map(queued -> queued.waiter().leaseId())
                .toList());
        inOrder.removeAll(abandoned(log));
        List<UUID> granted = log.facts(LIMIT, LeaseGranted.class).stream()
                .map(fact -> fact.lease().leaseId())
                .toList();
        assertThat(granted.subList(1, granted.size())).isEqualTo(inOrder);
        assertThat(log.mostHeldAtOnce(LIMIT)).isEqualTo(1);
        assertThat(log.differences()).isEmpty();
    }

    private static List<UUID> abandoned(CommittedLog log) {
        return log.facts(LIMIT, WaiterLeft.class).stream()
                .filter(left -> left.reason() == WaiterLeft.Reason.ABANDONED)
                .map(WaiterLeft::leaseId)
                .toList();
    }
}
