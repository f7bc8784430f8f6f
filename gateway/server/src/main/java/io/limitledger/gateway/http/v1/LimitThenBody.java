package io.limitledger.gateway.http.v1;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.limitledger.audit.Replay.LimitThen;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A limit as it was, in JSON: what is told of one as it stands, and who held and who waited.
 *
 * @param heldBy the first of its leases, in order of expiry
 * @param inLine the first of its waiters, the next to be served first
 */
record LimitThenBody(Instant at, @JsonUnwrapped LimitBody limit, List<LeaseBody> heldBy, List<WaiterBody> inLine) {
    /** As many as the largest page has. The numbers of all stand in the limit. */
    private static final int MOST = 1_000;

    static LimitThenBody of(LimitThen then, long at) {
        return new LimitThenBody(
                Instant.ofEpochMilli(at),
                LimitBody.of(
                        then.limit().limit(),
                        then.waiters().stream().findFirst().orElse(null),
                        at),
                then.leases().stream().limit(MOST).map(LeaseBody::of).toList(),
                IntStream.range(0, Math.min(MOST, then.waiters().size()))
                        .mapToObj(i -> WaiterBody.of(then.waiters().get(i), i + 1L, List.of()))
                        .toList());
    }
}
