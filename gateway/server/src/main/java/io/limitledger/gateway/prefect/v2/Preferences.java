package io.limitledger.gateway.prefect.v2;

import io.limitledger.core.state.Bounds;
import io.limitledger.gateway.prefect.request.PrefectRequest;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What requests say by the standard header {@code Prefer} (RFC 7240), which Prefect's clients can be told to send, since
 * Prefect itself has no fields for it. Like every preference, one that makes no sense is ignored.
 *
 * @param defaultWaitMillis how long a client waits in the queue if it does not say, instead of asking again and again
 */
public record Preferences(long defaultWaitMillis) {
    private static final Pattern WAIT =
            Pattern.compile("(?:^|[,;])\\s*wait\\s*=\\s*\"?(\\d{1,9})\"?\\s*(?:[,;]|$)", Pattern.CASE_INSENSITIVE);
    private static final Pattern STRICT =
            Pattern.compile("(?:^|[,;])\\s*handling\\s*=\\s*\"?strict\"?\\s*(?:[,;]|$)", Pattern.CASE_INSENSITIVE);

    /** {@code wait=SECONDS}: how long it may wait for its slots. */
    long waitMillis(PrefectRequest request) {
        Matcher wait = WAIT.matcher(prefer(request));
        return wait.find()
                ? Math.min(Long.parseLong(wait.group(1)) * 1_000, Bounds.LONGEST_WAIT_MILLIS)
                : defaultWaitMillis;
    }

    /** {@code handling=strict}. */
    static boolean isStrict(PrefectRequest request) {
        return STRICT.matcher(prefer(request)).find();
    }

    private static String prefer(PrefectRequest request) {
        return Objects.requireNonNullElse(request.header("Prefer"), "");
    }
}
