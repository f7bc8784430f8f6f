package io.limitledger.gateway.faults.proof;

import io.limitledger.core.event.LimitEvent;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A violation of a law.
 *
 * @param law name of the violated law
 * @param number of the event at fault; null if it is a call of a client
 * @param at epoch milliseconds
 */
public record Finding(
        String law,
        String limit,
        @Nullable UUID leaseId,
        @Nullable Long number,
        long at,
        String what) {
    static Finding at(Law law, LimitEvent event, @Nullable UUID leaseId, String what) {
        return new Finding(law.name(), event.limit(), leaseId, event.number(), event.at(), what);
    }

    static Finding at(Law law, Call call, String what) {
        String details =
                what + "; " + call.client() + " over " + call.way() + ": " + call.asked() + ", " + call.answer();
        return new Finding(
                law.name(),
                call.asked().limit(),
                call.leaseId(),
                null,
                call.end().millis(),
                details);
    }

    @Override
    public String toString() {
        return law + ": limit '" + limit + "', lease " + leaseId + (number == null ? "" : ", event " + number) + ", "
                + Instant.ofEpochMilli(at) + ": " + what;
    }
}
