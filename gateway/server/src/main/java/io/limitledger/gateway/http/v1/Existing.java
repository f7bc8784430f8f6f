package io.limitledger.gateway.http.v1;

import io.limitledger.core.state.Limit;
import io.limitledger.gateway.events.EventTail;
import io.limitledger.gateway.http.problem.ProblemException;
import io.limitledger.gateway.http.problem.ProblemType;
import io.limitledger.gateway.view.LimitsView;
import java.time.Instant;

/** What must be there. */
final class Existing {
    private static final long STARTING_RETRY_MILLIS = 1_000;

    private Existing() {}

    static Limit limit(LimitsView view, String name) {
        Limit limit = view.limit(name);
        if (limit == null) {
            throw new ProblemException(
                    ProblemType.LIMIT_NOT_FOUND,
                    "Expected to read limit '" + name + "', but there is no limit of this name");
        }
        return limit;
    }

    static ProblemException noLimitAt(String name, long at) {
        return new ProblemException(
                ProblemType.LIMIT_NOT_FOUND,
                "Expected to read limit '" + name + "' as it was at " + Instant.ofEpochMilli(at)
                        + ", but there was no limit of this name then");
    }

    /** Before they are read, none is missing and none is too old; so nobody is told so. */
    static void events(EventTail tail) {
        if (!tail.hasCaughtUp()) {
            throw new ProblemException(ProblemType.OVERLOADED
                    .because("Expected the newest events to be read, but this gateway is still starting")
                    .retryAfter(STARTING_RETRY_MILLIS));
        }
    }
}
