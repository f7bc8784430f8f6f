package io.limitledger.core.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.command.DeleteLimit;
import io.limitledger.core.event.LimitDeleted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.event.LimitLeft;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The laws of an event-sourced ledger: the log alone determines the decisions, and the events alone determine the
 * state.
 */
class LedgerLawsTest {
    @Test
    void eventsAloneRestoreTheState() {
        Laws.holdWithModel(Mix.EVERYTHING, log -> {
            World world = new World();
            World replica = new World();
            for (LogEntry entry : log) {
                world.decide(entry).events().forEach(replica::apply);
                assertThat(replica.copy()).as("after #%d", entry.offset()).isEqualTo(world.copy());
            }
        });
    }

    @Test
    void theSameLogLeadsToTheSameDecisions() {
        Laws.holdWithModel(
                Mix.EVERYTHING, log -> assertThat(World.decideAll(log)).isEqualTo(World.decideAll(log)));
    }

    @Test
    void aRestartChangesNothing() {
        Laws.holdWithModel(Mix.EVERYTHING, log -> {
            List<Decision> undisturbed = World.decideAll(log);
            World world = new World();
            List<Decision> restarted = new ArrayList<>();
            for (LogEntry entry : log) {
                restarted.add(world.decide(entry));
                world.restart();
            }
            assertThat(restarted).isEqualTo(undisturbed);
        });
    }

    @Test
    void eventsAreNumberedWithoutGapsAndDatedInOrder() {
        Laws.holdWithModel(Mix.EVERYTHING, log -> {
            Map<String, LimitEvent> last = new HashMap<>();
            World world = new World();
            for (LogEntry entry : log) {
                for (LimitEvent event : world.decide(entry).events()) {
                    LimitEvent before = last.put(event.limit(), event);
                    assertThat(event.number()).isEqualTo(before == null ? 1 : before.number() + 1);
                    assertThat(event.at()).isGreaterThanOrEqualTo(before == null ? entry.timestamp() : before.at());
                    assertThat(event.offset()).isEqualTo(entry.offset());
                    if (event.fact() instanceof LimitDeleted || event.fact() instanceof LimitLeft) {
                        last.remove(event.limit());
                    }
                }
            }
        });
    }

    /**
     * Compared by the partition's time, and without calendars, which go by the broker's clock: a limit decided alone gets the times at which it was decided among the others.
     */
    @Test
    void aLimitIsIndependentOfOtherLimits() {
        Laws.hold(Mix.EVERYTHING.named().withoutRenames(), log -> {
            World together = new World();
            Map<String, World> alone = new HashMap<>();
            for (LogEntry entry : log) {
                together.applyHeartbeatsBefore(entry.timestamp());
                long now = together.timeAt(entry.timestamp());
                LogEntry timed = entry.at(now);
                World one = alone.computeIfAbsent(String.valueOf(entry.command().limit()), name -> new World());
                assertThat(byPartitionsTime(together.decide(entry), now - entry.timestamp()))
                        .as("#%d", entry.offset())
                        .isEqualTo(byPartitionsTime(one.decide(timed), 0));
            }
        });
    }

    @Test
    void withoutClockJumpsEvenItsTimesAreIndependent() {
        Laws.holdWithModel(Mix.EVERYTHING.named().withoutRenames().withoutJumps(), log -> {
            List<Decision> together = World.decideAll(log);
            for (String limit : Mix.EVERYTHING.limits()) {
                List<LogEntry> alone = log.stream()
                        .filter(entry -> limit.equals(entry.command().limit()))
                        .toList();
                assertThat(World.decideAll(alone))
                        .isEqualTo(alone.stream()
                                .map(entry -> together.get(log.indexOf(entry)))
                                .toList());
            }
        });
    }

    /** A decision without the difference between the clocks; texts contain the broker's time, which is replaced. */
    private static List<Object> byPartitionsTime(Decision decision, long aheadMillis) {
        Reply reply = decision.reply().laterBy(aheadMillis);
        return List.of(
                decision.events().stream()
                        .map(event -> new LimitEvent(
                                event.limit(), event.number(), event.at(), event.rules(), event.offset(), event.fact()))
                        .toList(),
                reply instanceof Refused refused
                        ? List.of(
                                refused.reason(),
                                refused.message().replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]*Z", "then"),
                                refused.fields())
                        : reply,
                decision.answers().stream()
                        .map(answer -> new Decision.Answer(
                                answer.asker(), answer.reply().laterBy(aheadMillis)))
                        .toList(),
                decision.messages());
    }

    @Test
    void theStateIsEmptyWhenAllLimitsAreDeleted() {
        Laws.holdWithModel(Mix.EVERYTHING, log -> {
            World world = new World();
            log.forEach(world::decide);
            for (String limit : Mix.EVERYTHING.limits()) {
                world.decide(new LogEntry(new DeleteLimit(limit), 0, 99, null));
            }
            assertThat(world.records.isEmpty()).as("%s", world.records).isTrue();
        });
    }

    @Test
    void aLeaseIdAloneAddressesTheFirstLimitOnWhichItHoldsOrWaits() {
        Laws.holdWithModel(Mix.EVERYTHING, log -> {
            World world = new World();
            World named = new World();
            for (LogEntry entry : log) {
                named.applyHeartbeatsBefore(entry.timestamp());
                LogEntry withName = Naming.named(entry, named);
                Decision decision = world.decide(entry);
                if (withName == null) {
                    assertThat(decision.events()).as("#%d", entry.offset()).isEmpty();
                } else {
                    assertThat(decision).as("#%d", entry.offset()).isEqualTo(named.decide(withName));
                }
            }
        });
    }
}
