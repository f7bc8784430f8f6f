package io.limitledger.gateway.http;

import io.limitledger.audit.AuditedLog;
import io.limitledger.client.Asking;
import io.limitledger.core.Ledger;
import io.limitledger.core.command.DeleteLimit;
import io.limitledger.core.command.Heartbeat;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.Tick;
import io.limitledger.core.event.LeaseExpired;
import io.limitledger.core.event.LeaseReleased;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Asker;
import io.limitledger.core.state.EndedLease;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.IndexedLedgerState;
import io.limitledger.core.state.KeyUse;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Waiter;
import io.limitledger.gateway.events.KeptEvent;
import io.limitledger.gateway.view.KeyInView;
import io.limitledger.gateway.view.LeaseCursor;
import io.limitledger.gateway.view.LeaseEndListener;
import io.limitledger.gateway.view.LimitsView;
import io.limitledger.wire.LeaseIds;
import io.limitledger.wire.ReplyRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The pure core behind the gateway's two doors, without Kafka: decides at once, at a time that the test sets. It is its
 * own view, which never lags unless a test hides it.
 */
public final class InMemoryLedger implements Asking, LimitsView {
    private static final long HEARTBEAT_MILLIS = 2_000;
    private static final Duration LONGER_THAN_ANYBODY_WAITS = Duration.ofHours(2);

    public static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

    private final int partitionCount;
    private List<Partition> partitions;
    private InMemoryEvents events;
    private final List<Sent> sent = new ArrayList<>();
    private final Map<String, CompletableFuture<ReplyRecord>> waiting = new HashMap<>();
    private final List<Reserved> reserved = new ArrayList<>();
    private @Nullable RuntimeException failure;
    private boolean isViewHidden;
    private boolean isStalled;
    private final List<Undecided> undecided = new ArrayList<>();
    private final List<Runnable> unsent = new ArrayList<>();
    private long now = START.toEpochMilli();
    private long offset;
    private volatile LeaseEndListener ends = LeaseEndListener.NONE;

    private record Undecided(LimitCommand command, Runnable decision) {}

    /** What starts later, and is answered then. */
    private record Reserved(Asker asker, Granted reply) {}

    /** A command that was sent. */
    public record Sent(
            LimitCommand command, int partition, @Nullable String by) {}

    private record Partition(HeapRecords records, IndexedLedgerState state, Ledger ledger) {
        static Partition empty() {
            HeapRecords records = new HeapRecords();
            IndexedLedgerState state = new IndexedLedgerState(records);
            return new Partition(records, state, new Ledger(state));
        }
    }

    public InMemoryLedger(int partitions) {
        this.partitionCount = partitions;
        this.partitions = empty(partitions);
        this.events = new InMemoryEvents(partitions);
    }

    /** All events since the beginning of the test. */
    public synchronized AuditedLog events() {
        return events;
    }

    /** From now on this is called with each event, until the ledger is cleared. It must not ask the ledger. */
    public synchronized void onEvents(Consumer<KeptEvent> listener) {
        events.onAdd(listener);
    }

    private static List<Partition> empty(int partitions) {
        return Stream.generate(Partition::empty).limit(partitions).toList();
    }

    /** Back to how it was at first; waiting requests are dropped. */
    public void clear() {
        goOn();
        advance(LONGER_THAN_ANYBODY_WAITS);
        reset();
    }

    private synchronized void reset() {
        partitions = empty(partitionCount);
        events = new InMemoryEvents(partitionCount);
        sent.clear();
        failure = null;
        isViewHidden = false;
        now = START.toEpochMilli();
    }

    public void advance(Duration time) {
        runOut(time);
        sendAnswers();
    }

    private synchronized void runOut(Duration time) {
        long from = now;
        now += time.toMillis();
        partitions.forEach(partition -> beat(partition, from));
        List.copyOf(reserved).stream()
                .filter(held -> held.reply.lease().startsAt() <= now)
                .forEach(held -> answer(held.asker, held.reply, true));
        for (Partition partition : partitions) {
            List.copyOf(partition.records.limits().keySet())
                    .forEach(limit -> decide(partition, new Tick(limit), null, null));
        }
    }

    /** The ledger is there all the time. Its heartbeats come at fixed times, however short the steps of a test are. */
    private void beat(Partition partition, long from) {
        long first = (from / HEARTBEAT_MILLIS + 1) * HEARTBEAT_MILLIS;
        for (long at = first; at <= now && partition.state.holdsLeases(); at += HEARTBEAT_MILLIS) {
            LogEntry entry = new LogEntry(new Heartbeat(), at, offset, null);
            events.add(partitions.indexOf(partition), entry);
            partition.ledger.decide(entry);
        }
    }

    /** From now on commands fail like this; null for no longer. */
    public synchronized void fail(@Nullable RuntimeException failure) {
        this.failure = failure;
    }

    /** From now on commands are taken and not decided. */
    public synchronized void stall() {
        isStalled = true;
    }

    /** Decides what has been left undecided, and from now on at once. */
    public void goOn() {
        decideUndecided();
        sendAnswers();
    }

    private synchronized void decideUndecided() {
        isStalled = false;
        undecided.forEach(left -> left.decision.run());
        undecided.clear();
    }

    public synchronized int undecided() {
        return undecided.size();
    }

    /** Without what only gives back, as the ledger's client counts. */
    public synchronized int undecidedWork() {
        return (int) undecided.stream()
                .filter(left -> !Asking.givesBack(left.command))
                .count();
    }

    /** Hides what was answered from {@link #limitOf}, like a view that lags. */
    public synchronized void hideView() {
        isViewHidden = true;
    }

    /** How many commands have had no final answer. */
    public synchronized int inFlight() {
        return waiting.size();
    }

    public synchronized List<Sent> sent() {
        return List.copyOf(sent);
    }

    public Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                synchronized (InMemoryLedger.this) {
                    return Instant.ofEpochMilli(now);
                }
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }

    @Override
    public CompletableFuture<ReplyRecord> send(LimitCommand command, int partition, @Nullable String by) {
        CompletableFuture<ReplyRecord> answer = take(command, partition, by);
        sendAnswers();
        return answer;
    }

    private synchronized CompletableFuture<ReplyRecord> take(LimitCommand command, int partition, @Nullable String by) {
        sent.add(new Sent(command, partition, by));
        if (failure != null) {
            return CompletableFuture.failedFuture(failure);
        }
        String correlationId = Long.toString(offset);
        CompletableFuture<ReplyRecord> answer = new CompletableFuture<>();
        waiting.put(correlationId, answer);
        Asker asker = new Asker("replies", partition, "test", correlationId);
        if (isStalled) {
            offset++;
            undecided.add(new Undecided(command, () -> decide(partitions.get(partition), command, asker, by)));
        } else {
            decide(partitions.get(partition), command, asker, by);
        }
        return answer;
    }

    private void decide(Partition partition, LimitCommand command, @Nullable Asker asker, @Nullable String by) {
        List<Lease> held = command instanceof DeleteLimit
                ? partition.state().leases(command.limit(), Integer.MAX_VALUE)
                : List.of();
        LogEntry entry = new LogEntry(command, now, offset++, asker, by);
        events.add(partitions.indexOf(partition), entry);
        Decision decision = partition.ledger.decide(entry);
        decision.events().forEach(this::noteEnd);
        held.forEach(lease -> ends.removed(lease.leaseId(), lease.limit()));
        boolean changed = !decision.events().isEmpty();
        decision.events().forEach(event -> events.add(partitions.indexOf(partition), event));
        decision.answers().forEach(answer -> answer(answer.asker(), answer.reply(), changed));
        if (asker != null
                && decision.reply() instanceof Granted granted
                && granted.lease().startsAt() > now) {
            reserved.add(new Reserved(asker, granted));
        } else if (asker != null && !decision.reply().isInterim()) {
            answer(asker, decision.reply(), changed);
        }
        decision.messages()
                .forEach(message ->
                        decide(partitionOf(message.command().limit()), message.command(), null, message.by()));
    }

    private void noteEnd(LimitEvent event) {
        if (event.fact() instanceof LeaseExpired expired) {
            noteEnd(event, expired.leaseId(), EndedLease.How.EXPIRED);
        } else if (event.fact() instanceof LeaseReleased released) {
            noteEnd(event, released.leaseId(), EndedLease.How.RELEASED);
        }
    }

    private void noteEnd(LimitEvent event, UUID leaseId, EndedLease.How how) {
        ends.ended(new EndedLease(leaseId, event.limit(), how, now, null));
    }

    private void answer(Asker asker, Reply reply, boolean changed) {
        reserved.removeIf(held -> held.asker.equals(asker));
        CompletableFuture<ReplyRecord> answer = waiting.remove(asker.correlationId());
        if (answer != null) {
            ReplyRecord record = new ReplyRecord(reply, asker.partition(), offset, now, changed ? 1 : 0);
            unsent.add(() -> answer.complete(record));
        }
    }

    /** Holds no lock meanwhile, as the real one: a client that gets its answer may wait for one that is sending. */
    private void sendAnswers() {
        List<Runnable> answers;
        synchronized (this) {
            answers = List.copyOf(unsent);
            unsent.clear();
        }
        answers.forEach(Runnable::run);
    }

    @Override
    public int partitions() {
        return partitionCount;
    }

    @Override
    public CompletableFuture<Void> caughtUp() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> definitionsCaughtUp() {
        return caughtUp();
    }

    @Override
    public void answered(ReplyRecord answer) {}

    @Override
    public void onLeaseEnds(LeaseEndListener listener) {
        ends = listener;
    }

    @Override
    public synchronized @Nullable Limit limit(String name) {
        return stateOf(name).limit(name);
    }

    @Override
    public synchronized @Nullable Limit limit(UUID limitId) {
        return limits("", null, Integer.MAX_VALUE).stream()
                .filter(limit -> limit.id().equals(limitId))
                .findFirst()
                .orElse(null);
    }

    @Override
    public synchronized List<Limit> limits(String prefix, @Nullable String afterName, int size) {
        return partitions.stream()
                .flatMap(partition -> partition.records.limits().values().stream())
                .filter(limit -> limit.name().startsWith(prefix))
                .filter(limit -> afterName == null || limit.name().compareTo(afterName) > 0)
                .sorted(Comparator.comparing(Limit::name))
                .limit(size)
                .toList();
    }

    @Override
    public synchronized @Nullable Lease lease(UUID leaseId) {
        return partitions.stream()
                .map(partition -> partition.state())
                .filter(state -> state.limitOf(leaseId) != null)
                .map(state -> state.lease(state.limitOf(leaseId), leaseId))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    @Override
    public synchronized List<Lease> leases(String limit, @Nullable LeaseCursor after, int size) {
        return after == null
                ? stateOf(limit).leases(limit, size)
                : stateOf(limit).leasesAfter(limit, after.expiresAt(), after.leaseId(), size);
    }

    @Override
    public synchronized List<Waiter> waiters(String limit, long afterPlace, int size) {
        return stateOf(limit).waitersAfter(limit, afterPlace, size);
    }

    @Override
    public synchronized boolean isServedInOrderOfArrival(String limit) {
        Limit known = limit(limit);
        boolean isKeyed = known != null && known.definition().isKeyed();
        return !isKeyed && stateOf(limit).waitingInGroup(limit, KeyUse.WITHOUT_KEY) == 0;
    }

    @Override
    public KeyInView key(String limit, String key) {
        return allKeys(limit).stream()
                .filter(known -> known.key().equals(key))
                .findFirst()
                .orElse(new KeyInView(key, null, 0));
    }

    @Override
    public List<KeyInView> keys(String limit, KeyInView.Order order, KeyInView.Position after, int size) {
        return allKeys(limit).stream()
                .filter(key -> after == null || key.position(order).compareTo(after) > 0)
                .sorted(Comparator.comparing(key -> key.position(order)))
                .limit(size)
                .toList();
    }

    @Override
    public long keys(String limit) {
        return allKeys(limit).size();
    }

    private synchronized List<KeyInView> allKeys(String limit) {
        Map<String, KeyInView> keys = new HashMap<>();
        stateOf(limit).keyUses(limit).forEach(use -> keys.put(use.key(), new KeyInView(use.key(), use, 0)));
        keys.remove(KeyUse.WITHOUT_KEY);
        for (Waiter waiter : stateOf(limit).waiters(limit)) {
            if (waiter.claim().key() != null) {
                keys.compute(
                        waiter.claim().key(),
                        (key, known) -> known == null
                                ? new KeyInView(key, null, 1)
                                : new KeyInView(key, known.use(), known.waiting() + 1));
            }
        }
        return List.copyOf(keys.values());
    }

    @Override
    public synchronized @Nullable String limitOf(UUID leaseId) {
        return isViewHidden
                ? null
                : partitions.stream()
                        .map(partition -> partition.state().limitOf(leaseId))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }

    @Override
    public synchronized @Nullable Lease lease(String limit, UUID leaseId) {
        return stateOf(limit).lease(limit, leaseId);
    }

    @Override
    public synchronized List<String> limitsOf(UUID leaseId) {
        return isViewHidden
                ? List.of()
                : partitions.stream()
                        .flatMap(partition -> partition.state().limitsOf(leaseId).stream())
                        .distinct()
                        .sorted()
                        .toList();
    }

    private IndexedLedgerState stateOf(String limit) {
        return partitionOf(limit).state();
    }

    private Partition partitionOf(String limit) {
        return partitions.get(LeaseIds.partition(limit, partitionCount));
    }
}
