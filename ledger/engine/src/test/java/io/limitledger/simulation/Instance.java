package io.limitledger.simulation;

import io.limitledger.core.command.Heartbeat;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.Tick;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Asker;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.topology.SimulatedSweep;
import io.limitledger.wire.LeaseIds;
import io.limitledger.wire.ReplyRecord;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One run of a ledger on one partition. It reads from the last commit, decides, replies at once, commits periodically,
 * and proposes ticks and heartbeats by its own clock.
 */
final class Instance {
    private static final int LONGEST_DECISION_MILLIS = 3;
    private static final int COMMIT_MILLIS = 500;
    private static final int SWEEP_MILLIS = 100;
    private static final int LONGEST_OVERLAP_MILLIS = 2_000;
    private static final int LARGEST_CLOCK_OFFSET_MILLIS = 2_000;
    private static final long VERY_WRONG_CLOCK_OFFSET_MILLIS = 3_600_000;

    private final Cluster cluster;
    private final Partition partition;
    private final int number;
    private final HeapRecords records;
    private final Decider decider;
    private final Producer producer;
    private final SimulatedSweep due = new SimulatedSweep();
    private final Host host;
    private final long clockAheadMillis;
    private int position;
    private boolean isRunning;
    private boolean isDeciding;

    Instance(Cluster cluster, Partition partition, int number, HeapRecords records, Decider decider, int position) {
        Random random = cluster.random;
        this.cluster = cluster;
        this.partition = partition;
        this.number = number;
        this.records = records;
        this.decider = decider;
        this.position = position;
        this.clockAheadMillis = random.nextInt(10) == 0
                ? VERY_WRONG_CLOCK_OFFSET_MILLIS
                : random.nextInt(2 * LARGEST_CLOCK_OFFSET_MILLIS) - (long) LARGEST_CLOCK_OFFSET_MILLIS;
        this.host = new Host(cluster.timer, 0);
        this.producer = new Producer(cluster, host, random, true);
    }

    void startLater(long millis) {
        host.in(millis, this::start);
    }

    private void start() {
        isRunning = true;
        decider.watched().forEach(limit -> due.set(limit, decider.dueAt(limit)));
        host.in(COMMIT_MILLIS, this::commitPeriodically);
        host.in(SWEEP_MILLIS, this::sweep);
        wake();
    }

    int number() {
        return number;
    }

    int partition() {
        return partition.number();
    }

    boolean isAtTheEnd() {
        return position == partition.log().size();
    }

    void stop() {
        host.die();
    }

    void stopLater() {
        host.in(cluster.random.nextInt(LONGEST_OVERLAP_MILLIS), this::stop);
    }

    /** Decides the next entry, if the instance is running and idle. */
    void wake() {
        if (isRunning && !isDeciding && !isAtTheEnd()) {
            isDeciding = true;
            host.in(cluster.random.nextInt(LONGEST_DECISION_MILLIS), this::decideNext);
        }
    }

    private void decideNext() {
        isDeciding = false;
        LogEntry entry = partition.log().get(position);
        String limit = decider.limitMeantBy(entry.command());
        Decision decision = decider.decide(entry);
        Decision byReferee = partition.referee().decision(position);
        position++;
        due.decided(entry.timestamp() + decider.state().leaseClock().aheadMillis(), steadyMillis());
        cluster.check(invariant -> invariant.onDecidedBy(this, entry, decision, byReferee));
        if (limit != null && !decision.events().isEmpty()) {
            due.set(limit, decider.dueAt(limit));
        }
        answer(entry, decision);
        decision.messages().forEach(message -> send(message.command(), message.by()));
        wake();
    }

    /**
     * A monotonic clock, in epoch milliseconds. It differs from other machines' clocks, and may be far off, as on a
     * machine that started with a wrong time.
     */
    private long steadyMillis() {
        return cluster.clock.elsewhere() + clockAheadMillis;
    }

    private void answer(LogEntry entry, Decision decision) {
        reply(entry.asker(), decision.reply(), entry, decision, 0);
        int part = 0;
        for (Decision.Answer answer : decision.answers()) {
            reply(answer.asker(), answer.reply(), entry, decision, ++part);
        }
    }

    private void reply(@Nullable Asker asker, Reply reply, LogEntry entry, Decision decision, int part) {
        if (asker != null) {
            Reply sent = cluster.parts.sent(reply, number);
            cluster.check(invariant -> invariant.onReply(partition.number(), entry.offset(), part, asker, sent));
            int events = decision.events().size();
            cluster.reply(asker, new ReplyRecord(sent, partition.number(), entry.offset(), entry.timestamp(), events));
        }
    }

    private void send(LimitCommand command, @Nullable String by) {
        if (cluster.parts.sends(command)) {
            String limit = Objects.requireNonNull(command.limit());
            producer.send(command, LeaseIds.partition(limit, Cluster.PARTITIONS), null, by);
        }
    }

    private void commitPeriodically() {
        commit();
        host.in(COMMIT_MILLIS, this::commitPeriodically);
    }

    void commit() {
        if (isRunning) {
            if (isAtTheEnd()) {
                cluster.check(invariant ->
                        invariant.onCommit(this, records, partition.referee().records()));
            }
            partition.commit(this, records, position);
        }
    }

    private void sweep() {
        long steadyMillis = steadyMillis();
        due.take(steadyMillis, decider.state()).forEach(limit -> send(new Tick(limit), null));
        if (due.beats(steadyMillis, decider.state())) {
            producer.send(new Heartbeat(), partition.number(), null, null);
        }
        host.in(SWEEP_MILLIS, this::sweep);
    }
}
