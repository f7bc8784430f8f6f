package io.limitledger.gateway.http.v1;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.limitledger.audit.Replay.LimitThen;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A limit as it was, in JSON: the fields of a limit as it is now, with its holders and waiters.
 *
 * @param heldBy the first of its leases, in order of expiry
 * @param inLine the first of its waiters, the next to be served first
 */
record PastLimitBody(Instant at, @JsonUnwrapped LimitBody limit, List<LeaseBody> heldBy, List<WaiterBody> inLine) {
    /** As many as the largest page has. The limit has the numbers of all. */
    private static final int MOST = 1_000;

    static PastLimitBody of(LimitThen then, long at) {
        return new PastLimitBody(
                Instant.ofEpochMilli(at),
                LimitBody.of(
                        then.limit().limit(),
                        then.waiters().stream().findFirst().orElse(null),
                        at),
                then.leases().stream().limit(MOST).map(LeaseBody::of).toList(),
                IntStream.range(0, Math.min(MOST, then.waiters().size()))
                        .mapToObj(i -> WaiterBody.of(then.waiters().get(i), i + 1L, List.of(), null, null))
                        .toList());
    }
}
