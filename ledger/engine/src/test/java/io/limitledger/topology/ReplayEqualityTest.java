package io.limitledger.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.Ledger;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.law.Mix;
import io.limitledger.core.law.RandomLog;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.IndexedLedgerState;
import io.limitledger.topology.RecordingOutbox.Sent;
import io.limitledger.wire.ReplyRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The promise on which everything rests: the commands alone give the events, and the events alone give the state, whoever
 * decides, wherever the state lies, and however often the decider was restarted in between.
 */
@Tag("long")
class ReplayEqualityTest {
    /** Without renames, which take two partitions. */
    private static final Mix MIX = Mix.EVERYTHING.withoutRenames();

    private static final int COMMANDS = 60;
    private static final int SEEDS_AT_ONCE = 35;

    static LongStream firstSeeds() {
        return LongStream.range(0, 6).map(i -> i * 1_000);
    }

    @ParameterizedTest(name = "seeds from {0}")
    @MethodSource("firstSeeds")
    void shouldGiveTheSameEventsRepliesAndStateAfterEachCommand(long firstSeed) throws Exception {
        for (long seed = firstSeed; seed < firstSeed + SEEDS_AT_ONCE; seed++) {
            // given
            DrivenProcessor processor = new DrivenProcessor(1, 0);
            HeapRecords decided = new HeapRecords();
            Ledger neverRestarted = new Ledger(new IndexedLedgerState(decided));
            HeapRecords folded = new HeapRecords();
            Ledger fold = new Ledger(new IndexedLedgerState(folded));
            Random restart = new Random(seed);

            for (LogEntry entry : RandomLog.of(seed, MIX, COMMANDS)) {
                // when
                List<LimitEvent> events = processor.decide(entry);

                // then
                Decision decision = neverRestarted.decide(entry);
                events.forEach(fold::apply);
                // The partition's time is in no event; a fold takes it from the commands.
                folded.put(decided.leaseClock());
                assertThat(events).as("seed %s at %s", seed, entry).isEqualTo(decision.events());
                assertThat(processor.outbox().takeReplies())
                        .as("seed %s at %s", seed, entry)
                        .isEqualTo(replies(entry, decision));
                assertThat(processor.records())
                        .as("seed %s after %s", seed, entry)
                        .isEqualTo(folded);
                if (restart.nextInt(12) == 0) {
                    processor = restart.nextBoolean() ? processor.restarted() : processor.restartedFromJson();
                }
            }
        }
    }

    private static List<Sent> replies(LogEntry entry, Decision decision) {
        List<Sent> replies = new ArrayList<>();
        if (entry.asker() != null) {
            replies.add(new Sent(entry.asker(), record(entry, decision, decision.reply())));
        }
        decision.answers()
                .forEach(answer -> replies.add(new Sent(answer.asker(), record(entry, decision, answer.reply()))));
        return replies;
    }

    private static ReplyRecord record(LogEntry entry, Decision decision, Reply reply) {
        return new ReplyRecord(
                reply, 0, entry.offset(), entry.timestamp(), decision.events().size());
    }
}
