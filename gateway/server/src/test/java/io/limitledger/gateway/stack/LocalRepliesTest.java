package io.limitledger.gateway.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.client.LedgerClient;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.Tick;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Released;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.Definition;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.wire.LeaseIds;
import io.limitledger.wire.ReplyJson;
import io.limitledger.wire.ReplyRecord;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client in the ledger's process gets the reply that it would get over Kafka. */
@Timeout(60)
@Tag("broker")
class LocalRepliesTest {
    private static final AtomicInteger NAMES = new AtomicInteger();

    @TempDir
    static Path directory;

    private static EmbeddedStack stack;
    private static LedgerClient here;
    private static LedgerClient elsewhere;

    private final String limit = "limit-" + NAMES.incrementAndGet();

    @BeforeAll
    static void start() {
        stack = EmbeddedStack.start(directory);
        stack.startLedger("one");
        here = stack.startLocalClient();
        elsewhere = stack.startClient();
    }

    @AfterAll
    static void checkTheLedgerAndStop() throws Exception {
        try (EmbeddedStack closing = stack) {
            assertThat(CommittedLog.readWhenQuiet(closing).differences()).isEmpty();
        }
    }

    @Test
    void shouldAnswerTheSameHereAsElsewhere() throws Exception {
        // given
        UUID leaseId = LeaseIds.newFor(limit);
        ask(here, put(1, 0));

        // when
        Reply first = ask(here, acquire(leaseId, 0));
        int travelled = replies().size();
        Reply repeatedHere = ask(here, acquire(leaseId, 0));
        int travelledSince = replies().size() - travelled;
        Reply repeatedElsewhere = ask(elsewhere, acquire(leaseId, 0));

        // then
        assertThat(first).isInstanceOf(Granted.class).isEqualTo(repeatedHere).isEqualTo(repeatedElsewhere);
        assertThat(travelledSince).isZero();
    }

    @Test
    void shouldHandOverBetweenAskersHereAndElsewhere() throws Exception {
        // given
        List<UUID> ids = new ArrayList<>();
        List<CompletableFuture<ReplyRecord>> answers = new ArrayList<>();
        ask(here, put(1, 0));
        for (int place = 0; place < 6; place++) {
            UUID leaseId = LeaseIds.newFor(limit);
            LedgerClient asker = place % 2 == 0 ? here : elsewhere;
            ids.add(leaseId);
            answers.add(asker.send(acquire(leaseId, 20_000)));
            // The log has them in this order only if each is stored before the next is sent.
            asker.append(tick(), partition(), null).get(20, TimeUnit.SECONDS);
        }

        // then
        for (int place = 0; place < ids.size(); place++) {
            assertThat(answer(answers.get(place))).isInstanceOf(Granted.class);
            assertThat(answers.subList(place + 1, ids.size())).noneMatch(CompletableFuture::isDone);
            assertThat(ask(place % 2 == 0 ? elsewhere : here, new ReleaseLease(limit, ids.get(place))))
                    .isEqualTo(new Released(ids.get(place)));
        }
    }

    @Test
    void shouldReportAPromiseWhenItStarts() throws Exception {
        // given
        ask(here, put(1, 2));
        ask(here, spending(0));

        // when
        Granted granted = (Granted) ask(here, spending(5_000));

        // then
        long startsAt = granted.lease().startsAt();
        assertThat(startsAt).isGreaterThan(granted.lease().acquiredAt());
        assertThat(Clock.systemUTC().millis()).isGreaterThanOrEqualTo(startsAt);
        assertThat(replies()).contains(granted);
    }

    private static Reply ask(LedgerClient asker, LimitCommand command) throws Exception {
        return answer(asker.send(command));
    }

    private static Reply answer(CompletableFuture<ReplyRecord> answer) throws Exception {
        return answer.get(20, TimeUnit.SECONDS).reply();
    }

    /** Those that went over Kafka. */
    private static List<Reply> replies() throws Exception {
        List<Reply> replies = new ArrayList<>();
        try (TopicReader reader = new TopicReader(stack.clientProperties())) {
            for (ConsumerRecord<byte[], byte[]> record : reader.read(LedgerTopics.REPLIES)) {
                replies.add(ReplyJson.read(record.value()));
            }
        }
        return replies;
    }

    private PutLimit put(long slots, double decayPerSecond) {
        return new PutLimit(limit, new Definition(slots, decayPerSecond, true), null, true);
    }

    private AcquireLease acquire(UUID leaseId, long waitMillis) {
        return new AcquireLease(limit, leaseId, 1, 60_000, waitMillis, null, List.of());
    }

    private AcquireLease spending(long waitMillis) {
        return new AcquireLease(limit, LeaseIds.newFor(limit), 1, 0, waitMillis, null, List.of());
    }

    private LimitCommand tick() {
        return new Tick(limit);
    }

    private int partition() {
        return LeaseIds.partition(limit, stack.partitions().commands());
    }
}
