package io.limitledger.core.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.ReturnSlots;
import io.limitledger.core.command.UpdateLimit;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LeaseReleased;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Queued;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.reply.Stored;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.HeapRecords;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Repeated commands have no further effect: a client that lost an answer asks again. */
class RepeatLawsTest {
    @Test
    void anImmediateRepeatChangesNothing() {
        Laws.holdWithModel(Mix.EVERYTHING.named(), log -> {
            World once = new World();
            World twice = new World();
            for (LogEntry entry : log) {
                Reply reply = once.decide(entry).reply();
                Reply first = twice.decide(entry).reply();
                Reply second = isRepeatable(entry) ? twice.decide(entry).reply() : first;
                if (!(reply instanceof Stored)) {
                    assertThat(first).as("#%d", entry.offset()).isEqualTo(reply);
                }
                if (entry.command() instanceof AcquireLease && !(reply instanceof Queued)) {
                    assertThat(second).as("#%d again", entry.offset()).isEqualTo(reply);
                }
            }
            assertThat(unnumbered(twice)).isEqualTo(unnumbered(once));
        });
    }

    @Test
    void aGrantedAcquireTakesNothingWhenRepeated() {
        Laws.holdWithModel(Mix.EVERYTHING, log -> {
            World world = new World();
            for (LogEntry entry : log) {
                if (entry.command() instanceof AcquireLease acquire
                        && world.decide(entry).reply() instanceof Granted granted) {
                    Decision again = world.decide(entry);
                    assertThat(again.reply()).as("%s again", acquire).isEqualTo(granted);
                    assertThat(again.events()).as("%s again", acquire).isEmpty();
                }
            }
        });
    }

    @Test
    void aHeldLeaseIsNotGrantedAgain() {
        Laws.holdWithModel(Mix.EVERYTHING, log -> {
            World world = new World();
            World replica = new World();
            for (LogEntry entry : log) {
                for (LimitEvent event : world.decide(entry).events()) {
                    if (event.fact() instanceof LeaseGranted granted) {
                        UUID id = granted.lease().leaseId();
                        assertThat(replica.records.lease(event.limit(), id))
                                .as("before %s", event)
                                .isNull();
                    }
                    replica.apply(event);
                }
            }
        });
    }

    @Test
    void aRepeatedReleaseFreesNothing() {
        Laws.holdWithModel(Mix.EVERYTHING, log -> {
            World world = new World();
            for (LogEntry entry : log) {
                world.decide(entry);
                if (entry.command() instanceof ReleaseLease release && release.limit() != null) {
                    Decision again = world.decide(entry);
                    assertThat(again.events())
                            .as("%s again", release)
                            .noneMatch(event -> event.fact() instanceof LeaseReleased);
                    assertThat(world.records.lease(release.limit(), release.leaseId()))
                            .isNull();
                    assertThat(world.records.waiter(release.limit(), release.leaseId()))
                            .isNull();
                }
            }
        });
    }

    /**
     * Whether a repeat has no further effect. Slots without a lease have no id, so returning them twice, or setting
     * them again after others were served, takes effect twice.
     */
    private static boolean isRepeatable(LogEntry entry) {
        return !(entry.command() instanceof ReturnSlots)
                && !(entry.command() instanceof UpdateLimit update
                        && update.change().unleasedSlots() != null);
    }

    /** The records without event numbers: a repeat may be recorded as an event, but must change nothing else. */
    private static HeapRecords unnumbered(World world) {
        return world.copy(limit -> limit.decided(limit.decidedAt(), 0, 0));
    }
}
