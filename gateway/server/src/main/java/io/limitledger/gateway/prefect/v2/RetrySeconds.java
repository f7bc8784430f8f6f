package io.limitledger.gateway.prefect.v2;

import io.limitledger.core.reply.Denied;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Demand;
import io.limitledger.core.state.LedgerState;
import io.limitledger.core.state.Limit;
import java.time.Clock;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * When it is worth asking again: exact on a limit with decay and where a quota is used up; otherwise an estimate from how long
 * slots are held.
 */
public final class RetrySeconds {
    private static final double LONGEST_SECONDS = 30;

    /** For the limits of task tags, whose slots seldom are held for long. */
    private static final double LONGEST_TAG_SECONDS = 10;

    private static final String TAG_PREFIX = "tag:";
    private static final double SHORTEST_OCCUPANCY_SECONDS = 0.1;
    private static final double MILLIS_PER_SECOND = 1_000;

    private final Jitter jitter;
    private final Clock clock;

    /** @param random from 0 to 1, to spread clients that try again */
    public RetrySeconds(DoubleSupplier random, Clock clock) {
        this.jitter = new Jitter(random);
        this.clock = clock;
    }

    /**
     * The longest that one of the limits asks for: the one that denied, and each that would have, or for which an operator
     * has set that more is wanted. All must have room at once, and which of them is asked first says nothing about that.
     */
    double seconds(List<Limit> limits, Limit denying, Denied denied, long slots) {
        double others = limits.stream()
                .filter(limit -> !limit.name().equals(denying.name())
                        && limit.definition().active())
                .mapToDouble(limit -> secondsOfOther(limit, slots))
                .max()
                .orElse(0);
        return Math.max(others, secondsOfDenying(denying, denied, slots));
    }

    private double secondsOfDenying(Limit limit, Denied denied, long slots) {
        double seconds = denied.retryAfterMillis() / MILLIS_PER_SECOND;
        boolean isExact =
                denied.reason() == Denied.Reason.QUOTA || !limit.definition().hasLimit();
        return isExact ? seconds : seconds(limit, seconds, slots);
    }

    /** A limit that has room asks for no delay, unless more is wanted of it. */
    private double secondsOfOther(Limit limit, long slots) {
        long now = clock.millis();
        long ofQuotasAt =
                limit.usage().windows().fitsAt(slots, limit.definition().quotas(), 0);
        double ofQuotas = ofQuotasAt == LedgerState.NEVER ? 0 : Math.max(0, ofQuotasAt - now) / MILLIS_PER_SECOND;
        return Math.max(ofQuotas, limit.definition().hasLimit() ? secondsOfOccupied(limit, slots) : 0);
    }

    private double secondsOfOccupied(Limit limit, long slots) {
        long missingMicros = Math.max(
                0,
                limit.bucketAt(clock.millis())
                        .missingMicros(slots, limit.definition().limit()));
        if (missingMicros == 0 && deniedSlots(limit) == 0) {
            return 0;
        }
        double missing = (double) missingMicros / Bucket.MICROS;
        return seconds(limit, missing / limit.definition().slotDecayPerSecond(), slots);
    }

    /** @param drainSeconds until enough has decayed, on a limit with decay; otherwise meaningless */
    private double seconds(Limit limit, double drainSeconds, long slots) {
        if (limit.definition().decays()) {
            return drainSeconds + deniedSlots(limit) / limit.definition().slotDecayPerSecond();
        }
        double demand = slots + deniedSlots(limit);
        double interval = occupancySeconds(limit)
                * demand
                / Math.max(1, limit.definition().limit());
        return jitter.around(Math.min(interval, longestSeconds(limit)));
    }

    private static double occupancySeconds(Limit limit) {
        return Math.min(limit.demand().averageOccupancySeconds(), longestSeconds(limit));
    }

    private static double longestSeconds(Limit limit) {
        return limit.name().startsWith(TAG_PREFIX) ? LONGEST_TAG_SECONDS : LONGEST_SECONDS;
    }

    /** What an operator has set, less what has been worked off since. */
    private double deniedSlots(Limit limit) {
        Demand demand = limit.demand();
        double perSecond = limit.definition().decays()
                ? limit.definition().slotDecayPerSecond()
                : 1 / Math.max(occupancySeconds(limit), SHORTEST_OCCUPANCY_SECONDS);
        double elapsed = Math.max(0, clock.millis() - demand.deniedAt()) / MILLIS_PER_SECOND;
        return Math.max(0, demand.deniedSlots() - Math.floor(elapsed * perSecond));
    }

    /**
     * Spreads the clients that wait for the same slots: an exponential distribution cut off at both ends, so that a time
     * becomes 0.75 to 1.3 times itself, and stays the same on average.
     *
     * @param random from 0 to 1
     */
    record Jitter(DoubleSupplier random) {
        private static final double LONGEST = 1.3;

        /** Leaves as much below as the other cuts off above. */
        private static final double SHORTEST =
                Math.log(Math.pow(2, LONGEST) / (Math.pow(2, LONGEST) - 1)) / Math.log(2);

        private static final double FROM = 1 - Math.exp(-SHORTEST);
        private static final double TO = 1 - Math.exp(-LONGEST);

        double around(double seconds) {
            double place = FROM + random.getAsDouble() * (TO - FROM);
            return -Math.log(1 - place) * seconds;
        }
    }
}
