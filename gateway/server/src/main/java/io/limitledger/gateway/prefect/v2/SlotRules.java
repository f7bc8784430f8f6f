package io.limitledger.gateway.prefect.v2;

import io.limitledger.core.state.Limit;
import io.limitledger.gateway.prefect.answer.AnswerException;
import io.limitledger.gateway.prefect.answer.Detail;
import io.limitledger.lease.Acquisition;
import java.util.List;
import java.util.stream.Collectors;

/** What the reference refuses before it looks at what is free. */
final class SlotRules {
    private SlotRules() {}

    /** @param limits those that there are, also the inactive ones, to which no rule applies */
    static void check(SlotRequest request, List<Limit> limits) {
        List<Limit> active = active(limits);
        if (active.stream()
                .anyMatch(limit -> request.slots() > limit.definition().limit())) {
            throw new AnswerException(Detail.tooManySlots());
        }
        String notDecaying = active.stream()
                .filter(limit -> !limit.definition().decays())
                .map(Limit::name)
                .collect(Collectors.joining(","));
        if (request.onlyDecaying() && !notDecaying.isEmpty()) {
            throw refusal("Only concurrency limits with slot decay can be used for rate limiting. The following limits"
                    + " do not have a decay configured: '" + notDecaying + "'");
        }
        if (limits.size() > Acquisition.MAX_NAMES) {
            throw refusal(
                    "Expected at most " + Acquisition.MAX_NAMES + " limits in one request, but got " + limits.size());
        }
    }

    static List<Limit> active(List<Limit> limits) {
        return limits.stream().filter(limit -> limit.definition().active()).toList();
    }

    private static AnswerException refusal(String detail) {
        return new AnswerException(Detail.answer(422, detail));
    }
}
