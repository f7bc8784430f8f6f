package io.limitledger.simulation;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Asker;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.wire.LeaseIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A partition: its log of commands, the committed position and records, and the instance of the ledger that decides it.
 */
final class Partition {
    private static final int LONGEST_ABSENCE_MILLIS = 3_000;

    private final Cluster cluster;
    private final Random random;
    private final int number;
    private final Referee referee;
    private final List<LogEntry> log = new ArrayList<>();
    private HeapRecords committed = new HeapRecords();
    private int committedTo;
    private Instance instance;

    Partition(Cluster cluster, Random random, int number) {
        this.cluster = cluster;
        this.random = random;
        this.number = number;
        this.referee = new Referee(cluster.parts, cluster.invariants);
        HeapRecords empty = committed.copy();
        this.instance = new Instance(cluster, this, 0, empty, cluster.parts.decider(empty), 0);
        instance.startLater(0);
    }

    int number() {
        return number;
    }

    List<LogEntry> log() {
        return log;
    }

    Referee referee() {
        return referee;
    }

    Instance instance() {
        return instance;
    }

    /** Appends a command. A command whose limit belongs to another partition is refused. */
    LogEntry append(LimitCommand command, @Nullable Asker asker, @Nullable String by) {
        LogEntry entry = new LogEntry(command, cluster.clock.stamp(), log.size(), asker, by);
        String limit = command.limit();
        if (limit == null || LeaseIds.partition(limit, Cluster.PARTITIONS) == number) {
            log.add(entry);
            referee.decide(entry);
            instance.wake();
        } else {
            cluster.reject(entry, number);
        }
        return entry;
    }

    void commit(Instance by, HeapRecords records, int position) {
        if (by == instance) {
            committed = records.copy();
            committedTo = position;
        }
    }

    /** Stops the instance at once; everything it had not committed is lost. */
    void crash() {
        instance.stop();
        replaceLater();
    }

    /** Starts another instance. The old one may continue for a moment without noticing. */
    void rebalance() {
        if (random.nextBoolean()) {
            instance.commit();
        }
        instance.stopLater();
        replaceLater();
    }

    private void replaceLater() {
        int next = instance.number() + 1;
        HeapRecords found = committed.copy();
        instance = new Instance(cluster, this, next, found, cluster.parts.restarted(found), committedTo);
        instance.startLater(random.nextInt(LONGEST_ABSENCE_MILLIS));
    }
}
