package io.limitledger.audit;

import io.limitledger.core.state.Lease;
import io.limitledger.core.state.LedgerState;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Waiter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The state as it was: which limits there were, who held and who waited. Made of the events alone, up to the last one within
 * its scope; what had fallen due by then and was noticed later still stands as it was.
 */
public final class Replay {
    private final ReplayScope scope;
    private final Progress progress;
    private final Findings findings = new Findings();
    private final List<LimitThen> limits = new ArrayList<>();

    /**
     * A limit with those who held and those who waited, in their order.
     *
     * @param limit its record, with the hash of its last event
     */
    public record LimitThen(Limit limit, List<Lease> leases, List<Waiter> waiters) {}

    public Replay(ReplayScope scope, ProgressListener listener) {
        this.scope = scope;
        this.progress = new Progress(listener);
    }

    public Replay run(EventLog log) {
        List<Integer> partitions = scope.partitions(log.partitions());
        partitions.forEach(partition -> progress.expect(Math.min(log.eventsEnd(partition), scope.end(partition))));
        partitions.forEach(partition -> replay(partition, log));
        limits.sort(Comparator.comparing(then -> then.limit().name()));
        return this;
    }

    private void replay(int partition, EventLog log) {
        Fold fold = new Fold(partition, findings);
        progress.begin(0);
        new PartitionReplay(scope, partition, fold).read(log.events(partition, 0), progress);
        fold.records().limits().values().forEach(limit -> limits.add(then(limit, fold)));
    }

    private static LimitThen then(Limit limit, Fold fold) {
        LedgerState state = fold.state();
        List<Lease> leases = new ArrayList<>();
        state.leases(limit.name()).forEach(leases::add);
        List<Waiter> waiters = new ArrayList<>();
        state.waiters(limit.name()).forEach(waiters::add);
        Head head = fold.head(limit.name());
        return new LimitThen(limit.sealed(head == null ? null : head.hash()), leases, waiters);
    }

    /** By name. */
    public List<LimitThen> limits() {
        return List.copyOf(limits);
    }

    /** What is wrong with the events. Where there is anything, the limits it names were not as is told here. */
    public Findings findings() {
        return findings;
    }

    /** How many were read. */
    public long events() {
        return progress.events();
    }
}
