package io.limitledger.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.limitledger.audit.AuditedLog;
import io.limitledger.core.event.LimitDeleted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.gateway.admission.OverloadedException;
import io.limitledger.gateway.http.InMemoryEvents;
import io.limitledger.wire.LedgerKeys;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** The past is shown whole, or not at all. */
class LimitHistoryTest {
    private static final long AT = 5_000;

    private final InMemoryEvents log = new InMemoryEvents(1);

    @Test
    void shouldFindNothingOfALimitThatNeverExisted() {
        // given
        happen("other", 1);

        // then
        try (LimitHistory history = new LimitHistory(() -> log)) {
            assertThat(history.at("database", AT).join()).isEmpty();
            assertThat(history.events("database", 0, 10).join()).isEmpty();
        }
    }

    @Test
    void shouldNotReadForLongerThanItsPatience() {
        // given
        for (int i = 0; i < 2_000; i++) {
            happen("other", 1);
        }

        // then
        try (LimitHistory history = new LimitHistory(() -> log, Duration.ZERO)) {
            for (CompletableFuture<?> past : List.of(history.at("database", AT), history.events("database", 0, 10))) {
                assertThatThrownBy(past::join)
                        .cause()
                        .isInstanceOfSatisfying(OverloadedException.class, LimitHistoryTest::assertIsTooMuch);
            }
        }
    }

    @Test
    void shouldReadNoFurtherForAClientThatIsGone() {
        // given
        EndlessLog endless = new EndlessLog();
        try (LimitHistory history = new LimitHistory(() -> endless)) {
            CompletableFuture<?> past = history.events("database", 0, 10);

            // when
            past.cancel(false);

            // then
            await().until(() -> endless.isClosed.get());
        }
    }

    /** Events of another limit, without an end. */
    private static final class EndlessLog implements AuditedLog {
        private final AtomicBoolean isClosed = new AtomicBoolean();

        @Override
        public int partitions() {
            return 1;
        }

        @Override
        public Iterator<ConsumerRecord<byte[], byte[]>> commands(int partition) {
            return events(partition, 0);
        }

        @Override
        public Iterator<ConsumerRecord<byte[], byte[]>> commandsSince(int partition, long at) {
            return events(partition, 0);
        }

        @Override
        public LedgerKeys ledgerKeys() {
            return LedgerKeys.UNCHECKED;
        }

        @Override
        public long eventsBeforeState(int partition) {
            return 0;
        }

        @Override
        public Iterator<ConsumerRecord<byte[], byte[]>> state(int partition) {
            return events(partition, 0);
        }

        @Override
        public String id() {
            return "endless";
        }

        @Override
        public long eventsEnd(int partition) {
            return Long.MAX_VALUE;
        }

        @Override
        public Iterator<ConsumerRecord<byte[], byte[]>> events(int partition, long from) {
            return Stream.generate(() -> new ConsumerRecord<>("events", 0, 0, new byte[1], new byte[1]))
                    .iterator();
        }

        @Override
        public void close() {
            isClosed.set(true);
        }
    }

    private static void assertIsTooMuch(OverloadedException failure) {
        assertThat(failure).hasMessageContainingAll("after 1000 events", "limits audit replay");
    }

    @Test
    void shouldShowNoStateThatIsMadeOfBrokenEvents() {
        // given
        happen("database", 3);

        // then
        try (LimitHistory history = new LimitHistory(() -> log)) {
            assertThatThrownBy(() -> history.at("database", AT).join())
                    .hasMessageContaining("Expected the events to be whole, but MISSING");
        }
    }

    private void happen(String limit, long number) {
        log.add(0, new LimitEvent(limit, number, AT, 1, 0, new LimitDeleted()));
    }
}
