package io.limitledger.core.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.Tick;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.reply.Stored;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.LedgerState;
import io.limitledger.core.state.Limit;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Ticks carry nothing but time, so losing or repeating one is harmless. Precisely: with an empty queue and without
 * clock jumps, no answer depends on a tick. With a non-empty queue, a tick may bring a grant forward, and the lease
 * counts from that earlier time; but a tick decides nothing that the next command would not decide first. If a clock
 * jumps back, a tick may have been the last decision, and the time of its limit does not fall below it.
 */
class TickLawsTest {
    @Test
    void withoutWaitersNoAnswerDependsOnATick() {
        Laws.holdWithModel(Mix.EVERYTHING.named().withoutWaits().withoutJumps(), log -> {
            Random random = new Random(log.size());
            World ticked = new World();
            World unticked = new World();
            long lastAt = 0;
            for (LogEntry entry : log) {
                if (entry.command() instanceof Tick
                        || !entry.command().invalidFields().isEmpty()) {
                    continue;
                }
                long before = Math.max(lastAt, entry.timestamp() - random.nextInt(10_000));
                lastAt = entry.timestamp();
                ticked.decide(tick(entry.command(), before, entry.offset()));
                assertThat(answer(ticked.decide(entry)))
                        .as("#%d", entry.offset())
                        .isEqualTo(answer(unticked.decide(entry)));
                assertThat(held(ticked, entry)).as("after #%d", entry.offset()).isEqualTo(held(unticked, entry));
            }
        });
    }

    @Test
    void aTickDecidesNothingThatTheNextCommandWouldNotDecideFirst() {
        Laws.holdWithModel(Mix.EVERYTHING.named(), log -> {
            World ticked = new World();
            World unticked = new World();
            for (LogEntry entry : log) {
                if (!entry.command().invalidFields().isEmpty()) {
                    continue;
                }
                Decision tick = ticked.decide(tick(entry.command(), entry.timestamp(), entry.offset()));
                Decision after = ticked.decide(entry);
                Decision alone = unticked.decide(entry);
                assertThat(after.reply()).as("#%d", entry.offset()).isEqualTo(alone.reply());
                assertThat(concat(tick.events(), after.events())).isEqualTo(alone.events());
                assertThat(concat(tick.answers(), after.answers())).isEqualTo(alone.answers());
            }
        });
    }

    @Test
    void aTickBeforeAnythingIsDueChangesNothing() {
        Laws.holdWithModel(Mix.EVERYTHING.withoutJumps(), log -> {
            World ticked = new World();
            World unticked = new World();
            for (int index = 0; index < log.size(); index++) {
                LogEntry entry = log.get(index);
                ticked.decide(entry);
                unticked.decide(entry);
                long next = index + 1 < log.size() ? log.get(index + 1).timestamp() : entry.timestamp();
                long due = unticked.limits().stream()
                        .mapToLong(limit -> ticked.dueAt(limit.name()))
                        .min()
                        .orElse(LedgerState.NEVER);
                if (due <= unticked.timeAt(entry.timestamp())) {
                    // Already due: no tick can precede it.
                    continue;
                }
                for (Limit limit : unticked.limits()) {
                    assertThat(ticked.decide(tick(limit.name(), Math.min(due - 1, next)))
                                    .events())
                            .as("events of a tick before %s is due", limit)
                            .isEmpty();
                }
            }
            assertThat(ticked.copy()).isEqualTo(unticked.copy());
        });
    }

    @Test
    void aTickDecidesEverythingThatIsDue() {
        Laws.holdWithModel(Mix.EVERYTHING, log -> {
            World world = new World();
            log.forEach(world::decide);
            for (Limit limit : world.limits()) {
                long due = world.dueAt(limit.name());
                if (due != LedgerState.NEVER) {
                    long now = Math.max(due, limit.decidedAt());
                    assertThat(world.decide(tick(limit.name(), now)).events())
                            .as("events of a tick when %s is due", limit)
                            .isNotEmpty();
                    assertThat(world.dueAt(limit.name())).isGreaterThan(now);
                }
            }
        });
    }

    @Test
    void nothingIsOverdueAfterADecision() {
        Laws.holdWithModel(Mix.EVERYTHING.named(), log -> {
            World world = new World();
            for (LogEntry entry : log) {
                world.decide(entry);
                if (entry.command().invalidFields().isEmpty()) {
                    assertThat(world.dueAt(String.valueOf(entry.command().limit())))
                            .as("next due time after #%d", entry.offset())
                            .isGreaterThan(entry.timestamp());
                }
            }
        });
    }

    /** The answer without the event number of a stored limit, which is higher because of the ticks. */
    private static Object answer(Decision decision) {
        Reply reply = decision.reply();
        return reply instanceof Stored stored
                ? List.of(
                        stored.created(),
                        stored.limit().definition(),
                        stored.limit().leases())
                : reply;
    }

    /** The occupied slots at the time of a command, and the leases that hold them. */
    private static List<Object> held(World world, LogEntry entry) {
        Limit limit = world.records.limit(String.valueOf(entry.command().limit()));
        return limit == null
                ? List.of()
                : List.of(limit.bucketAt(entry.timestamp()), Set.copyOf(world.leases(limit.name())));
    }

    private static LogEntry tick(LimitCommand next, long timestamp, long offset) {
        return new LogEntry(new Tick(String.valueOf(next.limit())), timestamp, offset, null);
    }

    private static LogEntry tick(String limit, long timestamp) {
        return new LogEntry(new Tick(limit), timestamp, 99, null);
    }

    private static <T> List<T> concat(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
