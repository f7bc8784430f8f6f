package io.limitledger.gateway.prefect.v2;

import io.limitledger.core.state.Bounds;
import io.limitledger.gateway.prefect.request.PrefectRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a client stands in line here instead of asking again and again. Prefect has no field for it; so it is said by
 * the standard header {@code Prefer: wait=SECONDS} (RFC 7240), which its clients can be told to send. Like every
 * preference it may be ignored: one that makes no sense is.
 *
 * @param defaultMillis for those who do not say
 */
public record Patience(long defaultMillis) {
    private static final Pattern WAIT =
            Pattern.compile("(?:^|[,;])\\s*wait\\s*=\\s*\"?(\\d{1,9})\"?\\s*(?:[,;]|$)", Pattern.CASE_INSENSITIVE);

    long millis(PrefectRequest request) {
        String prefer = request.header("Prefer");
        Matcher wait = WAIT.matcher(prefer == null ? "" : prefer);
        return wait.find()
                ? Math.min(Long.parseLong(wait.group(1)) * 1_000, Bounds.LONGEST_WAIT_MILLIS)
                : defaultMillis;
    }
}
