package io.limitledger.core.law;

import static java.math.BigDecimal.ZERO;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.CancelAcquire;
import io.limitledger.core.command.DeleteLimit;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.command.ReturnSlots;
import io.limitledger.core.command.TakeSlots;
import io.limitledger.core.command.Tick;
import io.limitledger.core.command.UpdateLimit;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Asker;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Holder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.LongBinaryOperator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The simplest possible model of one limit: lists that are searched from end to end, and decimal fractions. It covers
 * concurrency limits with leases, and rate limits without. Written from the design to check the ledger against, it
 * shares no rule with the ledger and is never optimised.
 */
final class NaiveLimit {
    private static final long REMEMBERED_MILLIS = 300_000;

    private @Nullable Definition definition;
    private final List<Held> held = new ArrayList<>();
    private final List<Waiting> queue = new ArrayList<>();
    private final List<Done> done = new ArrayList<>();
    private BigDecimal spent = ZERO;
    private long spentAt;
    private long notedAt;
    private long now;
    private LongBinaryOperator promise = (at, earliest) -> earliest;
    private final List<String> answers = new ArrayList<>();

    private record Held(
            AcquireLease by,
            long from,
            long until,
            boolean occupies,
            @Nullable Asker unconfirmedBy) {}

    private record Waiting(
            AcquireLease by,
            long since,
            long until,
            @Nullable Long startsAt,
            @Nullable Asker asker) {}

    private record Done(UUID id, long at, @Nullable Held grant) {}

    /**
     * Decides a command: the answer to the command, then the answers to waiters.
     *
     * @param promise maps the current time and the earliest possible start to the start that was promised; all in epoch
     * milliseconds
     */
    List<String> decide(LogEntry entry, LongBinaryOperator promise) {
        this.promise = promise;
        if (!entry.command().invalidFields().isEmpty()) {
            return List.of("refused INVALID_COMMAND");
        }
        answers.clear();
        now = definition == null ? entry.timestamp() : Math.max(notedAt, entry.timestamp());
        if (definition != null) {
            settle();
        }
        answers.add(0, reply(entry.command(), entry.asker(), entry.by()));
        return List.copyOf(answers);
    }

    /**
     * Extends all leases held when the command arrives.
     *
     * @param millis by how much
     */
    void prolong(LogEntry entry, long millis) {
        now = Math.max(notedAt, entry.timestamp());
        note();
        held.replaceAll(
                lease -> new Held(lease.by, lease.from, lease.until + millis, lease.occupies, lease.unconfirmedBy));
    }

    BigDecimal occupied() {
        return definition == null ? ZERO : occupiedAt(now);
    }

    int waiting() {
        return queue.size();
    }

    private String reply(LimitCommand command, @Nullable Asker asker, @Nullable String by) {
        if (command instanceof PutLimit put) {
            return put(put);
        }
        if (definition == null) {
            return withoutLimit(command);
        }
        if (command instanceof AcquireLease acquire) {
            return acquire(acquire.ownedBy(by), decay().signum() == 0, asker);
        }
        if (command instanceof TakeSlots take) {
            return acquire(withoutLease(take).ownedBy(by), false, asker);
        }
        if (command instanceof ReturnSlots returned) {
            return returnSlots(returned);
        }
        if (command instanceof ReleaseLease release) {
            return release(release.leaseId(), release.owner());
        }
        if (command instanceof CancelAcquire cancel) {
            return cancel(cancel.leaseId(), cancel.owner());
        }
        if (command instanceof RenewLease renew) {
            return renew(renew);
        }
        if (command instanceof UpdateLimit update) {
            return update(update.change());
        }
        return command instanceof DeleteLimit ? delete() : "settled";
    }

    private static AcquireLease withoutLease(TakeSlots take) {
        return new AcquireLease(take.limit(), take.leaseId(), take.slots(), 0, 0, take.holder(), List.of());
    }

    private String withoutLimit(LimitCommand command) {
        if (command instanceof ReleaseLease) {
            return "released";
        }
        if (command instanceof CancelAcquire) {
            return "cancelled";
        }
        if (command instanceof RenewLease) {
            return "refused LEASE_GONE";
        }
        return command instanceof Tick ? "settled" : "refused LIMIT_NOT_FOUND";
    }

    private String put(PutLimit put) {
        if (definition == null) {
            definition = put.definition();
            notedAt = now;
            spentAt = now;
            return "stored, new";
        }
        return put.mustBeNew() ? refused("LIMIT_EXISTS") : define(put.definition());
    }

    private String define(Definition changed) {
        note();
        boolean isReduced =
                changed.limit() < definition.limit() || changed.slotDecayPerSecond() < definition.slotDecayPerSecond();
        if (changed.active() && isReduced) {
            grantPromisedStarts();
        }
        definition = changed;
        for (Waiting waiting : List.copyOf(queue)) {
            if (neverFits(waiting.by) || (decay().signum() == 0 && waiting.by.leaseMillis() == 0)) {
                queue.remove(waiting);
                finish(waiting.by.leaseId(), now, null);
                answerWaiter(waiting, neverFits(waiting.by) ? "refused SLOTS_EXCEED_LIMIT" : "refused LEASE_REQUIRED");
            }
        }
        serve();
        return "stored";
    }

    private String update(UpdateLimit.DefinitionChange change) {
        note();
        if (change.unleasedSlots() != null) {
            if (BigDecimal.valueOf(change.unleasedSlots()).compareTo(spent.setScale(6, RoundingMode.CEILING)) > 0) {
                grantPromisedStarts();
            }
            spent = BigDecimal.valueOf(change.unleasedSlots());
        }
        return define(new Definition(
                Objects.requireNonNullElse(change.limit(), definition.limit()),
                Objects.requireNonNullElse(change.slotDecayPerSecond(), definition.slotDecayPerSecond()),
                Objects.requireNonNullElse(change.active(), definition.active())));
    }

    private String returnSlots(ReturnSlots returned) {
        if (!definition.active()) {
            return "returned 0.000000";
        }
        note();
        BigDecimal earlier = spent.setScale(6, RoundingMode.CEILING);
        spent = spent.subtract(BigDecimal.valueOf(returned.slots())).max(ZERO);
        serve();
        return "returned " + earlier.min(BigDecimal.valueOf(returned.slots())).setScale(6);
    }

    private String delete() {
        queue.forEach(waiting -> answerWaiter(waiting, "refused LIMIT_DELETED"));
        definition = null;
        held.clear();
        queue.clear();
        done.clear();
        spent = ZERO;
        return "deleted";
    }

    private String acquire(AcquireLease acquire, boolean needsLease, @Nullable Asker asker) {
        Held lease = held(acquire.leaseId());
        if (lease != null) {
            return isSame(acquire, lease.by) ? granted(lease) : refused("LEASE_ID_TAKEN");
        }
        Waiting waiting = waiting(acquire.leaseId());
        if (waiting != null) {
            return isSame(acquire, waiting.by) ? waitOn(waiting, asker) : refused("LEASE_ID_TAKEN");
        }
        Done earlier = done(acquire.leaseId());
        if (earlier != null && earlier.grant != null) {
            return isSame(acquire, earlier.grant.by) ? granted(earlier.grant) : refused("LEASE_ID_TAKEN");
        }
        if (earlier != null) {
            return refused("LEASE_GONE");
        }
        if (neverFits(acquire)) {
            return refused("SLOTS_EXCEED_LIMIT");
        }
        if (needsLease && acquire.leaseMillis() == 0) {
            return refused("LEASE_REQUIRED");
        }
        if (queue.isEmpty() && fits(acquire, now)) {
            return grant(acquire);
        }
        note();
        long until = now + acquire.waitMillis();
        Long startsAt = canPromise() ? promise.applyAsLong(now, earliestStart(acquire.slots())) : null;
        if (acquire.waitMillis() == 0 || (startsAt != null && startsAt > until)) {
            String why = "denied " + (definition.limit() == 0 ? "PAUSED" : "FULL") + ", retry after ";
            return why + Math.max(1, startsAt == null ? retryMillis(acquire.slots()) : startsAt - now);
        }
        Waiting last = new Waiting(acquire, now, until, startsAt, asker);
        queue.add(last);
        return answer(last);
    }

    private static String answer(Waiting waiting) {
        return waiting.startsAt == null
                ? "queued until " + waiting.until
                : granted(new Held(
                        waiting.by, waiting.startsAt, waiting.startsAt + waiting.by.leaseMillis(), true, null));
    }

    private String waitOn(Waiting waiting, @Nullable Asker asker) {
        if (!Objects.equals(asker, waiting.asker)) {
            note();
            queue.set(
                    queue.indexOf(waiting),
                    new Waiting(waiting.by, waiting.since, waiting.until, waiting.startsAt, asker));
        }
        return answer(waiting);
    }

    private boolean canPromise() {
        return decay().signum() > 0 && definition.active() && definition.limit() > 0;
    }

    /** The earliest start behind all waiters, served one after the other. */
    private long earliestStart(long slots) {
        BigDecimal level = occupiedAt(now);
        long at = now;
        for (Waiting earlier : queue) {
            long start = at + millisUntilFits(earlier.by.slots(), level);
            level = drained(level, start - at).add(BigDecimal.valueOf(earlier.by.slots()));
            at = start;
        }
        return at + millisUntilFits(slots, level);
    }

    private long millisUntilFits(long slots, BigDecimal level) {
        return Math.max(
                0,
                level.add(BigDecimal.valueOf(slots - definition.limit()))
                        .multiply(BigDecimal.valueOf(1_000))
                        .divide(decay(), 0, RoundingMode.CEILING)
                        .longValueExact());
    }

    /** Grants the promised starts before a change could delay them; a waiter that could start earlier by now does. */
    private void grantPromisedStarts() {
        if (!canPromise()) {
            return;
        }
        BigDecimal level = occupiedAt(now);
        long at = now;
        for (Waiting waiting : List.copyOf(queue)) {
            long start = at + millisUntilFits(waiting.by.slots(), level);
            if (waiting.startsAt != null) {
                start = Math.min(waiting.startsAt, start);
                queue.remove(waiting);
                String grant = recordGrant(lease(waiting.by, start, start));
                if (waiting.startsAt != start) {
                    answerWaiter(waiting, grant);
                }
            }
            level = drained(level, start - at).add(BigDecimal.valueOf(waiting.by.slots()));
            at = start;
        }
    }

    private String release(UUID id, @Nullable String owner) {
        Held lease = held(id);
        if (isOfAnother(lease, owner) || (lease == null && isOfAnother(waiting(id), owner))) {
            return refused("NOT_OWNER");
        }
        if (lease == null) {
            giveUp(id);
        } else {
            note();
            held.remove(lease);
            finish(id, now, null);
            serve();
        }
        return "released";
    }

    private String cancel(UUID id, @Nullable String owner) {
        Held lease = held(id);
        Done earlier = done(id);
        if (isOfAnother(lease != null || earlier == null ? lease : earlier.grant, owner)
                || isOfAnother(waiting(id), owner)) {
            return refused("NOT_OWNER");
        }
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
            answerWaiter(waiting, "cancelled");
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
        if (isOfAnother(lease, renew.owner())) {
            return refused("NOT_OWNER");
        }
        note();
        AcquireLease by = lease.by.holder() == null ? heldBy(renew.holder(), lease.by) : lease.by;
        held.set(held.indexOf(lease), new Held(by, lease.from, now + renew.leaseMillis(), lease.occupies, null));
        return "renewed until " + (now + renew.leaseMillis());
    }

    private static AcquireLease heldBy(@Nullable Holder holder, AcquireLease by) {
        return new AcquireLease(
                        by.limit(), by.leaseId(), by.slots(), by.leaseMillis(), by.waitMillis(), holder, by.siblings())
                .ownedBy(by.claim().owner());
    }

    private static boolean isOfAnother(@Nullable Held lease, @Nullable String owner) {
        return lease != null && isOfAnother(lease.by, owner);
    }

    private static boolean isOfAnother(@Nullable Waiting waiting, @Nullable String owner) {
        return waiting != null && isOfAnother(waiting.by, owner);
    }

    private static boolean isOfAnother(AcquireLease acquire, @Nullable String owner) {
        String its = acquire.claim().owner();
        return owner != null && its != null && !its.equals(owner);
    }

    /**
     * Applies everything that is due, in order of time. At the same time, expiries and grants precede the end of waits.
     */
    private void settle() {
        long at = notedAt;
        while (true) {
            long nextServiceAt = nextServiceAt();
            Held expiring = first(held, Comparator.comparing(Held::until).thenComparing(one -> one.by.leaseId()));
            Waiting leaving = first(queue, Comparator.comparing(Waiting::until).thenComparing(one -> one.by.leaseId()));
            long expiry = expiring == null ? Long.MAX_VALUE : expiring.until;
            long waitEnd = leaving == null ? Long.MAX_VALUE : leaving.until;
            long first = Math.min(Math.min(expiry, nextServiceAt), waitEnd);
            if (first > now) {
                break;
            }
            at = Math.max(at, first);
            if (expiry == first) {
                noteClock();
                held.remove(expiring);
                finish(expiring.by.leaseId(), expiring.until, null);
                abandon(expiring.unconfirmedBy);
            } else if (nextServiceAt == first) {
                serveHead(at);
            } else {
                noteClock();
                leave(leaving);
            }
        }
    }

    /** Removes the other waiters of a client that has not confirmed a grant. */
    private void abandon(@Nullable Asker client) {
        for (Waiting waiting : List.copyOf(queue)) {
            if (client != null && waiting.asker != null && waiting.asker.isSameAs(client)) {
                leave(waiting);
            }
        }
    }

    private void leave(Waiting waiting) {
        queue.remove(waiting);
        finish(waiting.by.leaseId(), now, null);
        answerWaiter(waiting, denied("TIMED_OUT", waiting.by.slots()));
    }

    private void serve() {
        while (nextServiceAt() <= now) {
            serveHead(now);
        }
    }

    /** When the head of the queue may be granted or refused; 0 for at once. */
    private long nextServiceAt() {
        if (queue.isEmpty()) {
            return Long.MAX_VALUE;
        }
        AcquireLease head = queue.get(0).by;
        if (fits(head, spentAt)) {
            return 0;
        }
        boolean comes = decay().signum() > 0 && definition.limit() > 0;
        return comes ? spentAt + millisUntilFits(head.slots(), occupiedAt(spentAt)) : Long.MAX_VALUE;
    }

    private void serveHead(long at) {
        Waiting head = queue.remove(0);
        long start = decay().signum() > 0 && definition.active() ? at : now;
        Held lease = lease(head.by, start, decay().signum() > 0 ? start : now);
        String grant = recordGrant(head.startsAt == null ? unconfirmed(lease, head.asker) : lease);
        if (head.startsAt == null || head.startsAt != start) {
            answerWaiter(head, grant);
        }
    }

    private String grant(AcquireLease acquire) {
        note();
        return recordGrant(lease(acquire, now, now));
    }

    private Held lease(AcquireLease acquire, long start, long knownAt) {
        return new Held(acquire, start, knownAt + acquire.leaseMillis(), definition.active(), null);
    }

    /**
     * The lease as granted after a wait: it ends soon unless it is renewed, if the waiter has said that it confirms.
     */
    private Held unconfirmed(Held lease, @Nullable Asker asker) {
        Long confirmMillis = lease.by.takeUpMillis();
        return confirmMillis == null || confirmMillis > lease.by.leaseMillis()
                ? lease
                : new Held(lease.by, lease.from, now + confirmMillis, lease.occupies, asker);
    }

    private String recordGrant(Held lease) {
        noteClock();
        noteSpent(Math.min(lease.from, now));
        if (lease.by.leaseMillis() > 0) {
            held.add(lease);
        } else {
            spent = lease.occupies ? spent.add(BigDecimal.valueOf(lease.by.slots())) : spent;
            finish(lease.by.leaseId(), now, lease);
        }
        return granted(lease);
    }

    private boolean neverFits(AcquireLease acquire) {
        return definition.active() && definition.limit() > 0 && acquire.slots() > definition.limit();
    }

    private boolean fits(AcquireLease acquire, long at) {
        BigDecimal wanted = occupiedAt(at).add(BigDecimal.valueOf(acquire.slots()));
        return !definition.active() || wanted.compareTo(BigDecimal.valueOf(definition.limit())) <= 0;
    }

    private BigDecimal occupiedAt(long at) {
        long leased = held.stream()
                .filter(Held::occupies)
                .mapToLong(lease -> lease.by.slots())
                .sum();
        return drained(spent, at - spentAt).add(BigDecimal.valueOf(leased));
    }

    private BigDecimal drained(BigDecimal level, long millis) {
        return level.subtract(decay().multiply(BigDecimal.valueOf(Math.max(0, millis), 3)))
                .max(ZERO);
    }

    private BigDecimal decay() {
        return BigDecimal.valueOf(definition.slotDecayPerSecond());
    }

    private String denied(String reason, long slots) {
        return "denied " + reason + ", retry after " + Math.max(1, retryMillis(slots));
    }

    private long retryMillis(long slots) {
        if (decay().signum() > 0 && definition.limit() > 0) {
            return canPromise() ? earliestStart(slots) - now : millisUntilFits(slots, occupiedAt(now));
        }
        Held next = first(held, Comparator.comparing(Held::until));
        return next == null ? 30_000 : Math.min(30_000, next.until - now);
    }

    private String refused(String reason) {
        note();
        return "refused " + reason;
    }

    private static String granted(Held grant) {
        return "granted " + grant.by.slots() + " from " + grant.from + " until " + grant.until;
    }

    /** Advances the limit's clock, as every recorded event does. */
    private void note() {
        noteSpent(now);
        noteClock();
    }

    private void noteClock() {
        notedAt = now;
    }

    private void noteSpent(long at) {
        spent = drained(spent, at - spentAt);
        spentAt = Math.max(spentAt, at);
    }

    private void answerWaiter(Waiting waiting, String what) {
        if (waiting.asker != null) {
            answers.add("to " + waiting.asker.correlationId() + ": " + what);
        }
    }

    private void finish(UUID id, long at, @Nullable Held grant) {
        done.removeIf(earlier -> earlier.id.equals(id));
        done.add(new Done(id, at, grant));
    }

    private static boolean isSame(AcquireLease asked, AcquireLease known) {
        String owner = known.claim().owner();
        return asked.slots() == known.slots()
                && asked.leaseMillis() == known.leaseMillis()
                && (owner == null || owner.equals(asked.claim().owner()))
                && (asked.holder() == null || asked.holder().equals(known.holder()));
    }

    private @Nullable Held held(UUID id) {
        return find(held, one -> one.by.leaseId().equals(id));
    }

    private @Nullable Waiting waiting(UUID id) {
        return find(queue, one -> one.by.leaseId().equals(id));
    }

    private @Nullable Done done(UUID id) {
        return find(done, one -> one.id.equals(id) && now < one.at + REMEMBERED_MILLIS);
    }

    private static <T> @Nullable T find(List<T> all, Predicate<T> wanted) {
        return all.stream().filter(wanted).findFirst().orElse(null);
    }

    private static <T> @Nullable T first(List<T> all, Comparator<T> order) {
        return all.stream().min(order).orElse(null);
    }
}
