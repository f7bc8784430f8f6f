package io.limitledger.gateway.faults.proof;

import io.limitledger.core.event.LimitCreated;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.gateway.faults.proof.Answer.Result;
import io.limitledger.gateway.faults.proof.Question.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Law: by the holders' own records, slots that were certainly held at the same time do not exceed the limit. A lease is
 * certainly held from when its holder received the grant until it asks for the release, or until the last end that it
 * received, whichever comes first.
 */
final class HoldersFitTheLimit implements Law {
    private static final class Hold {
        private final Call grant;
        private long until;
        private long releasedAt = Long.MAX_VALUE;

        private Hold(Call grant) {
            this.grant = grant;
        }

        private long from() {
            return grant.end().millis();
        }

        private long end() {
            return Math.min(until, releasedAt);
        }
    }

    private record Step(long at, long slots, Call grant) {}

    @Override
    public List<Finding> violations(History history) {
        Map<String, List<Hold>> byLimit = new HashMap<>();
        holds(history.calls())
                .values()
                .forEach(hold -> byLimit.computeIfAbsent(hold.grant.asked().limit(), limit -> new ArrayList<>())
                        .add(hold));
        List<Finding> found = new ArrayList<>();
        byLimit.forEach((limit, holds) ->
                check(holds, limitOf(history.events().getOrDefault(limit, List.of())), found));
        return found;
    }

    private static Map<UUID, Hold> holds(List<Call> calls) {
        Map<UUID, Hold> holds = new HashMap<>();
        for (Call call : inOrder(calls)) {
            if (call.is(Kind.ACQUIRE, Result.GRANTED) && !call.asked().isSpending()) {
                holds.putIfAbsent(call.leaseId(), new Hold(call));
            }
            Hold hold = holds.get(call.leaseId());
            if (hold != null) {
                hold.until = Math.max(hold.until, heldUntil(call));
            }
        }
        // A cancel may be sent before the grant arrives.
        calls.stream()
                .filter(call -> call.asked().kind() == Kind.RELEASE && holds.containsKey(call.leaseId()))
                .forEach(call -> {
                    Hold hold = holds.get(call.leaseId());
                    hold.releasedAt = Math.min(hold.releasedAt, call.start().millis());
                });
        return holds;
    }

    private static List<Call> inOrder(List<Call> calls) {
        return calls.stream()
                .sorted(Comparator.comparingLong(call -> call.end().nanos()))
                .toList();
    }

    private static long heldUntil(Call call) {
        Long expiresAt = call.answer().expiresAt();
        return switch (call.answer().result()) {
            case HELD -> call.start().millis();
            case GRANTED, RENEWED -> expiresAt == null ? 0 : expiresAt;
            default -> 0;
        };
    }

    private static long limitOf(List<LimitEvent> events) {
        return events.stream()
                .filter(event -> event.fact() instanceof LimitCreated)
                .mapToLong(event -> ((LimitCreated) event.fact()).definition().limit())
                .findFirst()
                .orElse(0);
    }

    private void check(List<Hold> holds, long limit, List<Finding> found) {
        List<Step> steps = new ArrayList<>();
        for (Hold hold : holds) {
            if (hold.from() + History.CLOCK_MILLIS < hold.end()) {
                long slots = hold.grant.asked().slots();
                steps.add(new Step(hold.from() + History.CLOCK_MILLIS, slots, hold.grant));
                steps.add(new Step(hold.end(), -slots, hold.grant));
            }
        }
        steps.sort(Comparator.comparingLong(Step::at).thenComparingLong(Step::slots));
        long held = 0;
        for (Step step : steps) {
            held += step.slots();
            if (step.slots() > 0 && held > limit) {
                String what = "Expected at most " + limit + " slots to be held, but got " + held;
                found.add(Finding.at(this, step.grant(), what));
            }
        }
    }
}
