package io.limitledger.simulation;

import io.limitledger.core.event.LeaseExpired;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LeaseSettled;
import io.limitledger.core.event.LimitAdopted;
import io.limitledger.core.event.LimitDeleted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.event.LimitLeft;
import io.limitledger.core.event.LimitUpdated;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Quota;
import io.limitledger.core.state.SlidingPeriod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Invariant: a grant leaves no quota of its limit exceeded, whatever was settled before. Counted since the limit's quotas were
 * last changed, without any state of the ledger. Quotas of the calendar only while the broker's clock has never stepped back,
 * since it then shows a time twice, and a promise is kept that was given before.
 */
final class QuotasAreKept extends Invariant {
    private static final long SECONDS_TO_MILLIS = 1_000;

    private final Map<String, List<Charge>> charges = new HashMap<>();

    /**
     * Slots that were taken at a time.
     *
     * @param at by the partition's time, epoch milliseconds
     * @param clock by the broker's clock, epoch milliseconds
     */
    private record Charge(UUID leaseId, long at, long clock, long slots) {}

    @Override
    void onEvent(LimitEvent event, Page before, LogEntry entry, long aheadMillis) {
        List<Charge> known = charges.computeIfAbsent(event.limit(), name -> new ArrayList<>());
        if (event.fact() instanceof LeaseGranted granted && takes(granted.lease(), before.definition)) {
            Lease lease = granted.lease();
            Charge charge =
                    new Charge(lease.leaseId(), lease.startsAt(), lease.startsAt() - aheadMillis, lease.slots());
            known.add(charge);
            before.definition.quotas().forEach(quota -> check(charge, quota, known));
        } else if (event.fact() instanceof LeaseSettled settled && takes(settled.lease(), before.definition)) {
            settle(settled.lease(), event.at(), aheadMillis, known);
        } else if (event.fact() instanceof LeaseExpired expired && Boolean.TRUE.equals(expired.refunded())) {
            known.removeIf(charge -> charge.leaseId().equals(expired.leaseId()));
        } else if (beginsAnew(event, before)) {
            known.clear();
        }
    }

    private static boolean takes(Lease lease, Definition definition) {
        return !definition.quotas().isEmpty() && lease.spend() != null && (definition.active() || lease.used() != null);
    }

    private static boolean beginsAnew(LimitEvent event, Page before) {
        return event.fact() instanceof LimitAdopted
                || event.fact() instanceof LimitDeleted
                || event.fact() instanceof LimitLeft
                || (event.fact() instanceof LimitUpdated updated
                        && !updated.definition().quotas().equals(before.definition.quotas()));
    }

    private void check(Charge last, Quota quota, List<Charge> known) {
        boolean hasStepped = last.at() != last.clock();
        boolean isCalendar = !(quota.period() instanceof SlidingPeriod);
        if ((isCalendar && hasStepped) || known.stream().anyMatch(charge -> charge.at() > last.at())) {
            return;
        }
        long slots = known.stream()
                .filter(charge -> countsWith(charge, last, quota))
                .mapToLong(Charge::slots)
                .sum();
        require(slots <= quota.slots(), () -> slots + " slots were taken within " + quota + " by " + last);
    }

    private static boolean countsWith(Charge charge, Charge last, Quota quota) {
        return quota.period() instanceof SlidingPeriod sliding
                ? charge.at() > last.at() - sliding.seconds() * SECONDS_TO_MILLIS
                : quota.period().stretchEnd(charge.clock()) == quota.period().stretchEnd(last.clock());
    }

    private static void settle(Lease lease, long at, long aheadMillis, List<Charge> known) {
        long more = lease.usedSlots() - taken(lease.leaseId(), known);
        if (more > 0) {
            known.add(new Charge(lease.leaseId(), at, at - aheadMillis, more));
        }
        for (int i = known.size() - 1; more < 0 && i >= 0; i--) {
            Charge charge = known.get(i);
            if (charge.leaseId().equals(lease.leaseId())) {
                long less = Math.min(charge.slots(), -more);
                more += less;
                known.set(i, new Charge(charge.leaseId(), charge.at(), charge.clock(), charge.slots() - less));
            }
        }
    }

    private static long taken(UUID leaseId, List<Charge> known) {
        return known.stream()
                .filter(charge -> charge.leaseId().equals(leaseId))
                .mapToLong(Charge::slots)
                .sum();
    }
}
