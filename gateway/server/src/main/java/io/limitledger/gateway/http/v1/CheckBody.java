package io.limitledger.gateway.http.v1;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.limitledger.core.reply.Checked;
import io.limitledger.core.reply.Denied;
import io.limitledger.gateway.http.problem.Problem.Why;
import io.limitledger.wire.SecondsJson;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a check in JSON: what an acquire would get if it came now.
 *
 * @param retryAfterSeconds where it would be denied: when it is worth asking
 * @param limit where several were named: the one that would deny
 */
record CheckBody(
        boolean granted,
        @Nullable BigDecimal retryAfterSeconds,
        @JsonUnwrapped @Nullable Why why,
        @Nullable String limit) {
    static CheckBody of(Checked checked, @Nullable String limit) {
        Denied denial = checked.denial();
        return denial == null
                ? new CheckBody(true, null, null, null)
                : new CheckBody(false, SecondsJson.seconds(denial.retryAfterMillis()), Why.of(denial), limit);
    }
}
