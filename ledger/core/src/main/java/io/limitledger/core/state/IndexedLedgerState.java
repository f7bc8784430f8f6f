package io.limitledger.core.state;

import io.limitledger.core.state.LimitIndex.Due;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The state of one partition: records, and on the heap the orders in which rules ask for them. The orders are computed
 * from the records when a task starts; so they need no records of their own, and nothing of them can be lost.
 */
public final class IndexedLedgerState implements MutableLedgerState {
    private static final LimitIndex NOTHING = new LimitIndex();

    private final Records records;
    private final Map<String, LimitIndex> indexes = new HashMap<>();
    private final LimitsOfLeases limitsOf = new LimitsOfLeases();
    private final Set<String> limitsWithLeases = new HashSet<>();
    /** Time of the last decision on any limit, epoch milliseconds; computed from the records, as the orders are. */
    private final long[] decidedLastAt = {0};

    public IndexedLedgerState(Records records) {
        this.records = records;
        records.forEach(this::index, this::index);
    }

    /** Names of the limits that a timer has to watch. */
    public Set<String> limitsWithSomethingDue() {
        return Collections.unmodifiableSet(indexes.keySet());
    }

    @Override
    public LeaseClock leaseClock() {
        return records.leaseClock();
    }

    @Override
    public long reachedAt() {
        LeaseClock clock = leaseClock();
        return Math.max(decidedLastAt[0], Math.max(clock.heartbeatAt(), clock.reachedAt()));
    }

    @Override
    public boolean holdsLeases() {
        return !limitsWithLeases.isEmpty();
    }

    @Override
    public @Nullable Limit limit(String name) {
        return records.limit(name);
    }

    @Override
    public @Nullable LeaseRecord leaseRecord(String limit, UUID leaseId) {
        LeaseRecord record = records.leaseRecord(limit, leaseId);
        return record instanceof Lease lease ? later(lease, prolongedMillis(limit)) : record;
    }

    @Override
    public boolean isRetired(Retired retired) {
        return records.isRetired(retired);
    }

    @Override
    public @Nullable String limitOf(UUID leaseId) {
        return limitsOf.first(leaseId);
    }

    /**
     * Names of all limits that were asked for under the id. Where it holds or waits on as many as were asked for, or on more,
     * as when it was used for two acquires, these are returned, by their names of today; otherwise those that are missing are
     * returned by their old names.
     */
    public List<String> limitsOf(UUID leaseId) {
        List<String> found = limitsOf.all(leaseId);
        if (found.isEmpty()) {
            return found;
        }
        List<String> siblings = siblings(found.get(0), leaseId);
        if (found.size() > siblings.size()) {
            return found;
        }
        List<String> names = new ArrayList<>(siblings);
        names.add(found.get(0));
        return names;
    }

    private List<String> siblings(String limit, UUID leaseId) {
        Lease lease = records.lease(limit, leaseId);
        return lease == null ? present(records.waiter(limit, leaseId)).siblings() : lease.siblings();
    }

    @Override
    public @Nullable Lease firstToExpire(String limit) {
        return first(indexOf(limit).expiries, id -> lease(limit, id));
    }

    @Override
    public long firstExpiryAt(String limit) {
        long expiresAt = firstAt(indexOf(limit).expiries);
        return expiresAt == NEVER ? NEVER : expiresAt + prolongedMillis(limit);
    }

    @Override
    public @Nullable Waiter firstInQueue(String limit) {
        Map.Entry<Long, UUID> first = indexOf(limit).queue.firstEntry();
        return first == null ? null : records.waiter(limit, first.getValue());
    }

    @Override
    public @Nullable Waiter firstToGiveUp(String limit) {
        return first(indexOf(limit).giveUps, id -> records.waiter(limit, id));
    }

    @Override
    public long firstGiveUpAt(String limit) {
        return firstAt(indexOf(limit).giveUps);
    }

    @Override
    public long firstEndedAt(String limit) {
        return firstAt(indexOf(limit).ended);
    }

    /** The first leases of a limit in order of expiry. */
    public List<Lease> leases(String limit, int atMost) {
        return leases(limit, indexOf(limit).expiries, atMost);
    }

    /** The next leases of a limit in order of expiry, after the one that expires then and has this id. */
    public List<Lease> leasesAfter(String limit, long expiresAt, UUID leaseId, int atMost) {
        long prolongedMillis = prolongedMillis(limit);
        // Any number may come in a cursor.
        long before = expiresAt < Long.MIN_VALUE + prolongedMillis ? Long.MIN_VALUE : expiresAt - prolongedMillis;
        return leases(limit, indexOf(limit).expiries.tailSet(new Due(before, leaseId), false), atMost);
    }

    private List<Lease> leases(String limit, NavigableSet<Due> expiries, int atMost) {
        long prolongedMillis = prolongedMillis(limit);
        return expiries.stream()
                .limit(atMost)
                .map(due -> later(present(records.lease(limit, due.leaseId())), prolongedMillis))
                .toList();
    }

    /** The next waiters of a limit by position in the queue, after the given one. */
    public List<Waiter> waitersAfter(String limit, long place, int atMost) {
        return indexOf(limit).queue.tailMap(place, false).values().stream()
                .limit(atMost)
                .map(id -> present(records.waiter(limit, id)))
                .toList();
    }

    /** All ended leases that are remembered of a limit, the oldest first. */
    public List<EndedLease> endedOf(String limit) {
        return indexOf(limit).ended.stream()
                .map(due -> present(records.ended(limit, due.leaseId())))
                .toList();
    }

    @Override
    public Iterable<Lease> leases(String limit) {
        List<Lease> leases = new ArrayList<>();
        indexOf(limit).expiries.forEach(due -> leases.add(present(lease(limit, due.leaseId()))));
        return leases;
    }

    @Override
    public Iterable<Waiter> waiters(String limit) {
        List<Waiter> waiters = new ArrayList<>();
        indexOf(limit).queue.values().forEach(id -> waiters.add(present(records.waiter(limit, id))));
        return waiters;
    }

    @Override
    public void put(LeaseClock clock) {
        records.put(clock);
    }

    @Override
    public void put(Limit limit) {
        noteTime(limit);
        records.put(limit);
    }

    @Override
    public void put(LeaseRecord record) {
        load(record instanceof Lease lease ? later(lease, -prolongedMillis(lease.limit())) : record);
    }

    /** Takes over what is kept of an id as its record says. */
    public void load(LeaseRecord lease) {
        unindex(records.leaseRecord(lease.limit(), lease.leaseId()));
        records.put(lease);
        index(lease);
    }

    /** Forgets what is kept of an id on a limit, if anything is. */
    public void remove(String limit, UUID leaseId) {
        unindex(records.leaseRecord(limit, leaseId));
        records.removeLease(limit, leaseId);
    }

    @Override
    public void removeFirstEnded(String limit) {
        Due first = present(indexOf(limit).ended.pollFirst());
        records.removeLease(limit, first.leaseId());
    }

    @Override
    public void removeLimit(String name, long offset) {
        indexOf(name).leaseIds().forEach(leaseId -> remove(name, leaseId));
        indexes.remove(name);
        Limit limit = records.limit(name);
        if (limit != null) {
            records.removeLimit(limit, offset);
        }
    }

    /** A limit on its way to another name is watched even if it has no leases and no waiters. */
    private void index(Limit limit) {
        noteTime(limit);
        if (limit.move() != null) {
            toIndex(limit.name());
        }
    }

    private void noteTime(Limit limit) {
        decidedLastAt[0] = Math.max(decidedLastAt[0], limit.decidedAt());
    }

    private void index(LeaseRecord record) {
        if (record instanceof Lease lease) {
            index(lease);
        } else if (record instanceof Waiter waiter) {
            index(waiter);
        } else if (record instanceof EndedLease ended) {
            index(ended);
        }
    }

    private void unindex(@Nullable LeaseRecord record) {
        if (record instanceof Lease lease) {
            unindex(lease);
        } else if (record instanceof Waiter waiter) {
            unindex(waiter);
        } else if (record instanceof EndedLease ended) {
            unindex(ended);
        }
    }

    private void index(Lease lease) {
        NavigableSet<Due> expiries = toIndex(lease.limit()).expiries;
        if (expiries.isEmpty()) {
            limitsWithLeases.add(lease.limit());
        }
        expiries.add(new Due(lease.expiresAt(), lease.leaseId()));
        limitsOf.add(lease.leaseId(), lease.limit());
    }

    private void unindex(Lease lease) {
        NavigableSet<Due> expiries = indexOf(lease.limit()).expiries;
        expiries.remove(new Due(lease.expiresAt(), lease.leaseId()));
        if (expiries.isEmpty()) {
            limitsWithLeases.remove(lease.limit());
        }
        limitsOf.remove(lease.leaseId(), lease.limit());
    }

    /** By how much the leases of a limit end later than their records say. */
    private long prolongedMillis(String limit) {
        Limit known = records.limit(limit);
        return known == null ? 0 : known.prolongedMillis();
    }

    private static Lease later(Lease lease, long millis) {
        return millis == 0 ? lease : lease.ending(lease.expiresAt() + millis);
    }

    private void index(Waiter waiter) {
        LimitIndex index = toIndex(waiter.limit());
        index.giveUps.add(new Due(waiter.until(), waiter.leaseId()));
        index.queue.put(waiter.place(), waiter.leaseId());
        limitsOf.add(waiter.leaseId(), waiter.limit());
    }

    private void unindex(Waiter waiter) {
        LimitIndex index = indexOf(waiter.limit());
        index.giveUps.remove(new Due(waiter.until(), waiter.leaseId()));
        index.queue.remove(waiter.place());
        limitsOf.remove(waiter.leaseId(), waiter.limit());
    }

    private void index(EndedLease ended) {
        toIndex(ended.limit()).ended.add(new Due(ended.endedAt(), ended.leaseId()));
    }

    private void unindex(EndedLease ended) {
        indexOf(ended.limit()).ended.remove(new Due(ended.endedAt(), ended.leaseId()));
    }

    private LimitIndex indexOf(String limit) {
        return indexes.getOrDefault(limit, NOTHING);
    }

    private LimitIndex toIndex(String limit) {
        return indexes.computeIfAbsent(limit, name -> new LimitIndex());
    }

    private static long firstAt(NavigableSet<Due> order) {
        return order.isEmpty() ? NEVER : order.first().at();
    }

    private static <T> @Nullable T first(NavigableSet<Due> order, Function<UUID, @Nullable T> record) {
        return order.isEmpty() ? null : record.apply(order.first().leaseId());
    }

    private static <T> T present(@Nullable T record) {
        return Objects.requireNonNull(record, "an index names a record that is not there");
    }
}
