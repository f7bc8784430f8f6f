package io.limitledger.simulation;

import io.limitledger.core.command.AdoptLimit;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Asker;
import io.limitledger.core.state.Limit;
import io.limitledger.timer.VirtualTimer;
import io.limitledger.wire.LeaseIds;
import io.limitledger.wire.ReplyRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that is common to a run: time, chance, the network, the partitions, and those who can be told something. */
final class Cluster {
    static final int PARTITIONS = 2;

    final VirtualTimer timer = new VirtualTimer();
    final Random random;
    final Parts parts;
    final List<Invariant> invariants;
    final Network network;
    final BrokerClock clock;
    private final List<Partition> partitions;
    private final Map<String, Inbox> inboxes = new HashMap<>();
    private final List<Worker> workers = new ArrayList<>();
    private @Nullable Violation violation;

    /** Where the answers to an asker arrive. */
    @FunctionalInterface
    interface Inbox {
        void answered(String correlationId, ReplyRecord answer);
    }

    Cluster(Random random, Weather weather, Parts parts, List<Invariant> invariants) {
        this.random = random;
        this.parts = parts;
        this.invariants = invariants;
        this.network = new Network(timer, random, weather);
        this.clock = new BrokerClock(timer, random, weather.isClockSteady());
        this.partitions = IntStream.range(0, PARTITIONS)
                .mapToObj(number -> new Partition(this, random, number))
                .toList();
    }

    /**
     * Has each invariant look. What it finds is kept as well, since it may be found by an asker's own code, in which a
     * failure is only one more failure.
     */
    void look(Consumer<Invariant> at) {
        try {
            invariants.forEach(at);
        } catch (Violation found) {
            violation = violation == null ? found : violation;
            throw found;
        }
    }

    /** Throws what was found. */
    void requireNoViolation() {
        if (violation != null) {
            throw violation;
        }
    }

    Partition partition(int number) {
        return partitions.get(number);
    }

    List<Partition> partitions() {
        return partitions;
    }

    /** What is known of all limits: of one that has arrived under another name only that. */
    Stream<Page> pages() {
        return allPages()
                .filter(page -> !page.isMoving
                        || allPages().noneMatch(other -> other != page && Objects.equals(other.limitId, page.limitId)));
    }

    /** Whether the id has been granted, or waits, on more limits than it was asked for on. */
    boolean isOnTooManyLimits(UUID leaseId) {
        List<Page> pages = allPages()
                .filter(page -> page.granted.containsKey(leaseId) || page.line.containsKey(leaseId))
                .toList();
        return pages.stream().map(page -> page.limitId).distinct().count()
                > pages.stream()
                        .mapToInt(page -> 1 + page.siblingsOf(leaseId).size())
                        .max()
                        .orElse(1);
    }

    Stream<Page> allPages() {
        return partitions.stream().flatMap(partition -> partition.referee().book().pages().values().stream());
    }

    /** Whether what a limit sent of itself arrives when it stands still again, or moves for another time. */
    boolean isLate(AdoptLimit part) {
        Limit moved = part.moved().limit();
        Page page = partition(LeaseIds.partition(moved.name(), PARTITIONS))
                .referee()
                .book()
                .page(moved.name());
        return moved.id().equals(page.limitId) && (!page.isMoving || moved.number() < page.movingFrom);
    }

    /** Those who are alive. */
    List<Worker> workers() {
        return workers;
    }

    boolean wasEndedOnPurpose(UUID leaseId) {
        return partitions.stream().anyMatch(partition -> partition.referee().wasEndedOnPurpose(leaseId));
    }

    void listen(String asker, Host host, Inbox inbox) {
        inboxes.put(asker, inbox);
        host.whenDead(() -> inboxes.remove(asker));
    }

    /** Carries a reply to whoever asked, if it is still there; it gets its time when it stands among the replies. */
    void tell(Asker asker, ReplyRecord answer) {
        network.send(() -> {
            long at = parts.readAt(clock.now());
            timer.in(network.delayMillis(), () -> deliver(asker, readAt(at, answer)));
        });
    }

    private static ReplyRecord readAt(long at, ReplyRecord sent) {
        return new ReplyRecord(sent.reply(), sent.partition(), sent.offset(), at, sent.events());
    }

    private void deliver(Asker asker, ReplyRecord answer) {
        Inbox inbox = inboxes.get(asker.key());
        if (inbox != null) {
            inbox.answered(asker.correlationId(), answer);
        }
    }

    /** What stands where no command of its limit may stand. */
    void reject(LogEntry entry, int partition) {
        if (entry.asker() != null) {
            Refused refused = new Refused(Refused.Reason.UNREADABLE_COMMAND, "in the wrong partition", List.of());
            tell(entry.asker(), new ReplyRecord(refused, partition, entry.offset(), entry.timestamp(), 0));
        }
    }
}
