package io.limitledger.gateway.faults.proof;

import io.limitledger.core.event.LeaseDenied;
import io.limitledger.core.event.LeaseExpired;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LeaseReleased;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.event.WaiterLeft;
import io.limitledger.core.event.WaiterQueued;
import io.limitledger.gateway.faults.proof.Question.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Law: each answer reports an event of the log, decided between question and answer; and if one call was answered
 * before another was asked, the log has their events in that order.
 */
final class AnswersMatchTheLog implements Law {
    /** An answer and the event that it reports. An acquire counts from the first question with its id. */
    private record Reported(Call call, Moment asked, LimitEvent event) {}

    @Override
    public List<Finding> violations(History history) {
        List<Finding> found = new ArrayList<>();
        Map<UUID, LeaseEvents> leases = LeaseEvents.all(history);
        Map<UUID, Moment> firstAsked = firstAsked(history.calls());
        Map<String, List<Reported>> reported = new HashMap<>();
        for (Call call : history.calls()) {
            if (call.leaseId() != null) {
                LeaseEvents lease = leases.getOrDefault(call.leaseId(), LeaseEvents.empty(call.leaseId()));
                LimitEvent event = check(call, lease, found);
                if (event != null) {
                    boolean isAcquire = call.asked().kind() == Kind.ACQUIRE;
                    Moment asked = isAcquire ? firstAsked.get(call.leaseId()) : call.start();
                    reported.computeIfAbsent(event.limit(), limit -> new ArrayList<>())
                            .add(new Reported(call, asked, event));
                }
            }
        }
        reported.values().forEach(reports -> checkTimes(reports, found));
        reported.values().forEach(reports -> checkOrder(reports, found));
        return found;
    }

    private static Map<UUID, Moment> firstAsked(List<Call> calls) {
        Map<UUID, Moment> first = new HashMap<>();
        for (Call call : calls) {
            if (call.asked().kind() == Kind.ACQUIRE && call.leaseId() != null) {
                first.merge(call.leaseId(), call.start(), (one, other) -> one.nanos() <= other.nanos() ? one : other);
            }
        }
        return first;
    }

    /** The event that an answer reports; null if it reports none. */
    private @Nullable LimitEvent check(Call call, LeaseEvents lease, List<Finding> found) {
        return switch (call.answer().result()) {
            case GRANTED -> granted(call, lease, found);
            case RENEWED -> renewed(call, lease, found);
            case DENIED -> denied(call, lease, found);
            case RELEASED -> released(call, lease, found);
            case GONE -> gone(call, lease, found);
            case WRONG -> finding(call, "The answer is not valid for the question", found);
            case HELD, UNKNOWN -> null;
        };
    }

    private @Nullable LimitEvent granted(Call call, LeaseEvents lease, List<Finding> found) {
        LimitEvent granted = lease.first(LeaseGranted.class);
        Answer answer = call.answer();
        if (granted == null || answer.expiresAt() == null) {
            // Whether it is in the log is checked by GrantsAreKept.
            return null;
        }
        if (call.asked().isSpending()) {
            return spent(call, lease, found);
        }
        return lease.toEndAt(answer.expiresAt()) == null
                ? finding(call, "The log has no such end of the lease, but " + granted, found)
                : granted;
    }

    /** Checks spent slots. Their start may have been promised by the answer, and have moved forward since. */
    private @Nullable LimitEvent spent(Call call, LeaseEvents lease, List<Finding> found) {
        Long startsAt = call.answer().startsAt();
        if (call.end().millis() + History.CLOCK_MILLIS < startsAt) {
            return finding(call, "The answer came before the start of the slots", found);
        }
        return Stream.of(lease.first(WaiterQueued.class), lease.first(LeaseGranted.class))
                .filter(event -> event != null && startsAt.equals(startOf(event)))
                .findFirst()
                .orElseGet(() -> finding(call, "The log has no such start", found));
    }

    private static @Nullable Long startOf(LimitEvent event) {
        return event.fact() instanceof WaiterQueued queued
                ? queued.waiter().startsAt()
                : Long.valueOf(((LeaseGranted) event.fact()).lease().startsAt());
    }

    private @Nullable LimitEvent renewed(Call call, LeaseEvents lease, List<Finding> found) {
        LimitEvent renewed = lease.toEndAt(call.answer().expiresAt());
        return renewed == null ? finding(call, "The renewal is not in the log", found) : renewed;
    }

    /** Checks a denial: at once, at the end of the wait, or because a grant expired before it was confirmed. */
    private @Nullable LimitEvent denied(Call call, LeaseEvents lease, List<Finding> found) {
        return Stream.of(LeaseDenied.class, WaiterLeft.class, LeaseExpired.class)
                .flatMap(kind -> lease.events(kind).stream())
                .filter(event -> isWithin(event, call.start(), call))
                .findFirst()
                .orElseGet(() -> finding(call, "The denial is not in the log", found));
    }

    /** Checks a release: every lease or wait from before the question has ended by the answer. */
    private @Nullable LimitEvent released(Call call, LeaseEvents lease, List<Finding> found) {
        boolean existed = Stream.of(LeaseGranted.class, WaiterQueued.class)
                .flatMap(kind -> lease.events(kind).stream())
                .anyMatch(event ->
                        event.at() + History.CLOCK_MILLIS < call.start().millis());
        if (existed
                && !call.asked().isSpending()
                && !lease.hasEndedBy(call.end().millis() + History.CLOCK_MILLIS)) {
            return finding(call, "The log still has a lease or a wait; its last end is " + lease.end(), found);
        }
        LimitEvent released = lease.first(LeaseReleased.class);
        return released != null && isWithin(released, call.start(), call) ? released : null;
    }

    /** Checks a loss: the lease was not held during the whole time from question to answer. */
    private @Nullable LimitEvent gone(Call call, LeaseEvents lease, List<Finding> found) {
        LimitEvent granted = lease.first(LeaseGranted.class);
        boolean wasHeld = granted != null
                && granted.at() + History.CLOCK_MILLIS < call.start().millis();
        return wasHeld && !lease.hasEndedBy(call.end().millis() + History.CLOCK_MILLIS)
                ? finding(call, "The log has the lease as held", found)
                : null;
    }

    private @Nullable LimitEvent finding(Call call, String what, List<Finding> found) {
        found.add(Finding.at(this, call, what));
        return null;
    }

    private static boolean isWithin(LimitEvent event, Moment asked, Call call) {
        return asked.millis() - History.CLOCK_MILLIS <= event.at()
                && event.at() <= call.end().millis() + History.CLOCK_MILLIS;
    }

    private void checkTimes(List<Reported> all, List<Finding> found) {
        for (Reported reported : all) {
            if (!isWithin(reported.event(), reported.asked(), reported.call())) {
                String what = "Expected an event between " + reported.asked() + " and the answer, but got ";
                found.add(Finding.at(this, reported.call(), what + reported.event()));
            }
        }
    }

    private void checkOrder(List<Reported> all, List<Finding> found) {
        List<Reported> byAnswer = all.stream()
                .sorted(Comparator.comparingLong(
                        reported -> reported.call().end().nanos()))
                .toList();
        List<Reported> byQuestion = all.stream()
                .sorted(Comparator.comparingLong(reported -> reported.asked().nanos()))
                .toList();
        int answered = 0;
        long offset = -1;
        for (Reported reported : byQuestion) {
            while (byAnswer.get(answered).call().end().nanos()
                    < reported.asked().nanos()) {
                offset = Math.max(offset, byAnswer.get(answered).event().offset());
                answered++;
            }
            if (reported.event().offset() < offset) {
                String what = "Expected an event after command " + offset
                        + ", which was answered before the question, but got ";
                found.add(Finding.at(this, reported.call(), what + reported.event()));
            }
        }
    }
}
