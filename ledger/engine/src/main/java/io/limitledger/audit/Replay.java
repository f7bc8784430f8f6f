package io.limitledger.audit;

import io.limitledger.audit.Checkpoint.Part;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.KeyUse;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.LedgerState;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.SealedLimit;
import io.limitledger.core.state.Waiter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The state as it was: which limits there were, who held and who waited. Made of the events alone, up to the last one within
 * its scope; what had fallen due by then and was noticed later is shown as it was.
 */
public final class Replay {
    private final ReplayScope scope;
    private final Progress progress;
    private final Findings findings = new Findings();
    private final List<LimitThen> limits = new ArrayList<>();
    private final Map<String, LastChange> changes = new HashMap<>();
    private final List<Integer> tooFar = new ArrayList<>();

    /**
     * A limit with those who held and those who waited, in their order.
     *
     * @param limit its record; all times by the broker's clock
     * @param keys what its keys used, by name
     */
    public record LimitThen(SealedLimit limit, List<Lease> leases, List<Waiter> waiters, List<KeyUse> keys) {}

    public Replay(ReplayScope scope, ProgressListener listener) {
        this.scope = scope;
        this.progress = new Progress(listener);
    }

    public Replay run(EventLog log) {
        return run(log, Checkpoint.NONE, null);
    }

    /**
     * Begins where a checkpoint ends, as far as it fits.
     *
     * @param next called with the position that this replay has reached; may be null
     * @throws java.io.UncheckedIOException if the next checkpoint cannot be written
     */
    public Replay run(EventLog log, Checkpoint checkpoint, @Nullable CheckpointWriter next) {
        List<Part> begins = new ArrayList<>();
        for (int partition : scope.partitions(log.partitions())) {
            long end = log.eventsEnd(partition);
            Part begin = begin(partition, checkpoint, end);
            begins.add(begin);
            progress.expect(Math.min(end, scope.end(partition)) - begin.next());
        }
        for (Part begin : begins) {
            replay(begin, log, part -> write(part, checkpoint.part(part.partition()), next));
        }
        limits.sort(Comparator.comparing(then -> then.limit().limit().name()));
        return this;
    }

    private Part begin(int partition, Checkpoint checkpoint, long end) {
        Part part = checkpoint.part(partition);
        if (part != null && part.fits(scope, end)) {
            return part;
        }
        if (part != null) {
            tooFar.add(partition);
        }
        return new Part(partition, 0, 0, new HeapRecords(), List.of());
    }

    private void replay(Part begin, EventLog log, Consumer<Part> checkpoint) {
        progress.begin(begin.next());
        PartitionReplay replay = new PartitionReplay(scope, begin, findings, checkpoint);
        Fold fold = replay.read(log.events(begin.partition(), begin.next()), progress);
        if (replay.cameBackAt() != LedgerState.NEVER) {
            fold = replayUpTo(replay.cameBackAt(), begin.partition(), log);
        }
        addLimits(fold);
    }

    /** Once more: all that comes before, whatever the broker's clock said. */
    private Fold replayUpTo(long end, int partition, EventLog log) {
        ReplayScope whole = new ReplayScope(LedgerState.NEVER, Map.of(partition, end - 1), scope.limits());
        Part begin = new Part(partition, 0, 0, new HeapRecords(), List.of());
        Progress again = new Progress(ProgressListener.NONE);
        return new PartitionReplay(whole, begin, findings, part -> {}).read(log.events(partition, 0), again);
    }

    private void addLimits(Fold fold) {
        fold.records().limits().values().stream()
                .filter(limit -> scope.limits().isEmpty() || scope.limits().contains(limit.name()))
                .forEach(limit -> {
                    limits.add(then(limit, fold));
                    LastChange change = fold.change(limit.name());
                    if (change != null) {
                        changes.put(limit.name(), change);
                    }
                });
    }

    /** What has come further stays: a look at the past must not undo the way to the present. */
    private static void write(Part part, @Nullable Part before, @Nullable CheckpointWriter next) {
        if (next != null) {
            next.write(before != null && before.next() > part.next() ? before : part);
        }
    }

    private static LimitThen then(Limit limit, Fold fold) {
        LedgerState state = fold.state();
        long aheadMillis = state.leaseClock().aheadMillis();
        List<Lease> leases = new ArrayList<>();
        state.leases(limit.name()).forEach(lease -> leases.add(lease.laterBy(-aheadMillis)));
        List<Waiter> waiters = new ArrayList<>();
        state.waiters(limit.name()).forEach(waiter -> waiters.add(waiter.laterBy(-aheadMillis)));
        List<KeyUse> keys = new ArrayList<>();
        state.keyUses(limit.name())
                .forEach(use ->
                        keys.add(use.laterBy(-aheadMillis, limit.definition().boundsOf(use.override()))));
        Head head = fold.head(limit.name());
        String hash = head == null ? null : head.hash();
        return new LimitThen(new SealedLimit(limit.laterBy(-aheadMillis), hash), leases, waiters, keys);
    }

    /** By name. */
    public List<LimitThen> limits() {
        return List.copyOf(limits);
    }

    /** The last change of a limit by then; null if it is not known, as where a checkpoint from before it was noted was read. */
    public @Nullable LastChange change(String limit) {
        return changes.get(limit);
    }

    /** What is wrong with the events. The limits that it names were not as this replay shows them. */
    public Findings findings() {
        return findings;
    }

    /** Partitions that were read from their beginning, since the checkpoint holds events that are not in the scope, or not there. */
    public List<Integer> tooFar() {
        return List.copyOf(tooFar);
    }

    /** How many were read. */
    public long events() {
        return progress.events();
    }
}
