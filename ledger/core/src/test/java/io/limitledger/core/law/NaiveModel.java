package io.limitledger.core.law;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.CancelAcquire;
import io.limitledger.core.command.DefineKey;
import io.limitledger.core.command.DeleteLimit;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.command.ReturnSlots;
import io.limitledger.core.command.SettleLease;
import io.limitledger.core.command.TakeSlots;
import io.limitledger.core.command.UpdateLimit;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Asker;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.KeyBounds;
import io.limitledger.core.state.KeyOverride;
import io.limitledger.core.state.Quota;
import io.limitledger.core.state.SlidingPeriod;
import io.limitledger.core.state.Terms;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The simplest possible model of one limit without decay that has quotas, keys, an order and settlements: lists that are
 * searched from end to end, and every instant at which something could change tried in turn. It shares no rule with the ledger.
 */
final class NaiveModel {
    private static final long REMEMBERED_MILLIS = 300_000;
    private static final long NEVER = Long.MAX_VALUE;

    private @Nullable Definition definition;
    private final List<Held> held = new ArrayList<>();
    private final List<Waiting> queue = new ArrayList<>();
    private final List<Done> done = new ArrayList<>();
    private final Map<String, KeyOverride> overrides = new HashMap<>();
    private final Map<String, Double> virtualTimes = new HashMap<>();
    private List<List<Taken>> taken = new ArrayList<>();
    private final Map<String, List<List<Taken>>> takenByKey = new HashMap<>();
    private double served;
    private long unleased;
    private long now;
    private long notedAt;
    private long place;
    private final List<String> answers = new ArrayList<>();

    /** Counts against a quota until it returns; whose it is is forgotten when the quota gets another period. */
    private record Taken(long end, @Nullable UUID by, long slots) {}

    private static final class Held {
        final AcquireLease by;
        final long slots;
        final long from;
        long until;
        final boolean counts;
        final @Nullable String group;
        long used;
        /** Of slots without a lease: how many are occupied until they are returned by number. */
        long unleased;

        boolean isSettled;

        Held(AcquireLease by, long slots, long from, long until, boolean counts, @Nullable String group) {
            this.by = by;
            this.slots = slots;
            this.from = from;
            this.until = until;
            this.counts = counts;
            this.group = group;
            this.used = slots;
        }
    }

    private record Waiting(
            AcquireLease by,
            long place,
            long since,
            long until,
            @Nullable Asker asker) {
        long rank() {
            Terms terms = by.claim().terms();
            return since - (terms == null ? 0 : terms.priority() * 1_000);
        }
    }

    private record Done(UUID id, long at, @Nullable Held grant) {}

    /** The answer to a command, then the answers to waiters. */
    List<String> decide(LogEntry entry) {
        if (!entry.command().invalidFields().isEmpty()) {
            return List.of("refused INVALID_COMMAND");
        }
        answers.clear();
        now = definition == null ? entry.timestamp() : Math.max(notedAt, entry.timestamp());
        if (definition != null) {
            settle();
        }
        forgetIdleKeys();
        answers.add(0, reply(entry.command(), entry.asker()));
        return List.copyOf(answers);
    }

    /** Extends all leases held when the command arrives. */
    void prolong(LogEntry entry, long millis) {
        now = Math.max(notedAt, entry.timestamp());
        note();
        held.forEach(lease -> lease.until += millis);
    }

    long occupied() {
        return definition == null ? 0 : occupiedNow();
    }

    /** Slots that count against each quota of the limit now. */
    List<Long> counted() {
        List<Long> counted = new ArrayList<>();
        for (int index = 0; definition != null && index < definition.quotas().size(); index++) {
            counted.add(count(taken, definition.quotas(), index, now));
        }
        return counted;
    }

    /** What a key occupies, and what counts against each of its quotas now. */
    List<Long> countedOf(String key) {
        List<Long> counted = new ArrayList<>();
        if (definition != null) {
            counted.add(occupiedBy(key));
            for (int index = 0; index < boundsOf(key).quotas().size(); index++) {
                counted.add(countOf(key, boundsOf(key), index, now));
            }
        }
        return counted;
    }

    private String reply(LimitCommand command, @Nullable Asker asker) {
        if (command instanceof PutLimit put) {
            return put(put);
        }
        if (definition == null) {
            return withoutLimit(command);
        }
        if (command instanceof AcquireLease acquire) {
            return acquire(acquire, true, asker);
        }
        if (command instanceof TakeSlots take) {
            return acquire(
                    new AcquireLease(take.limit(), take.leaseId(), take.slots(), 0, 0, take.holder(), List.of()),
                    false,
                    asker);
        }
        if (command instanceof ReturnSlots returned) {
            return returnSlots(returned);
        }
        if (command instanceof SettleLease settle) {
            return settle(settle);
        }
        if (command instanceof DefineKey define) {
            return defineKey(define);
        }
        if (command instanceof ReleaseLease release) {
            return release(release);
        }
        if (command instanceof CancelAcquire cancel) {
            return cancel(cancel.leaseId());
        }
        if (command instanceof RenewLease renew) {
            return renew(renew);
        }
        if (command instanceof UpdateLimit update) {
            return update(update.change());
        }
        return command instanceof DeleteLimit ? delete() : "settled";
    }

    private static String withoutLimit(LimitCommand command) {
        if (command instanceof ReleaseLease) {
            return "released";
        }
        if (command instanceof CancelAcquire) {
            return "cancelled";
        }
        if (command instanceof RenewLease || command instanceof SettleLease) {
            return "refused LEASE_GONE";
        }
        return command instanceof io.limitledger.core.command.Tick ? "settled" : "refused LIMIT_NOT_FOUND";
    }

    private String put(PutLimit put) {
        if (definition == null) {
            definition = put.definition();
            taken = lists(definition.quotas());
            notedAt = now;
            return "stored, new";
        }
        return put.mustBeNew() ? refused("LIMIT_EXISTS") : define(put.definition());
    }

    private String update(UpdateLimit.DefinitionChange change) {
        Definition changed = change.appliedTo(definition);
        note();
        if (!new PutLimit("a", changed, null, false).invalidFields().isEmpty()) {
            return "refused INVALID_DEFINITION";
        }
        if (change.unleasedSlots() != null) {
            unleased = change.unleasedSlots();
        }
        return define(changed);
    }

    private String define(Definition changed) {
        note();
        Definition before = definition;
        taken = converted(taken, before.quotas(), changed.quotas());
        takenByKey.replaceAll((key, lists) -> converted(
                lists,
                before.boundsOf(overrides.get(key)).quotas(),
                changed.boundsOf(overrides.get(key)).quotas()));
        definition = changed;
        turnAway();
        serve();
        return "stored";
    }

    private String defineKey(DefineKey define) {
        KeyOverride override = define.override();
        boolean counts =
                definition.perKey() != null || (definition.isFair() && (override == null || !override.bounds()));
        if (override != null && !counts) {
            return refused("KEYS_NOT_BOUNDED");
        }
        note();
        String key = define.key();
        List<Quota> before = boundsOf(key).quotas();
        List<Quota> after = definition.boundsOf(override).quotas();
        takenByKey.computeIfPresent(key, (name, lists) -> converted(lists, before, after));
        if (override == null) {
            overrides.remove(key);
        } else {
            overrides.put(key, override);
        }
        forgetIdleKeys();
        turnAway();
        serve();
        return "key stored";
    }

    private void turnAway() {
        for (Waiting waiting : inOrderOfArrival()) {
            if (neverFits(waiting.by)) {
                queue.remove(waiting);
                finish(waiting.by.leaseId(), now, null);
                answer(waiting, "refused SLOTS_EXCEED_LIMIT");
            } else if (lacksLease(waiting.by)) {
                queue.remove(waiting);
                finish(waiting.by.leaseId(), now, null);
                answer(waiting, "refused LEASE_REQUIRED");
            }
        }
        forgetIdleKeys();
    }

    private String returnSlots(ReturnSlots returned) {
        if (!definition.active()) {
            return "returned 0";
        }
        note();
        long freed = Math.min(unleased, returned.slots());
        unleased -= freed;
        serve();
        return "returned " + freed;
    }

    private String delete() {
        inOrderOfArrival().forEach(waiting -> answer(waiting, "refused LIMIT_DELETED"));
        definition = null;
        held.clear();
        queue.clear();
        done.clear();
        overrides.clear();
        virtualTimes.clear();
        takenByKey.clear();
        served = 0;
        unleased = 0;
        return "deleted";
    }

    private String acquire(AcquireLease acquire, boolean needsLease, @Nullable Asker asker) {
        if (!acquire.check()) {
            String earlier = earlier(acquire, asker);
            if (earlier != null) {
                return earlier;
            }
        }
        if (neverFits(acquire)) {
            return refused("SLOTS_EXCEED_LIMIT");
        }
        if (needsLease && lacksLease(acquire)) {
            return refused("LEASE_REQUIRED");
        }
        if (acquire.check()) {
            return "checked " + isFree(acquire);
        }
        return take(acquire, asker);
    }

    /** Whether its slots would never come back. */
    private boolean lacksLease(AcquireLease acquire) {
        String key = acquire.claim().key();
        boolean isKeyBounded =
                definition.perKey() != null && key != null && boundsOf(key).limit() != Definition.UNBOUNDED;
        return acquire.leaseMillis() == 0 && (definition.limit() != Definition.UNBOUNDED || isKeyBounded);
    }

    private String take(AcquireLease acquire, @Nullable Asker asker) {
        if (isFree(acquire)) {
            return grant(acquire, now);
        }
        note();
        if (acquire.waitMillis() == 0) {
            return "denied";
        }
        String key = acquire.claim().key();
        Long most = definition.queueing().maxWaiting();
        Long mostOfKey = definition.perKey() == null || key == null
                ? null
                : boundsOf(key).maxWaiting();
        Waiting oldest = null;
        boolean isFull = false;
        if (most != null && queue.size() >= most) {
            isFull = true;
            oldest = first(queue, Comparator.comparingLong(Waiting::place));
        } else if (mostOfKey != null && waitingWith(key).size() >= mostOfKey) {
            isFull = true;
            oldest = first(waitingWith(key), Comparator.comparingLong(Waiting::place));
        }
        if (isFull) {
            if (oldest == null || !definition.queueing().replacesOldest()) {
                return "denied QUEUE";
            }
            queue.remove(oldest);
            finish(oldest.by.leaseId(), now, null);
            answer(oldest, "denied REPLACED");
            forgetIdleKeys();
            serve();
            return take(acquire, asker);
        }
        Waiting last = new Waiting(acquire, ++place, now, now + acquire.waitMillis(), asker);
        if (definition.isFair()) {
            virtualTimes.put(group(acquire), virtualTime(group(acquire)));
        }
        queue.add(last);
        return "queued until " + last.until;
    }

    private @Nullable String earlier(AcquireLease acquire, @Nullable Asker asker) {
        Held lease = held(acquire.leaseId());
        if (lease != null) {
            return isSame(acquire, lease.by) ? granted(lease) : refused("LEASE_ID_TAKEN");
        }
        Waiting waiting = waiting(acquire.leaseId());
        if (waiting != null) {
            if (!isSame(acquire, waiting.by)) {
                return refused("LEASE_ID_TAKEN");
            }
            if (!Objects.equals(asker, waiting.asker)) {
                note();
                queue.set(
                        queue.indexOf(waiting),
                        new Waiting(waiting.by, waiting.place, waiting.since, waiting.until, asker));
            }
            return "queued until " + waiting.until;
        }
        Done ended = done(acquire.leaseId());
        if (ended != null && ended.grant != null) {
            return isSame(acquire, ended.grant.by) ? granted(ended.grant) : refused("LEASE_ID_TAKEN");
        }
        return ended == null ? null : refused("LEASE_GONE");
    }

    private String settle(SettleLease settle) {
        Held lease = held(settle.leaseId());
        Done ended = done(settle.leaseId());
        Held charged = lease == null && ended != null ? ended.grant : lease;
        if (charged == null) {
            return refused("LEASE_GONE");
        }
        charge(charged, settle.slots());
        serve();
        return "charged " + charged.used;
    }

    private void charge(Held lease, long used) {
        long more = used - lease.used;
        if (!lease.counts || more == 0) {
            return;
        }
        note();
        UUID id = lease.by.leaseId();
        if (more > 0) {
            add(taken, definition.quotas(), id, more, now);
        } else {
            giveBack(taken, id, -more);
        }
        if (lease.group != null) {
            List<Quota> quotas = boundsOf(lease.group).quotas();
            List<List<Taken>> lists = takenByKey.computeIfAbsent(lease.group, key -> lists(quotas));
            if (more > 0) {
                add(lists, quotas, id, more, now);
            } else {
                giveBack(lists, id, -more);
            }
        }
        if (lease.by.leaseMillis() == 0 && definition.limit() != Definition.UNBOUNDED) {
            long occupied = Math.max(0, lease.unleased + more);
            unleased = Math.max(0, unleased + occupied - lease.unleased);
            lease.unleased = occupied;
        }
        lease.used = used;
        lease.isSettled = true;
        forgetIdleKeys();
    }

    private String release(ReleaseLease release) {
        Held lease = held(release.leaseId());
        if (lease == null) {
            giveUp(release.leaseId());
        } else {
            note();
            if (release.used() != null) {
                charge(lease, release.used());
            }
            held.remove(lease);
            finish(release.leaseId(), now, null);
            forgetIdleKeys();
            serve();
        }
        return "released";
    }

    private String cancel(UUID id) {
        Held lease = held(id);
        Done earlier = done(id);
        if (lease != null || (earlier != null && earlier.grant != null)) {
            return granted(lease != null ? lease : earlier.grant);
        }
        giveUp(id);
        return "cancelled";
    }

    private void giveUp(UUID id) {
        Waiting waiting = waiting(id);
        if (waiting != null) {
            note();
            queue.remove(waiting);
            finish(id, now, null);
            answer(waiting, "cancelled");
            forgetIdleKeys();
            serve();
        } else if (done(id) == null) {
            note();
            finish(id, now, null);
        }
    }

    private String renew(RenewLease renew) {
        Held lease = held(renew.leaseId());
        if (lease == null) {
            return refused("LEASE_GONE");
        }
        note();
        lease.until = now + renew.leaseMillis();
        return "renewed until " + lease.until;
    }

    /** Everything that is due, in order of time; at the same time, expiries and grants precede the end of waits. */
    private void settle() {
        long at = notedAt;
        while (true) {
            Held expiring = first(
                    held, Comparator.<Held>comparingLong(one -> one.until).thenComparing(one -> one.by.leaseId()));
            Waiting leaving =
                    first(queue, Comparator.comparingLong(Waiting::until).thenComparing(one -> one.by.leaseId()));
            long expiry = expiring == null ? NEVER : expiring.until;
            long waitEnd = leaving == null ? NEVER : leaving.until;
            long turn = nextTurn(at);
            long first = Math.min(Math.min(expiry, turn), waitEnd);
            if (first > now) {
                return;
            }
            at = Math.max(at, first);
            note();
            if (expiry == first) {
                held.remove(expiring);
                finish(expiring.by.leaseId(), expiring.until, null);
                Terms terms = expiring.by.claim().terms();
                if (terms != null && terms.onExpiry() == Terms.OnExpiry.REFUND && !expiring.isSettled) {
                    giveBack(taken, expiring.by.leaseId(), expiring.used);
                    if (expiring.group != null && takenByKey.containsKey(expiring.group)) {
                        giveBack(takenByKey.get(expiring.group), expiring.by.leaseId(), expiring.used);
                    }
                }
                forgetIdleKeys();
            } else if (turn == first) {
                serveNext(at);
            } else {
                queue.remove(leaving);
                finish(leaving.by.leaseId(), now, null);
                answer(leaving, "denied TIMED_OUT");
                forgetIdleKeys();
            }
        }
    }

    private void serve() {
        while (next(now) != null && fitsLimit(next(now).by, now)) {
            serveNext(now);
        }
    }

    /** Tries each instant at which something returns; 0 where the next needs no return. */
    private long nextTurn(long at) {
        Waiting waits = next(at);
        if (waits != null && fitsLimit(waits.by, at - 1)) {
            return 0;
        }
        TreeSet<Long> instants = new TreeSet<>(Set.of(at));
        returns(taken, definition.quotas(), instants);
        takenByKey.forEach((key, lists) -> returns(lists, boundsOf(key).quotas(), instants));
        for (long instant : instants.tailSet(at)) {
            Waiting next = instant > now ? null : next(instant);
            if (next != null && fitsLimit(next.by, instant)) {
                return instant;
            }
        }
        return NEVER;
    }

    private void serveNext(long at) {
        Waiting next = Objects.requireNonNull(next(at));
        queue.remove(next);
        boolean isExtended = definition.active() && definition.isExtended();
        answer(next, grant(next.by, isExtended ? at : now));
        forgetIdleKeys();
    }

    /** Whose turn it is: of the first of each group that its key has room for, the first in the order. */
    private @Nullable Waiting next(long at) {
        List<Waiting> heads = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        List<Waiting> byRank = new ArrayList<>(queue);
        byRank.sort(Comparator.comparingLong(Waiting::rank).thenComparingLong(Waiting::place));
        for (Waiting waiting : byRank) {
            if (seen.add(line(waiting.by)) && fitsKey(waiting.by, at)) {
                heads.add(waiting);
            }
        }
        return first(heads, order());
    }

    private Comparator<Waiting> order() {
        Comparator<Waiting> byRank = Comparator.comparingLong(Waiting::rank).thenComparingLong(Waiting::place);
        return definition.isFair()
                ? Comparator.<Waiting>comparingDouble(one -> share(line(one.by)))
                        .thenComparingDouble(one -> virtualTimes.getOrDefault(line(one.by), 0.0))
                        .thenComparing(byRank)
                : byRank;
    }

    /** Whether it would be served at once if it joined the queue. */
    private boolean isFree(AcquireLease acquire) {
        if (!fitsLimit(acquire, now) || !fitsKey(acquire, now)) {
            return false;
        }
        if (queue.isEmpty()) {
            return true;
        }
        String group = group(acquire);
        Double before = virtualTimes.get(String.valueOf(group));
        Waiting newcomer = new Waiting(acquire, place + 1, now, NEVER, null);
        if (definition.isFair()) {
            virtualTimes.put(group, virtualTime(group));
        }
        queue.add(newcomer);
        boolean isNext = newcomer.equals(next(now));
        queue.remove(newcomer);
        if (definition.isFair()) {
            if (before == null) {
                virtualTimes.remove(group);
            } else {
                virtualTimes.put(group, before);
            }
        }
        return isNext;
    }

    private String grant(AcquireLease by, long from) {
        note();
        boolean counts = definition.active();
        String group = group(by);
        long slots = counts && by.claim().isUpTo() ? Math.min(by.slots(), Math.max(1, free(by, from))) : by.slots();
        if (counts && definition.isFair()) {
            double start = virtualTime(group);
            served = Math.max(served, start);
            virtualTimes.put(group, start + slots / weight(group));
        }
        if (counts) {
            add(taken, definition.quotas(), by.leaseId(), slots, from);
            if (group != null) {
                List<Quota> quotas = boundsOf(group).quotas();
                add(takenByKey.computeIfAbsent(group, key -> lists(quotas)), quotas, by.leaseId(), slots, from);
            }
        }
        long until = by.leaseMillis() == 0 ? from : now + by.leaseMillis();
        Held lease = new Held(by, slots, from, until, counts, group);
        if (by.leaseMillis() > 0) {
            held.add(lease);
        } else {
            lease.unleased = counts && definition.limit() != Definition.UNBOUNDED ? slots : 0;
            unleased += lease.unleased;
            finish(by.leaseId(), now, lease);
        }
        forgetIdleKeys();
        return granted(lease);
    }

    private double virtualTime(String group) {
        double own = virtualTimes.getOrDefault(group, 0.0);
        if (queue.stream().anyMatch(waiting -> group.equals(line(waiting.by)))) {
            return own;
        }
        return Math.max(
                own,
                queue.stream()
                        .mapToDouble(waiting -> virtualTimes.getOrDefault(line(waiting.by), 0.0))
                        .min()
                        .orElse(served));
    }

    private long free(AcquireLease acquire, long at) {
        long free = definition.limit() - occupiedNow();
        for (int index = 0; index < definition.quotas().size(); index++) {
            free = Math.min(
                    free, definition.quotas().get(index).slots() - count(taken, definition.quotas(), index, at));
        }
        String key = acquire.claim().key();
        if (definition.perKey() != null && key != null) {
            KeyBounds bounds = boundsOf(key);
            free = Math.min(free, bounds.limit() - occupiedBy(key));
            for (int index = 0; index < bounds.quotas().size(); index++) {
                free = Math.min(free, bounds.quotas().get(index).slots() - countOf(key, bounds, index, at));
            }
        }
        return free;
    }

    private boolean fitsLimit(AcquireLease acquire, long at) {
        long needed = acquire.claim().needed();
        boolean fits = occupiedNow() + needed <= definition.limit();
        for (int index = 0; index < definition.quotas().size(); index++) {
            fits &= count(taken, definition.quotas(), index, at) + needed
                    <= definition.quotas().get(index).slots();
        }
        return fits || !definition.active();
    }

    private boolean fitsKey(AcquireLease acquire, long at) {
        String key = acquire.claim().key();
        if (definition.perKey() == null || key == null || !definition.active()) {
            return true;
        }
        KeyBounds bounds = boundsOf(key);
        long needed = acquire.claim().needed();
        boolean fits = occupiedBy(key) + needed <= bounds.limit();
        for (int index = 0; index < bounds.quotas().size(); index++) {
            fits &= countOf(key, bounds, index, at) + needed
                    <= bounds.quotas().get(index).slots();
        }
        return fits;
    }

    private boolean neverFits(AcquireLease acquire) {
        long needed = acquire.claim().needed();
        if (!definition.active()) {
            return false;
        }
        boolean fits = definition.limit() == 0 || needed <= definition.limit();
        fits &= definition.quotas().stream().allMatch(quota -> needed <= quota.slots());
        String key = acquire.claim().key();
        if (definition.perKey() != null && key != null) {
            KeyBounds bounds = boundsOf(key);
            fits &= bounds.limit() == 0 || needed <= bounds.limit();
            fits &= bounds.quotas().stream().allMatch(quota -> needed <= quota.slots());
        }
        return !fits;
    }

    private long occupiedNow() {
        return unleased
                + held.stream()
                        .filter(lease -> lease.counts)
                        .mapToLong(lease -> lease.used)
                        .sum();
    }

    private long occupiedBy(String group) {
        return held.stream()
                .filter(lease -> lease.counts && group.equals(lease.group))
                .mapToLong(lease -> lease.used)
                .sum();
    }

    private double share(String group) {
        return occupiedBy(group) / weight(group);
    }

    private double weight(String group) {
        return boundsOf(group).weight();
    }

    private KeyBounds boundsOf(String key) {
        return definition.boundsOf(overrides.get(key));
    }

    /** Under which it is counted; null if under none. */
    private @Nullable String group(AcquireLease acquire) {
        String key = acquire.claim().key();
        return key == null && definition.isFair() ? "" : key;
    }

    /** In which it waits. */
    private String line(AcquireLease acquire) {
        String key = acquire.claim().key();
        return definition.isKeyed() && key != null ? key : "";
    }

    private List<Waiting> waitingWith(String key) {
        return queue.stream()
                .filter(waiting -> key.equals(waiting.by.claim().key()))
                .toList();
    }

    private List<Waiting> inOrderOfArrival() {
        List<Waiting> waiters = new ArrayList<>(queue);
        waiters.sort(Comparator.comparingLong(Waiting::place));
        return waiters;
    }

    private void forgetIdleKeys() {
        if (definition == null) {
            return;
        }
        Set<String> groups = new HashSet<>(virtualTimes.keySet());
        groups.addAll(takenByKey.keySet());
        for (String group : groups) {
            boolean isUsed = held.stream().anyMatch(lease -> group.equals(lease.group))
                    || overrides.containsKey(group)
                    || (isOrdered() && queue.stream().anyMatch(waiting -> group.equals(line(waiting.by))));
            List<Quota> quotas = boundsOf(group).quotas();
            for (int index = 0; index < quotas.size(); index++) {
                isUsed |= countOf(group, boundsOf(group), index, now) > 0;
            }
            if (!isUsed) {
                virtualTimes.remove(group);
                takenByKey.remove(group);
            }
        }
    }

    private boolean isOrdered() {
        return definition.isKeyed() || queue.stream().anyMatch(waiting -> waiting.rank() != waiting.since);
    }

    private static List<List<Taken>> lists(List<Quota> quotas) {
        List<List<Taken>> lists = new ArrayList<>();
        quotas.forEach(quota -> lists.add(new ArrayList<>()));
        return lists;
    }

    private static void add(List<List<Taken>> lists, List<Quota> quotas, UUID by, long slots, long at) {
        for (int index = 0; index < quotas.size(); index++) {
            lists.get(index).add(new Taken(end(quotas.get(index), at), by, slots));
        }
    }

    private static void giveBack(List<List<Taken>> lists, UUID by, long slots) {
        for (List<Taken> list : lists) {
            long left = slots;
            while (left > 0) {
                Taken last = first(
                        list.stream().filter(one -> by.equals(one.by)).toList(),
                        Comparator.<Taken>comparingLong(one -> -one.end));
                if (last == null) {
                    break;
                }
                list.remove(last);
                if (last.slots > left) {
                    list.add(new Taken(last.end, by, last.slots - left));
                }
                left -= last.slots;
            }
        }
    }

    private List<List<Taken>> converted(List<List<Taken>> lists, List<Quota> before, List<Quota> after) {
        if (periods(before).equals(periods(after))) {
            return lists;
        }
        List<List<Taken>> converted = lists(after);
        for (int index = 0; index < after.size(); index++) {
            int from = periods(before).indexOf(after.get(index).period());
            if (from < 0 && after.get(index).period() instanceof SlidingPeriod) {
                long longest = 0;
                for (int other = 0; other < before.size(); other++) {
                    if (before.get(other).period() instanceof SlidingPeriod sliding && sliding.seconds() > longest) {
                        longest = sliding.seconds();
                        from = other;
                    }
                }
            }
            for (Taken one : from < 0 ? List.<Taken>of() : lists.get(from)) {
                if (returned(before.get(from), one.end) > now) {
                    converted.get(index).add(new Taken(one.end, null, one.slots));
                }
            }
        }
        return converted;
    }

    private static List<Object> periods(List<Quota> quotas) {
        return quotas.stream().<Object>map(Quota::period).toList();
    }

    private long countOf(String key, KeyBounds bounds, int index, long at) {
        List<List<Taken>> lists = takenByKey.get(key);
        return lists == null ? 0 : count(lists, bounds.quotas(), index, at);
    }

    private static long count(List<List<Taken>> lists, List<Quota> quotas, int index, long at) {
        return lists.get(index).stream()
                .filter(one -> returned(quotas.get(index), one.end) > at)
                .mapToLong(Taken::slots)
                .sum();
    }

    private static void returns(List<List<Taken>> lists, List<Quota> quotas, Set<Long> instants) {
        for (int index = 0; index < quotas.size(); index++) {
            for (Taken one : lists.get(index)) {
                instants.add(returned(quotas.get(index), one.end));
            }
        }
    }

    /** End of the sixtieth of the period, or of the minute of the calendar. */
    private static long end(Quota quota, long at) {
        long step = quota.period() instanceof SlidingPeriod sliding ? sliding.seconds() * 1_000 / 60 : 60_000;
        return at - Math.floorMod(at, step) + step;
    }

    private static long returned(Quota quota, long end) {
        return quota.period() instanceof SlidingPeriod sliding ? end + sliding.seconds() * 1_000 : end;
    }

    private String refused(String reason) {
        note();
        return "refused " + reason;
    }

    private static String granted(Held grant) {
        return "granted " + grant.slots + " from " + grant.from + " until " + grant.until;
    }

    private void note() {
        notedAt = now;
    }

    private void answer(Waiting waiting, String what) {
        if (waiting.asker != null) {
            answers.add("to " + waiting.asker.correlationId() + ": " + what);
        }
    }

    private void finish(UUID id, long at, @Nullable Held grant) {
        done.removeIf(earlier -> earlier.id.equals(id));
        done.add(new Done(id, at, grant));
    }

    private static boolean isSame(AcquireLease asked, AcquireLease known) {
        Claim one = asked.claim();
        Claim other = known.claim();
        return one.slots() == other.slots()
                && one.leaseMillis() == other.leaseMillis()
                && Objects.equals(one.terms(), other.terms());
    }

    private @Nullable Held held(UUID id) {
        return held.stream()
                .filter(one -> one.by.leaseId().equals(id))
                .findFirst()
                .orElse(null);
    }

    private @Nullable Waiting waiting(UUID id) {
        return queue.stream()
                .filter(one -> one.by.leaseId().equals(id))
                .findFirst()
                .orElse(null);
    }

    private @Nullable Done done(UUID id) {
        return done.stream()
                .filter(one -> one.id.equals(id) && now < one.at + REMEMBERED_MILLIS)
                .findFirst()
                .orElse(null);
    }

    private static <T> @Nullable T first(List<T> all, Comparator<T> order) {
        return all.stream().min(order).orElse(null);
    }
}
