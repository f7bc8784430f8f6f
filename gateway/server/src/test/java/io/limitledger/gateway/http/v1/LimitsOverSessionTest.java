package io.limitledger.gateway.http.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limitledger.gateway.http.GatewayExtension;
import io.limitledger.holder.Lease;
import io.limitledger.holder.Limits;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The Java client, whose asks all go over one session. */
@Timeout(60)
class LimitsOverSessionTest {
    private static final int THREADS = 16;
    private static final int CYCLES = 20;

    @RegisterExtension
    static final GatewayExtension gateway = new GatewayExtension();

    private Limits limits;

    @BeforeEach
    void connect() {
        gateway.put("/v1/limits/printer", "{\"limit\": 1000}");
        limits = Limits.overHttp(
                URI.create("http://127.0.0.1:" + gateway.server().port()));
    }

    @AfterEach
    void disconnect() {
        limits.close();
    }

    @Test
    void carriesTheAsksOfAllThreads() {
        // when
        List<CompletableFuture<Void>> threads = IntStream.range(0, THREADS)
                .mapToObj(i -> CompletableFuture.runAsync(this::holdAgainAndAgain, work -> new Thread(work).start()))
                .toList();
        threads.forEach(CompletableFuture::join);
        limits.close();

        // then
        await().until(() -> observed("GET /v1/session acquire 201") == THREADS * CYCLES);
        assertThat(observed("GET /v1/session release 204")).isEqualTo(THREADS * CYCLES);
        assertThat(observed("POST /v1/limits/{name}/leases 201")).isZero();
        assertThat(gateway.ledger().leases("printer", null, 1)).isEmpty();
    }

    private void holdAgainAndAgain() {
        try {
            for (int i = 0; i < CYCLES; i++) {
                limits.acquire("printer").now().close();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private long observed(String answer) {
        return gateway.observed().stream().filter(answer::equals).count();
    }

    @Test
    void reportsALostLeaseLongBeforeItsRenewal() throws Exception {
        // given
        Lease lease = limits.acquire("printer").leasedFor(Duration.ofHours(1)).now();
        CompletableFuture<String> lost = new CompletableFuture<>();
        lease.onLost(lost::complete);

        // when
        gateway.delete("/v1/leases/" + lease.id());

        // then
        assertThat(lost.get(5, TimeUnit.SECONDS)).startsWith("lease id " + lease.id() + " was released at 2");
        assertThat(lease.isHeld()).isFalse();
    }

    @Test
    void doesNotWaitForTheAnswerToARelease() throws Exception {
        // given
        Lease lease = limits.acquire("printer").now();
        gateway.ledger().stall();

        // when
        lease.close();

        // then
        assertThat(lease.isHeld()).isFalse();
        await().until(() -> gateway.ledger().undecided() == 1);
        gateway.ledger().goOn();
        assertThat(gateway.ledger().leases("printer", null, 1)).isEmpty();
    }
}
