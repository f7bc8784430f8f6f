package io.limitledger.core.state;

import io.limitledger.core.state.LimitIndex.Due;
import io.limitledger.core.state.LimitIndex.IdleKey;
import io.limitledger.core.state.OrderedQueue.Head;
import io.limitledger.core.state.Waiter.Rank;
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
    private final LimitsOfLeases limitsOfSpends = new LimitsOfLeases();
    private final Set<String> limitsWithLeases = new HashSet<>();
    /** Time of the last decision on any limit, epoch milliseconds; computed from the records, as the orders are. */
    private final long[] decidedLastAt = {0};

    public IndexedLedgerState(Records records) {
        this.records = records;
        records.forEach(this::index, this::index, this::index);
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

    @Override
    public @Nullable String limitOfSpend(UUID leaseId) {
        return limitsOfSpends.first(leaseId);
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
    public @Nullable Waiter firstInQueue(String limit, long at) {
        OrderedQueue turns = indexOf(limit).turns;
        if (turns == null) {
            return oldest(limit);
        }
        Head first = turns.first(at);
        return first == null ? null : records.waiter(limit, first.leaseId());
    }

    @Override
    public @Nullable Waiter oldest(String limit) {
        Map.Entry<Long, UUID> first = indexOf(limit).queue.firstEntry();
        return first == null ? null : records.waiter(limit, first.getValue());
    }

    @Override
    public long firstRoomOfKeyAt(String limit) {
        OrderedQueue turns = indexOf(limit).turns;
        return turns == null ? NEVER : turns.firstRoomAt();
    }

    @Override
    public boolean isFirst(Waiter newcomer, long virtualTime, long at) {
        LimitIndex index = indexOf(newcomer.limit());
        Definition definition = index.definition;
        if (index.queue.isEmpty() || definition == null) {
            return true;
        }
        if (index.turns == null) {
            return newcomer.rank().compareTo(present(oldest(newcomer.limit())).rank()) < 0;
        }
        String group = groupOf(newcomer, definition);
        return index.turns.isFirst(head(group, newcomer, definition, virtualTime), at);
    }

    @Override
    public long waitingInGroup(String limit, String group) {
        OrderedQueue turns = indexOf(limit).turns;
        return turns == null ? 0 : turns.size(group);
    }

    @Override
    public @Nullable Waiter oldestOfGroup(String limit, String group) {
        OrderedQueue turns = indexOf(limit).turns;
        Waiter oldest = null;
        if (turns != null) {
            for (UUID leaseId : turns.all(group)) {
                Waiter waiter = present(records.waiter(limit, leaseId));
                oldest = oldest == null || waiter.place() < oldest.place() ? waiter : oldest;
            }
        }
        return oldest;
    }

    @Override
    public @Nullable Long leastVirtualTime(String limit) {
        OrderedQueue turns = indexOf(limit).turns;
        return turns == null ? null : turns.leastVirtualTime();
    }

    @Override
    public long fenceOfRemoved() {
        return records.fenceOfRemoved();
    }

    @Override
    public @Nullable KeyUse keyUse(String limit, String key) {
        return records.keyUse(limit, key);
    }

    @Override
    public long keys(String limit) {
        return indexOf(limit).keys.size();
    }

    /** In order of names. */
    @Override
    public Iterable<KeyUse> keyUses(String limit) {
        return indexOf(limit).keys.keySet().stream()
                .sorted()
                .map(key -> present(records.keyUse(limit, key)))
                .toList();
    }

    @Override
    public @Nullable KeyUse firstIdleKey(String limit) {
        NavigableSet<IdleKey> idle = indexOf(limit).idle;
        return idle.isEmpty() ? null : records.keyUse(limit, idle.first().key());
    }

    @Override
    public Iterable<KeyUse> idleKeys(String limit, int atMost) {
        return indexOf(limit).idle.stream()
                .limit(atMost)
                .map(idle -> present(records.keyUse(limit, idle.key())))
                .toList();
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
        boolean hasStepped = clock.aheadMillis() != leaseClock().aheadMillis();
        records.put(clock);
        if (hasStepped) {
            indexes.forEach((limit, index) -> {
                if (!index.keys.isEmpty() || index.turns != null) {
                    orderAnew(limit, index);
                }
            });
        }
    }

    @Override
    public void put(Limit limit) {
        noteTime(limit);
        records.put(limit);
        LimitIndex index = indexes.get(limit.name());
        if (index != null && !limit.definition().equals(index.definition)) {
            index.definition = limit.definition();
            orderAnew(limit.name(), index);
        }
    }

    @Override
    public void put(KeyUse use) {
        records.put(use);
        index(use);
    }

    @Override
    public void removeKey(String limit, String key) {
        records.removeKey(limit, key);
        LimitIndex index = indexOf(limit);
        Long idleAt = index.keys.remove(key);
        if (idleAt != null) {
            index.idle.remove(new IdleKey(idleAt, key));
        }
        orderAnew(limit, index, key);
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
        // Whether it was a spend would have to be read; where it was none, this changes nothing.
        limitsOfSpends.remove(first.leaseId(), limit);
        records.removeLease(limit, first.leaseId());
    }

    @Override
    public void removeLimit(String name, long offset) {
        indexOf(name).leaseIds().forEach(leaseId -> remove(name, leaseId));
        indexOf(name).keys.keySet().forEach(key -> records.removeKey(name, key));
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
        Definition definition = index.definition;
        if (definition == null) {
            return;
        }
        if (index.turns == null && isOutOfOrder(waiter, definition)) {
            index.turns = turns(waiter.limit(), index, definition);
            waitersChanged(waiter.limit(), index, groupOf(waiter, definition));
        } else if (index.turns != null) {
            String group = groupOf(waiter, definition);
            index.turns.add(group, waiter.rank(), waiter.leaseId());
            waitersChanged(waiter.limit(), index, group);
        }
    }

    private void unindex(Waiter waiter) {
        LimitIndex index = indexOf(waiter.limit());
        index.giveUps.remove(new Due(waiter.until(), waiter.leaseId()));
        index.queue.remove(waiter.place());
        limitsOf.remove(waiter.leaseId(), waiter.limit());
        Definition definition = index.definition;
        if (index.turns != null && definition != null) {
            String group = groupOf(waiter, definition);
            index.turns.remove(group, waiter.rank());
            waitersChanged(waiter.limit(), index, group);
            if (index.queue.isEmpty()) {
                index.turns = null;
            }
        }
    }

    private void waitersChanged(String limit, LimitIndex index, String group) {
        KeyUse use = index.keys.containsKey(group) ? records.keyUse(limit, group) : null;
        if (use == null) {
            orderAnew(limit, index, group);
        } else {
            index(use);
        }
    }

    /** Whether arrival alone does not say whose turn it is once this one waits. */
    private static boolean isOutOfOrder(Waiter waiter, Definition definition) {
        return definition.isKeyed() || waiter.rank().since() != waiter.since();
    }

    /** Where keys have no say, all wait in one group. */
    private static String groupOf(Waiter waiter, Definition definition) {
        String key = definition.isKeyed() ? waiter.claim().key() : null;
        return key == null ? KeyUse.WITHOUT_KEY : key;
    }

    private void index(KeyUse use) {
        LimitIndex index = toIndex(use.limit());
        Definition definition = index.definition;
        long idleAt = idleAt(use, index, definition);
        Long before = index.keys.put(use.key(), idleAt);
        if (before == null || before != idleAt) {
            if (before != null) {
                index.idle.remove(new IdleKey(before, use.key()));
            }
            if (idleAt != NEVER) {
                index.idle.add(new IdleKey(idleAt, use.key()));
            }
        }
        orderAnew(use.limit(), index, use.key());
    }

    /** A key with which someone waits is not idle: it has its turn to remember. */
    private long idleAt(KeyUse use, LimitIndex index, @Nullable Definition definition) {
        boolean waits = index.turns != null && index.turns.size(use.key()) > 0;
        return definition == null || waits ? NEVER : use.idleAt(definition.boundsOf(use.override()), aheadMillis());
    }

    private long aheadMillis() {
        return records.leaseClock().aheadMillis();
    }

    /** Computes again what depends on the definition of a limit, or on the clocks. */
    private void orderAnew(String limit, LimitIndex index) {
        Definition definition = index.definition;
        if (definition == null) {
            return;
        }
        boolean isOutOfOrder = !index.queue.isEmpty()
                && (definition.isKeyed()
                        || index.turns != null
                        || index.queue.values().stream()
                                .anyMatch(id -> isOutOfOrder(present(records.waiter(limit, id)), definition)));
        index.turns = isOutOfOrder ? turns(limit, index, definition) : null;
        List.copyOf(index.keys.keySet()).forEach(key -> index(present(records.keyUse(limit, key))));
    }

    private OrderedQueue turns(String limit, LimitIndex index, Definition definition) {
        OrderedQueue turns = new OrderedQueue(definition.isFair());
        Set<String> groups = new HashSet<>();
        for (UUID leaseId : index.queue.values()) {
            Waiter waiter = present(records.waiter(limit, leaseId));
            String group = groupOf(waiter, definition);
            turns.add(group, waiter.rank(), leaseId);
            groups.add(group);
        }
        groups.forEach(group -> order(limit, turns, definition, group));
        return turns;
    }

    /** Computes again whose turn it is after something has changed in a group. */
    private void orderAnew(String limit, LimitIndex index, String group) {
        if (index.turns != null && index.definition != null) {
            order(limit, index.turns, index.definition, group);
        }
    }

    private void order(String limit, OrderedQueue turns, Definition definition, String group) {
        Map.Entry<Rank, UUID> first = turns.firstOf(group);
        if (first == null) {
            turns.put(group, null);
            return;
        }
        KeyUse use = records.keyUse(limit, group);
        Waiter waiter = present(records.waiter(limit, first.getValue()));
        turns.put(group, head(group, waiter, definition, use == null ? 0 : use.virtualTime()));
    }

    private Head head(String group, Waiter waiter, Definition definition, long virtualTime) {
        KeyUse use = definition.isKeyed() ? records.keyUse(waiter.limit(), group) : null;
        KeyBounds bounds = definition.boundsOf(use == null ? null : use.override());
        boolean isBounded = definition.perKey() != null && !group.equals(KeyUse.WITHOUT_KEY) && definition.active();
        KeyUse room = use == null ? KeyUse.none(waiter.limit(), group, bounds, 0, 0) : use;
        return new Head(
                group,
                use == null ? 0 : bounds.share(use.held()),
                virtualTime,
                waiter.rank(),
                waiter.leaseId(),
                isBounded ? room.fitsAt(waiter.claim().needed(), bounds, aheadMillis()) : AT_ONCE);
    }

    private void index(EndedLease ended) {
        toIndex(ended.limit()).ended.add(new Due(ended.endedAt(), ended.leaseId()));
        if (ended.grant() != null) {
            limitsOfSpends.add(ended.leaseId(), ended.limit());
        }
    }

    private void unindex(EndedLease ended) {
        indexOf(ended.limit()).ended.remove(new Due(ended.endedAt(), ended.leaseId()));
        if (ended.grant() != null) {
            limitsOfSpends.remove(ended.leaseId(), ended.limit());
        }
    }

    private LimitIndex indexOf(String limit) {
        return indexes.getOrDefault(limit, NOTHING);
    }

    private LimitIndex toIndex(String limit) {
        LimitIndex known = indexes.get(limit);
        if (known != null) {
            return known;
        }
        LimitIndex index = new LimitIndex();
        Limit record = records.limit(limit);
        index.definition = record == null ? null : record.definition();
        indexes.put(limit, index);
        return index;
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
