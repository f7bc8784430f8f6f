package io.limitledger.gateway.http.problem;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.limitledger.core.command.InvalidField;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Obstacle;
import io.limitledger.core.state.Holder;
import io.limitledger.core.state.Lease;
import io.limitledger.wire.SecondsJson;
import io.limitledger.wire.Words;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with a request (RFC 9457).
 *
 * @param type the same for each occurrence of a problem, and the address of a page that explains it
 * @param detail what was expected and what came, this time
 * @param instance path of the request
 * @param errors each mistake in the request, if it is that
 * @param retryAfterSeconds when it is worth asking again; exact, where the header has whole seconds
 * @param leaseId the id under which to ask again, where that matters
 * @param limit which of several limits it comes from
 * @param holders some of those who hold the slots, the next to end first
 * @param why of a denial: under which bound slots are missing
 * @param current what is there now, where a condition of the request does not hold
 * @param headers that go with it
 */
public record Problem(
        URI type,
        String title,
        int status,
        String detail,
        @Nullable String instance,
        @Nullable List<InvalidField> errors,
        @Nullable BigDecimal retryAfterSeconds,
        @Nullable UUID leaseId,
        @Nullable String limit,
        @Nullable List<Holding> holders,
        @JsonUnwrapped @Nullable Why why,
        @Nullable Object current,
        @JsonIgnore Map<String, String> headers) {

    /** Enough to see what is wrong; an answer should not be much larger than its request. */
    private static final int MOST_MISTAKES = 20;

    /** Slots that are held. */
    public record Holding(
            long slots, Instant expiresAt, @Nullable Holder holder) {
        public static Holding of(Lease lease) {
            return new Holding(lease.slots(), Instant.ofEpochMilli(lease.expiresAt()), lease.holder());
        }
    }

    /**
     * Why slots are not granted.
     *
     * @param reason in one word: {@code limit}, {@code quota}, {@code key}, {@code queue}, {@code replaced}, {@code paused} or
     *     {@code timedOut}
     * @param scope whose bound it is, {@code limit} or {@code key}; null on a limit that has one bound only
     * @param quota index of the quota, from 0; null if it is not a quota
     */
    public record Why(
            String reason, @Nullable String scope, @Nullable Integer quota) {
        public static Why of(Denied denied) {
            String reason = Words.of(denied.reason());
            Obstacle obstacle = denied.obstacle();
            return obstacle == null
                    ? new Why(reason, null, null)
                    : new Why(reason, Words.of(obstacle.scope()), obstacle.quota());
        }
    }

    static Problem of(ProblemType type, String detail) {
        return new Problem(
                type.uri(),
                type.title(),
                type.status(),
                detail,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Map.of());
    }

    /** The mistakes of a request, the first of them if there are many. */
    public static Problem invalid(List<InvalidField> mistakes) {
        List<InvalidField> first = mistakes.stream().limit(MOST_MISTAKES).toList();
        int others = mistakes.size() - first.size();
        String detail = first.stream()
                .map(mistake -> mistake.field() + ": " + mistake.message())
                .collect(Collectors.joining("; "));
        return of(ProblemType.INVALID_REQUEST, others == 0 ? detail : detail + "; and " + others + " more")
                .withErrors(first);
    }

    public Problem at(String instance) {
        return new Problem(
                type,
                title,
                status,
                detail,
                instance,
                errors,
                retryAfterSeconds,
                leaseId,
                limit,
                holders,
                why,
                current,
                headers);
    }

    private Problem withErrors(List<InvalidField> errors) {
        return new Problem(
                type,
                title,
                status,
                detail,
                instance,
                errors,
                retryAfterSeconds,
                leaseId,
                limit,
                holders,
                why,
                current,
                headers);
    }

    /** With the time to ask again: exact in the body, in whole seconds rounded up in the header. */
    public Problem retryAfter(long millis) {
        String wholeSeconds = Long.toString(Math.max(1, Math.floorDiv(millis + 999, 1_000L)));
        return new Problem(
                type,
                title,
                status,
                detail,
                instance,
                errors,
                SecondsJson.seconds(millis),
                leaseId,
                limit,
                holders,
                why,
                current,
                Map.of("Retry-After", wholeSeconds));
    }

    public Problem withStatus(int status) {
        return new Problem(
                type,
                title,
                status,
                detail,
                instance,
                errors,
                retryAfterSeconds,
                leaseId,
                limit,
                holders,
                why,
                current,
                headers);
    }

    public Problem about(@Nullable UUID leaseId) {
        return new Problem(
                type,
                title,
                status,
                detail,
                instance,
                errors,
                retryAfterSeconds,
                leaseId,
                limit,
                holders,
                why,
                current,
                headers);
    }

    public Problem on(@Nullable String limit) {
        return new Problem(
                type,
                title,
                status,
                detail,
                instance,
                errors,
                retryAfterSeconds,
                leaseId,
                limit,
                holders,
                why,
                current,
                headers);
    }

    public Problem heldBy(List<Holding> holders) {
        return new Problem(
                type,
                title,
                status,
                detail,
                instance,
                errors,
                retryAfterSeconds,
                leaseId,
                limit,
                holders,
                why,
                current,
                headers);
    }

    public Problem because(Why why) {
        return new Problem(
                type,
                title,
                status,
                detail,
                instance,
                errors,
                retryAfterSeconds,
                leaseId,
                limit,
                holders,
                why,
                current,
                headers);
    }

    /** With what is there now, in the form of the answer to a GET, and its tag. */
    public Problem butThereIs(Object current, String tag) {
        return new Problem(
                type,
                title,
                status,
                detail,
                instance,
                errors,
                retryAfterSeconds,
                leaseId,
                limit,
                holders,
                why,
                current,
                Map.of("ETag", tag));
    }

    Problem withHeaders(Map<String, String> headers) {
        return new Problem(
                type,
                title,
                status,
                detail,
                instance,
                errors,
                retryAfterSeconds,
                leaseId,
                limit,
                holders,
                why,
                current,
                headers);
    }
}
