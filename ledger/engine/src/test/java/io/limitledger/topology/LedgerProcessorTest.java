package io.limitledger.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.Heartbeat;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.command.Tick;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.rule.RuleBook;
import io.limitledger.core.state.Definition;
import io.limitledger.truth.PartitionState;
import io.limitledger.truth.Truth;
import io.limitledger.wire.CommandJson;
import io.limitledger.wire.HeaderText;
import io.limitledger.wire.LeaseIds;
import io.limitledger.wire.LedgerKeys;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The timer of the processor, its partition, and its start on a state that is there already. */
class LedgerProcessorTest {
    private static final long START = DrivenTopology.START;

    private final DrivenProcessor processor = new DrivenProcessor(1, 0);
    private long offset;

    @Test
    void shouldSendTicksForExactlyTheLimitsThatHaveSomethingDue() throws Exception {
        // given
        decide(START, put("idle"), put("soon"), put("late"));
        decide(START, acquire("soon", 1_000), acquire("late", 2_000));

        // then
        assertThat(processor.sweep(START + 999)).isEmpty();
        assertThat(processor.sweep(START + 1_000)).containsExactly("soon");
        assertThat(processor.sweep(START + 2_000)).containsExactly("soon", "late");
    }

    @Test
    void shouldSetNoTimerWhileNothingIsDue() throws Exception {
        // when
        decide(START, put("a"));
        processor.sweep(START + 500);

        // then
        assertThat(processor.timers()).isEmpty();
    }

    @Test
    void shouldSetTheTimerForTheFirstHeartbeatAndThenForTheNext() throws Exception {
        // given
        decide(START, put("a"), acquire("a", 60_000));
        assertThat(processor.timers()).containsExactly(20L);

        // when
        processor.sweep(START + 20);
        decide(START + 20, new Heartbeat());
        processor.sweep(START + 500);

        // then
        assertThat(processor.timers()).containsExactly(520L);
    }

    @Test
    void shouldAskForACommitHalfASecondAfterTheFirstEventAtTheLatest() throws Exception {
        // given
        decide(START + 100, put("a"));

        // then
        processor.sweep(START + 499);
        assertThat(processor.takeCommit()).isFalse();
        processor.sweep(START + 500);
        assertThat(processor.takeCommit()).isTrue();
        processor.sweep(START + 1_000);
        assertThat(processor.takeCommit()).isFalse();
    }

    @Test
    void shouldAskForNoCommitBecauseOfAHeartbeat() throws Exception {
        // given
        decide(START, put("a"), acquire("a", 60_000));
        processor.sweep(START + 500);
        processor.takeCommit();

        // when
        decide(START + 501, new Heartbeat());
        processor.sweep(START + 1_000);

        // then
        assertThat(processor.takeCommit()).isFalse();
    }

    @Test
    void shouldRepeatATickThatWasLostOnlyAfterAWhile() throws Exception {
        // given
        decide(START, put("a"), acquire("a", 1_000));
        processor.sweep(START + 1_000);

        // then
        assertThat(processor.sweep(START + 1_499)).isEmpty();
        assertThat(processor.sweep(START + 1_500)).containsExactly("a");
    }

    @Test
    void shouldNotRepeatATickThatWasDecided() throws Exception {
        // given
        decide(START, put("a"), acquire("a", 1_000));
        processor.sweep(START + 1_000);

        // when
        List<LimitEvent> events = decide(START + 1_000, new Tick("a"));

        // then
        assertThat(events).hasSize(1);
        assertThat(processor.sweep(START + 10_000)).isEmpty();
    }

    @Test
    void shouldFollowARenewal() throws Exception {
        // given
        AcquireLease acquire = acquire("a", 1_000);
        decide(START, put("a"), acquire);

        // when
        decide(START + 500, new RenewLease("a", acquire.leaseId(), 1_000, null));

        // then
        assertThat(processor.sweep(START + 1_499)).isEmpty();
        assertThat(processor.sweep(START + 1_500)).containsExactly("a");
    }

    @Test
    void shouldSendNoMoreTicksAtATimeThanAreDecidedMeanwhile() throws Exception {
        // given
        for (int i = 0; i < 1_200; i++) {
            decide(START, put("limit-" + i), acquire("limit-" + i, 1_000));
        }

        // then
        assertThat(processor.sweep(START + 1_000)).hasSize(1_000).doesNotHaveDuplicates();
        assertThat(processor.sweep(START + 1_020)).hasSize(200);
        assertThat(processor.sweep(START + 1_040)).isEmpty();
    }

    @Test
    void shouldLeaveTheStateAloneInItsTimer() throws Exception {
        // given
        decide(START, put("a"), acquire("a", 1_000));
        Map<String, byte[]> before = processor.contents();

        // when
        IntStream.range(0, 100).forEach(i -> processor.sweep(START + i * 1_000L));

        // then
        assertThat(processor.contents()).containsExactlyEntriesOf(before);
    }

    @Test
    void shouldKnowWhatIsDueAfterARestart() throws Exception {
        // given
        decide(START, put("a"), acquire("a", 1_000), put("idle"), put("b"), acquire("b", 1_500));
        processor.sweep(START + 1_000);

        // when
        DrivenProcessor restarted = processor.restarted();

        // then
        assertThat(restarted.sweep(START + 999)).isEmpty();
        assertThat(restarted.sweep(START + 1_000)).containsExactly("a");
        assertThat(restarted.sweep(START + 1_500)).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void shouldDecideALimitInItsOwnPartitionOnly(int partition) {
        // given
        DrivenProcessor oneOfFour = new DrivenProcessor(4, partition);
        Record<byte[], byte[]> command =
                new Record<>("database".getBytes(UTF_8), CommandJson.write(put("database")), 0);

        // when
        var forward = oneOfFour.process(command, 0).get(0);

        // then
        int own = LeaseIds.partition("database", 4);
        assertThat(forward.childName()).hasValue(partition == own ? "events" : "rejected");
        if (partition != own) {
            assertThat(HeaderText.of(forward.record().headers(), RejectedRecord.REASON))
                    .isEqualTo("Expected commands of limit 'database' in partition " + own
                            + " of limits.commands (murmur2 of the key), but got one in partition " + partition);
        }
    }

    /** It names no limit, so that any partition will do, and any key. */
    @Test
    void shouldTakeALeaseIdAloneInAnyPartition() {
        // given
        byte[] command = CommandJson.write(new RenewLease(null, new UUID(1, 1), 1_000, null));

        // then
        assertThat(new DrivenProcessor(4, 3).process(new Record<>(null, command, 0), 0))
                .isEmpty();
        assertThat(new DrivenProcessor(4, 3).process(new Record<>(new byte[] {1}, command, 0), 0))
                .isEmpty();
    }

    @Test
    void shouldDecideNothingASecondTime() throws Exception {
        // given
        DrivenProcessor behind = compared(new Truth.Start(5, null, false));

        // then
        assertThat(behind.decide(new LogEntry(put("a"), START, 4, null))).isEmpty();
        assertThat(behind.decide(new LogEntry(put("a"), START, 5, null))).hasSize(1);
    }

    @Test
    void shouldNeitherDecideNorSendAnythingWhereItsStateIsWrong() throws Exception {
        // given
        DrivenProcessor held = compared(new Truth.Start(Long.MAX_VALUE, null, true));

        // then
        assertThat(held.decide(new LogEntry(put("a"), START, 0, null))).isEmpty();
        assertThat(held.timers()).isEmpty();
    }

    private static DrivenProcessor compared(Truth.Start start) {
        return new DrivenProcessor(1, 0, RuleBook.OURS.newest(), LedgerKeys.UNCHECKED, Map.of(), new Truth() {
            @Override
            public Start begin(int partition, PartitionState state) {
                return start;
            }

            @Override
            public void wrote(int partition, String limit, long number, String hash) {
                // Nobody asks.
            }

            @Override
            public void end(int partition) {
                // Nobody asks.
            }
        });
    }

    private List<LimitEvent> decide(long now, LimitCommand... commands) throws Exception {
        List<LimitEvent> events = List.of();
        for (LimitCommand command : commands) {
            events = processor.decide(new LogEntry(command, now, offset++, null));
        }
        return events;
    }

    private static PutLimit put(String limit) {
        return new PutLimit(limit, new Definition(1, 0, true), null, true);
    }

    private static AcquireLease acquire(String limit, long leaseMillis) {
        return new AcquireLease(limit, UUID.randomUUID(), 1, leaseMillis, 0, null, List.of());
    }
}
