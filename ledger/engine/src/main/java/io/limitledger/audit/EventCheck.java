package io.limitledger.audit;

import io.limitledger.core.event.LeaseExpired;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LeaseReleased;
import io.limitledger.core.event.LeaseRenewed;
import io.limitledger.core.event.LeaseSettled;
import io.limitledger.core.event.LeasesProlonged;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.LedgerState;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Waiter;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of every event, whatever the rules were: no more is granted than fits, what comes back was held, and
 * nothing lives after its end. Written without the rules, so that a mistake of theirs shows.
 */
final class EventCheck {
    /** Called with what is wrong. */
    interface Report {
        void add(Finding.Kind kind, String what);
    }

    private final LimitEvent event;
    private final LedgerState state;
    private final Limit limit;
    private final Report report;

    private EventCheck(LimitEvent event, LedgerState state, Limit limit, Report report) {
        this.event = event;
        this.state = state;
        this.limit = limit;
        this.report = report;
    }

    /** Compares an event with the state before it. */
    static void check(LimitEvent event, LedgerState state, Report report) {
        Limit limit = state.limit(event.limit());
        if (limit != null) {
            new EventCheck(event, state, limit, report).check();
        }
    }

    private void check() {
        if (event.at() < limit.decidedAt()) {
            report.add(Finding.Kind.IMPOSSIBLE, "Expected a time not before that of the event before, but got less");
        }
        if (event.fact() instanceof LeaseGranted granted) {
            granted(granted);
        } else if (event.fact() instanceof LeaseReleased released) {
            back(released.leaseId(), released.freedMicros(), released.bucket(), event.at());
        } else if (event.fact() instanceof LeaseExpired expired) {
            back(expired.leaseId(), expired.freedMicros(), expired.bucket(), expired.expiresAt());
        } else if (event.fact() instanceof LeaseRenewed renewed) {
            alive(renewed.leaseId(), event.at());
        } else if (event.fact() instanceof LeasesProlonged prolonged) {
            prolonged(prolonged.byMillis());
        }
        names();
    }

    /** What falls due is no one's doing, and what is granted belongs to the principal that asked for it. */
    private void names() {
        boolean fellDue = event.fact() instanceof LeaseExpired || event.fact() instanceof LeasesProlonged;
        if (fellDue && event.by() != null) {
            report.add(
                    Finding.Kind.IMPOSSIBLE,
                    "Expected to be by no one, because it fell due by itself, but it says " + event.by());
        }
        if (event.fact() instanceof LeaseGranted granted) {
            UUID leaseId = granted.lease().leaseId();
            Waiter waiter = limit.waiting() == 0 ? null : state.waiter(event.limit(), leaseId);
            owner(granted.lease(), waiter == null ? event.by() : waiter.claim().owner());
        } else if (event.fact() instanceof LeaseSettled settled) {
            Lease before = state.lease(event.limit(), settled.lease().leaseId());
            owner(
                    settled.lease(),
                    before == null
                            ? settled.lease().claim().owner()
                            : before.claim().owner());
        }
    }

    private void owner(Lease lease, @Nullable String expected) {
        String owner = lease.claim().owner();
        if (!Objects.equals(owner, expected)) {
            report.add(
                    Finding.Kind.IMPOSSIBLE,
                    "Expected " + (expected == null ? "no owner" : "owner " + expected) + " of lease " + lease.leaseId()
                            + ", but it says " + (owner == null ? "none" : owner));
        }
    }

    private void granted(LeaseGranted granted) {
        Lease lease = granted.lease();
        Bucket before = limit.bucketAt(granted.bucket().settledAt());
        if (granted.bucket().levelMicros() != before.levelMicros() + lease.takenMicros()) {
            report.add(
                    Finding.Kind.IMPOSSIBLE,
                    "Expected " + (before.levelMicros() + lease.takenMicros()) + " micro-slots occupied, but it says "
                            + granted.bucket().levelMicros());
        }
        boolean isPromiseBeforeAnEdit = lease.startsAt() > event.at();
        long most = limit.definition().limit() * Bucket.MICROS;
        if (lease.takenMicros() > 0
                && !isPromiseBeforeAnEdit
                && granted.bucket().levelMicros() > most) {
            report.add(
                    Finding.Kind.EXCEEDED,
                    "Expected at most " + most + " micro-slots occupied, but got "
                            + granted.bucket().levelMicros());
        }
        if (state.lease(event.limit(), lease.leaseId()) != null) {
            report.add(Finding.Kind.IMPOSSIBLE, "Expected a new lease, but " + lease.leaseId() + " is held already");
        }
    }

    private void back(UUID leaseId, long freedMicros, Bucket after, long at) {
        Lease lease = alive(leaseId, at);
        Bucket before = limit.bucketAt(after.settledAt());
        if (lease != null && freedMicros > lease.takenMicros()) {
            report.add(Finding.Kind.EXCEEDED, "Expected to free what was taken, but " + freedMicros + " were freed");
        }
        if (after.levelMicros() != before.levelMicros() - freedMicros) {
            report.add(
                    Finding.Kind.IMPOSSIBLE,
                    "Expected " + (before.levelMicros() - freedMicros) + " micro-slots occupied, but it says "
                            + after.levelMicros());
        }
    }

    private void prolonged(long byMillis) {
        long most = event.at() - limit.decidedAt();
        if (byMillis <= 0 || byMillis > most) {
            report.add(
                    Finding.Kind.IMPOSSIBLE,
                    "Expected leases to be prolonged by at most the " + most + " ms since the event before, but got "
                            + byMillis);
        }
    }

    private @Nullable Lease alive(UUID leaseId, long at) {
        Lease lease = state.lease(event.limit(), leaseId);
        if (lease == null) {
            report.add(Finding.Kind.IMPOSSIBLE, "Expected a lease that is held, but " + leaseId + " is not");
        } else if (lease.expiresAt() < at) {
            report.add(Finding.Kind.OUTLIVED, "Expected lease " + leaseId + " to be over, but it was still used");
        }
        return lease;
    }
}
