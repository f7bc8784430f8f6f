package io.limitledger.gateway.faults.proof;

import io.limitledger.core.event.Fact;
import io.limitledger.core.event.LeaseExpired;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LeaseReleased;
import io.limitledger.core.event.LeaseRenewed;
import io.limitledger.core.event.LeasesProlonged;
import io.limitledger.core.event.LimitCreated;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.event.WaiterQueued;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Waiter;
import io.limitledger.gateway.faults.proof.Answer.Result;
import io.limitledger.gateway.faults.proof.Question.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Builds a history for a test. Events and calls follow each other, at times in milliseconds. */
final class Sample {
    static final String LIMIT = "database";
    static final String RATE = "calls";
    static final long LEASE_MILLIS = 1_000;

    private final Map<String, List<LimitEvent>> events = new HashMap<>();
    private final List<Call> calls = new ArrayList<>();
    private final List<Disturbance> disturbances = new ArrayList<>();
    private long offset;
    private long lost;

    /** A history with a concurrency limit of two slots, and a rate limit of two slots a second. */
    Sample() {
        event(LIMIT, 0, new LimitCreated(new UUID(0, 0), new Definition(2, 0, true)));
        event(RATE, 0, new LimitCreated(new UUID(0, 1), new Definition(2, 2, true)));
    }

    static UUID id(int lease) {
        return new UUID(7, lease);
    }

    Sample event(String limit, long at, Fact fact) {
        List<LimitEvent> ofLimit = events.computeIfAbsent(limit, name -> new ArrayList<>());
        ofLimit.add(new LimitEvent(limit, ofLimit.size() + lost + 1, at, 1, offset++, fact));
        return this;
    }

    /** Removes an event, as if the log had lost it; later events keep their numbers. */
    Sample withoutTheEvent(int index) {
        events.get(LIMIT).remove(index);
        lost++;
        return this;
    }

    Sample granted(int lease, long slots, long at) {
        return event(LIMIT, at, grant(LIMIT, lease, slots, at, LEASE_MILLIS));
    }

    Sample spent(int lease, long slots, long startsAt) {
        return event(RATE, startsAt, grant(RATE, lease, slots, startsAt, 0));
    }

    private static LeaseGranted grant(String limit, int lease, long slots, long at, long leaseMillis) {
        Lease granted = new Lease(
                new Claim(id(lease), limit, slots, leaseMillis, null, List.of()),
                slots * Bucket.MICROS,
                0,
                at,
                at,
                at + leaseMillis,
                null);
        return new LeaseGranted(granted, 0, Bucket.empty(at));
    }

    Sample renewed(int lease, long at) {
        return event(LIMIT, at, new LeaseRenewed(id(lease), at + LEASE_MILLIS, null));
    }

    /** A prolongation after an absence. */
    Sample prolonged(long byMillis, long at) {
        return event(LIMIT, at, new LeasesProlonged(byMillis));
    }

    Sample released(int lease, long at) {
        return event(LIMIT, at, new LeaseReleased(id(lease), 0, Bucket.empty(at), null, null));
    }

    Sample expired(int lease, long expiresAt, long at) {
        return event(LIMIT, at, new LeaseExpired(id(lease), expiresAt, 0, Bucket.empty(at), null, null));
    }

    Sample queued(int lease, long at) {
        Waiter waiter = new Waiter(
                new Claim(id(lease), LIMIT, 1, LEASE_MILLIS, null, List.of()), null, lease, at, at + 9_000, null, null);
        return event(LIMIT, at, new WaiterQueued(waiter, null));
    }

    /** A call with its answer. */
    Sample call(Kind kind, int lease, long slots, long from, long to, Result result, Long expiresAt) {
        Question asked = new Question(kind, LIMIT, id(lease), slots, LEASE_MILLIS, 0);
        Answer answer = new Answer(result, expiresAt, expiresAt, "");
        calls.add(new Call("client", "way", asked, moment(from), moment(to), answer));
        return this;
    }

    Sample heldFrom(int lease, long slots, long at) {
        return call(Kind.ACQUIRE, lease, slots, at - 5, at + 5, Result.GRANTED, at + LEASE_MILLIS);
    }

    Sample releasedBy(int lease, long at) {
        return call(Kind.RELEASE, lease, 1, at - 5, at + 5, Result.RELEASED, null);
    }

    private static Moment moment(long millis) {
        return new Moment(millis * 1_000_000, millis);
    }

    Sample disturbed(long from, long until) {
        disturbances.add(new Disturbance("", from, until));
        return this;
    }

    History history() {
        return new History(calls, events, disturbances);
    }

    /** The names of the violated laws. */
    List<String> violated() {
        return Proof.violations(history()).stream().map(Finding::law).distinct().toList();
    }
}
