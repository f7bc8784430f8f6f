package io.limitledger.core.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.command.RenameLimit;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.event.WaiterQueued;
import io.limitledger.core.reply.Queued;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Renamed;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Asker;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Waiter;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Waiters are served first come, first served, as soon as slots are free, and get one answer each. */
class QueueLawsTest {
    @Test
    void onlyTheFirstInTheQueueIsServed() {
        Laws.hold(Mix.EVERYTHING, log -> {
            World world = new World();
            World replica = new World();
            for (LogEntry entry : log) {
                for (LimitEvent event : world.decide(entry).events()) {
                    List<Waiter> queue = queue(replica, event.limit());
                    if (event.fact() instanceof LeaseGranted granted
                            && !queue.isEmpty()
                            && !isAheadOfAnEdit(granted, event)) {
                        assertThat(granted.lease().leaseId())
                                .as("%s", event)
                                .isEqualTo(queue.get(0).leaseId());
                    }
                    replica.apply(event);
                }
            }
        });
    }

    /** Whether a promised start is granted ahead of an edit, past waiters without a promise. */
    private static boolean isAheadOfAnEdit(LeaseGranted granted, LimitEvent event) {
        return granted.lease().startsAt() > event.at();
    }

    @Test
    void laterWaitersQueueBehindEarlierOnes() {
        Laws.hold(Mix.EVERYTHING, log -> {
            World world = new World();
            World replica = new World();
            for (LogEntry entry : log) {
                for (LimitEvent event : world.decide(entry).events()) {
                    if (event.fact() instanceof WaiterQueued queued) {
                        Waiter waiter = queued.waiter();
                        Waiter before = replica.records.waiter(event.limit(), waiter.leaseId());
                        assertThat(queue(replica, event.limit()))
                                .as("before %s", event)
                                .allMatch(other -> before == null
                                        ? other.place() < waiter.place()
                                        : before.place() == waiter.place());
                    }
                    replica.apply(event);
                }
            }
        });
    }

    @Test
    void noWaiterWaitsForSlotsThatAreFree() {
        Laws.hold(Mix.EVERYTHING, log -> {
            World world = new World();
            for (LogEntry entry : log) {
                boolean isDecided = entry.command().invalidFields().isEmpty();
                world.decide(entry);
                Limit limit = isDecided && entry.command().limit() != null
                        ? world.records.limit(entry.command().limit())
                        : null;
                if (limit != null && limit.waiting() > 0) {
                    Waiter head = queue(world, limit.name()).get(0);
                    long now = Math.max(entry.timestamp(), limit.decidedAt());
                    assertThat(limit.definition().active()).isTrue();
                    assertThat(limit.bucketAt(now)
                                    .fits(head.slots(), limit.definition().limit()))
                            .as("%s after #%d", head, entry.offset())
                            .isFalse();
                }
            }
        });
    }

    @Test
    void aWaiterLearnsItsPositionInTheQueue() {
        Laws.hold(Mix.EVERYTHING, log -> {
            World world = new World();
            for (LogEntry entry : log) {
                Decision decision = world.decide(entry);
                if (decision.reply() instanceof Queued queued) {
                    List<Waiter> queue = queue(world, queued.limit());
                    int ahead = queue.stream().map(Waiter::leaseId).toList().indexOf(queued.leaseId());
                    boolean isRepeat =
                            ahead < queue.size() - 1 || decision.events().isEmpty();
                    assertThat(queued.ahead())
                            .as("#%d", entry.offset())
                            .isBetween((long) ahead, isRepeat ? queue.size() - 1L : ahead);
                }
            }
        });
    }

    @Test
    void aWaiterGetsOneAnswerWhenItLeavesTheQueueAndNoneWhileItStays() {
        Laws.hold(Mix.EVERYTHING, log -> {
            World world = new World();
            for (LogEntry entry : log) {
                List<Waiter> before = waiters(world);
                Decision decision = world.decide(entry);
                List<Waiter> after = waiters(world);
                List<Asker> left = before.stream()
                        .filter(waiter -> after.stream().noneMatch(other -> isSame(waiter, other, entry)))
                        .filter(waiter -> !startsAsPromised(waiter, decision))
                        .map(Waiter::asker)
                        .filter(Objects::nonNull)
                        .toList();
                assertThat(decision.answers())
                        .as("answers to #%d", entry.offset())
                        .filteredOn(answer -> !isAboutARename(answer.reply()))
                        .extracting(Decision.Answer::asker)
                        .containsExactlyInAnyOrderElementsOf(left);
            }
        });
    }

    /** Whether the waiter starts as promised; it was answered when it began to wait. */
    private static boolean startsAsPromised(Waiter waiter, Decision decision) {
        return decision.events().stream()
                .anyMatch(event -> event.limit().equals(waiter.limit())
                        && event.fact() instanceof LeaseGranted granted
                        && granted.lease().leaseId().equals(waiter.leaseId())
                        && Objects.equals(granted.lease().startsAt(), waiter.startsAt()));
    }

    private static boolean isAboutARename(Reply reply) {
        return reply instanceof Renamed
                || (reply instanceof Refused refused && refused.reason() == Refused.Reason.LIMIT_EXISTS);
    }

    /** Whether it is the same waiter, even under the new name of a renamed limit. */
    private static boolean isSame(Waiter waiter, Waiter other, LogEntry entry) {
        return waiter.leaseId().equals(other.leaseId())
                && waiter.place() == other.place()
                && waiter.since() == other.since()
                && (waiter.limit().equals(other.limit()) || isRenamed(waiter.limit(), other.limit(), entry));
    }

    private static boolean isRenamed(String from, String to, LogEntry entry) {
        return entry.command() instanceof RenameLimit rename
                && rename.limit().equals(from)
                && rename.newName().equals(to);
    }

    private static List<Waiter> waiters(World world) {
        return world.limits().stream()
                .flatMap(limit -> world.waiters(limit.name()).stream())
                .toList();
    }

    private static List<Waiter> queue(World world, String limit) {
        return world.waiters(limit).stream()
                .sorted(Comparator.comparingLong(Waiter::place))
                .toList();
    }
}
