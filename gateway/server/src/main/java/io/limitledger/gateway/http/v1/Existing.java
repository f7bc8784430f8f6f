package io.limitledger.gateway.http.v1;

import io.limitledger.core.state.Limit;
import io.limitledger.gateway.events.EventTail;
import io.limitledger.gateway.http.problem.ProblemException;
import io.limitledger.gateway.http.problem.ProblemType;
import io.limitledger.gateway.view.LimitsView;
import java.time.Instant;

/** What a request needs to exist, or the problem for its absence. */
final class Existing {
    private static final long STARTING_RETRY_MILLIS = 1_000;

    private Existing() {}

    static Limit limit(LimitsView view, String name) {
        Limit limit = view.limit(name);
        if (limit == null) {
            throw new ProblemException(ProblemType.LIMIT_NOT_FOUND, "Limit '" + name + "' does not exist");
        }
        return limit;
    }

    static ProblemException noLimitAt(String name, long at) {
        return new ProblemException(
                ProblemType.LIMIT_NOT_FOUND, "Limit '" + name + "' did not exist at " + Instant.ofEpochMilli(at));
    }

    /** Refuses while the newest events are still being read: until then none can be called missing or too old. */
    static void events(EventTail tail) {
        if (!tail.hasCaughtUp()) {
            throw new ProblemException(ProblemType.OVERLOADED
                    .because("This gateway is still starting: it has not read the newest events yet")
                    .retryAfter(STARTING_RETRY_MILLIS));
        }
    }
}
