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

/** The shared parts of a run: time, randomness, the network, the partitions, and the processes that receive replies. */
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

    /** Receives the answers for an asker. */
    @FunctionalInterface
    interface Inbox {
        void answered(String correlationId, ReplyRecord answer);
    }

    Cluster(Random random, FaultRates faultRates, Parts parts, List<Invariant> invariants) {
        this.random = random;
        this.parts = parts;
        this.invariants = invariants;
        this.network = new Network(timer, random, faultRates);
        this.clock = new BrokerClock(timer, random, faultRates.isClockSteady());
        this.partitions = IntStream.range(0, PARTITIONS)
                .mapToObj(number -> new Partition(this, random, number))
                .toList();
    }

    /**
     * Runs a check of every invariant. A violation is also kept here, because it may be thrown inside a client's own
     * code, which would handle it like any other failure.
     */
    void check(Consumer<Invariant> check) {
        try {
            invariants.forEach(check);
        } catch (Violation found) {
            violation = violation == null ? found : violation;
            throw found;
        }
    }

    /** Throws the first violation, if there was one. */
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

    /** The pages of all limits. A limit that has arrived under another name appears under that name only. */
    Stream<Page> pages() {
        return allPages()
                .filter(page -> !page.isMoving
                        || allPages().noneMatch(other -> other != page && Objects.equals(other.limitId, page.limitId)));
    }

    /** Whether the id was granted, or waits, on more limits than its acquire named. */
    boolean isOnTooManyLimits(UUID leaseId) {
        List<Page> pages = allPages()
                .filter(page -> page.granted.containsKey(leaseId) || page.queue.containsKey(leaseId))
                .toList();
        return pages.stream().map(page -> page.limitId).distinct().count()
                > pages.stream()
                        .mapToInt(page -> 1 + page.siblingsOf(leaseId).size())
                        .max()
                        .orElse(1);
    }

    /** The pages of all names, including those that a limit is moving away from. */
    Stream<Page> allPages() {
        return partitions.stream().flatMap(partition -> partition.referee().book().pages().values().stream());
    }

    /**
     * Whether part of a move arrives late: when the move has already ended, or a later move of the same limit has
     * begun.
     */
    boolean isLate(AdoptLimit part) {
        Limit moved = part.moved().limit();
        Page page = partition(LeaseIds.partition(moved.name(), PARTITIONS))
                .referee()
                .book()
                .page(moved.name());
        return moved.id().equals(page.limitId) && (!page.isMoving || moved.number() < page.movingFrom);
    }

    /** The workers that are alive. */
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

    /**
     * Sends a reply to its asker, if the asker still lives. The reply gets its timestamp when it is appended to the
     * replies topic.
     */
    void reply(Asker asker, ReplyRecord answer) {
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

    /** Refuses a command that was appended to a partition other than its limit's. */
    void reject(LogEntry entry, int partition) {
        if (entry.asker() != null) {
            Refused refused = new Refused(Refused.Reason.UNREADABLE_COMMAND, "in the wrong partition", List.of());
            reply(entry.asker(), new ReplyRecord(refused, partition, entry.offset(), entry.timestamp(), 0));
        }
    }
}
