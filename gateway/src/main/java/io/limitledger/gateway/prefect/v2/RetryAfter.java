package io.limitledger.gateway.prefect.v2;

import io.limitledger.core.reply.Denied;
import io.limitledger.core.state.Demand;
import io.limitledger.core.state.Limit;
import java.time.Clock;

/** When it is worth asking again: exact on a limit with decay; otherwise an estimate from how long slots are held. */
final class RetryAfter {
    private static final double LONGEST_SECONDS = 30;

    /** For the limits of task tags, whose slots seldom are held for long. */
    private static final double LONGEST_TAG_SECONDS = 10;

    private static final String TAG_PREFIX = "tag:";
    private static final double SHORTEST_OCCUPANCY_SECONDS = 0.1;
    private static final double MILLIS_PER_SECOND = 1_000;

    private final Jitter jitter;
    private final Clock clock;

    RetryAfter(Jitter jitter, Clock clock) {
        this.jitter = jitter;
        this.clock = clock;
    }

    double seconds(Limit limit, Denied denied, long slots) {
        double decay = limit.definition().slotDecayPerSecond();
        if (limit.definition().decays()) {
            return denied.retryAfterMillis() / MILLIS_PER_SECOND + deniedSlots(limit, decay) / decay;
        }
        double longest = limit.name().startsWith(TAG_PREFIX) ? LONGEST_TAG_SECONDS : LONGEST_SECONDS;
        double occupancy = Math.min(limit.demand().averageOccupancySeconds(), longest);
        double demand = slots + deniedSlots(limit, 1 / Math.max(occupancy, SHORTEST_OCCUPANCY_SECONDS));
        double interval = occupancy * demand / Math.max(1, limit.definition().limit());
        return jitter.around(Math.min(interval, longest));
    }

    /** What an operator has set, less what has been worked off since. */
    private double deniedSlots(Limit limit, double perSecond) {
        Demand demand = limit.demand();
        double elapsed = Math.max(0, clock.millis() - demand.deniedAt()) / MILLIS_PER_SECOND;
        return Math.max(0, demand.deniedSlots() - Math.floor(elapsed * perSecond));
    }
}
