package io.limitledger.gateway.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept for slow clients, and for how long. */
class SlowClientsTest {
    private static final long AN_HOUR_NANOS = 3_600_000_000_000L;

    private final ScheduledExecutorScheduler scheduler = new ScheduledExecutorScheduler("slow-clients-test", true);
    private final List<String> cut = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws Exception {
        scheduler.start();
    }

    @AfterEach
    void stop() throws Exception {
        scheduler.stop();
    }

    private SlowClients.Entry add(SlowClients clients, String name) {
        return clients.add(scheduler, () -> cut.add(name));
    }

    @Test
    void cutsTheOneThatIsSlowForLongestWhenAllKeepTooMuch() {
        // given
        SlowClients clients = new SlowClients(100, AN_HOUR_NANOS);
        add(clients, "first").keep(40);
        add(clients, "second").keep(40);

        // when
        add(clients, "third").keep(40);

        // then
        assertThat(cut).containsExactly("first");
        assertThat(clients.count()).isEqualTo(2);
    }

    @Test
    void countsNothingForThoseThatAreDone() {
        // given
        SlowClients clients = new SlowClients(100, AN_HOUR_NANOS);
        SlowClients.Entry first = add(clients, "first");
        first.keep(90);
        first.end();

        // when
        add(clients, "second").keep(90);

        // then
        assertThat(cut).isEmpty();
    }

    @Test
    void cutsAClientThatTakesTooLong() {
        // given
        SlowClients clients = new SlowClients(100, 0);

        // when
        add(clients, "slow").keep(0);

        // then
        await().until(() -> cut.contains("slow"));
        assertThat(clients.count()).isZero();
    }
}
