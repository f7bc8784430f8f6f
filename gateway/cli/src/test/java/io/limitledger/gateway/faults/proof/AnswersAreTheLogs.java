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
 * Each answer reports what is in the log, decided between question and answer; and of two calls of which one was answered
 * before the other was asked, the log has the first one first.
 */
final class AnswersAreTheLogs implements Law {
    /** An answer and the event that it reports. An acquire counts from when its id was first asked for. */
    private record Reported(Call call, Moment asked, LimitEvent event) {}

    @Override
    public List<Finding> violations(History history) {
        List<Finding> found = new ArrayList<>();
        Map<UUID, LeaseStory> stories = LeaseStory.all(history);
        Map<UUID, Moment> firstAsked = firstAsked(history.calls());
        Map<String, List<Reported>> reported = new HashMap<>();
        for (Call call : history.calls()) {
            if (call.leaseId() != null) {
                LeaseStory story = stories.getOrDefault(call.leaseId(), LeaseStory.empty(call.leaseId()));
                LimitEvent event = check(call, story, found);
                if (event != null) {
                    boolean isAcquire = call.asked().kind() == Kind.ACQUIRE;
                    Moment asked = isAcquire ? firstAsked.get(call.leaseId()) : call.start();
                    reported.computeIfAbsent(event.limit(), limit -> new ArrayList<>())
                            .add(new Reported(call, asked, event));
                }
            }
        }
        reported.values().forEach(ofLimit -> checkTimes(ofLimit, found));
        reported.values().forEach(ofLimit -> checkOrder(ofLimit, found));
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
    private @Nullable LimitEvent check(Call call, LeaseStory story, List<Finding> found) {
        return switch (call.answer().result()) {
            case GRANTED -> granted(call, story, found);
            case RENEWED -> renewed(call, story, found);
            case DENIED -> denied(call, story, found);
            case RELEASED -> released(call, story, found);
            case GONE -> gone(call, story, found);
            case WRONG -> finding(call, "Expected another answer", found);
            case HELD, UNKNOWN -> null;
        };
    }

    private @Nullable LimitEvent granted(Call call, LeaseStory story, List<Finding> found) {
        LimitEvent granted = story.first(LeaseGranted.class);
        Answer answer = call.answer();
        if (granted == null || answer.expiresAt() == null) {
            // Whether it is in the log is for another law.
            return null;
        }
        if (call.asked().isSpending()) {
            return spent(call, story, found);
        }
        return story.toEndAt(answer.expiresAt()) == null
                ? finding(call, "Expected an end that the log knows, which has " + granted, found)
                : granted;
    }

    /** Its start may have been promised when it was asked for; it may have come earlier since. */
    private @Nullable LimitEvent spent(Call call, LeaseStory story, List<Finding> found) {
        Long startsAt = call.answer().startsAt();
        if (call.end().millis() + History.CLOCK_MILLIS < startsAt) {
            return finding(call, "Expected the answer at the start, but it came earlier", found);
        }
        return Stream.of(story.first(WaiterQueued.class), story.first(LeaseGranted.class))
                .filter(event -> event != null && startsAt.equals(startOf(event)))
                .findFirst()
                .orElseGet(() -> finding(call, "Expected a start that the log knows", found));
    }

    private static @Nullable Long startOf(LimitEvent event) {
        return event.fact() instanceof WaiterQueued queued
                ? queued.waiter().startsAt()
                : Long.valueOf(((LeaseGranted) event.fact()).lease().startsAt());
    }

    private @Nullable LimitEvent renewed(Call call, LeaseStory story, List<Finding> found) {
        LimitEvent renewed = story.toEndAt(call.answer().expiresAt());
        return renewed == null ? finding(call, "Expected the renewal in the log, but it is not there", found) : renewed;
    }

    /** Denied at once, or at the end of its wait; or it was granted and has expired before it could be confirmed. */
    private @Nullable LimitEvent denied(Call call, LeaseStory story, List<Finding> found) {
        return Stream.of(LeaseDenied.class, WaiterLeft.class, LeaseExpired.class)
                .flatMap(kind -> story.events(kind).stream())
                .filter(event -> isWithin(event, call.start(), call))
                .findFirst()
                .orElseGet(() -> finding(call, "Expected the denial in the log, but it is not there", found));
    }

    /** Whatever was held or waited before it was asked is over when it is answered. */
    private @Nullable LimitEvent released(Call call, LeaseStory story, List<Finding> found) {
        boolean wasThere = Stream.of(LeaseGranted.class, WaiterQueued.class)
                .flatMap(kind -> story.events(kind).stream())
                .anyMatch(event ->
                        event.at() + History.CLOCK_MILLIS < call.start().millis());
        if (wasThere && !call.asked().isSpending() && !story.isOverBy(call.end().millis() + History.CLOCK_MILLIS)) {
            return finding(call, "Expected nothing to be held any more, but the log has " + story.over(), found);
        }
        LimitEvent released = story.first(LeaseReleased.class);
        return released != null && isWithin(released, call.start(), call) ? released : null;
    }

    /** Nothing is gone that was held all the time between question and answer. */
    private @Nullable LimitEvent gone(Call call, LeaseStory story, List<Finding> found) {
        LimitEvent granted = story.first(LeaseGranted.class);
        boolean wasHeld = granted != null
                && granted.at() + History.CLOCK_MILLIS < call.start().millis();
        return wasHeld && !story.isOverBy(call.end().millis() + History.CLOCK_MILLIS)
                ? finding(call, "Expected the lease to be held, as the log has it", found)
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
                String what = "Expected to be decided between " + reported.asked() + " and the answer, but got ";
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
                String what = "Expected it after command " + offset + ", which was answered before, but got ";
                found.add(Finding.at(this, reported.call(), what + reported.event()));
            }
        }
    }
}
