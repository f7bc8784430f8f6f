package io.limitledger.gateway.http.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.command.InvalidField;
import io.limitledger.core.reply.Cancelled;
import io.limitledger.core.reply.Charged;
import io.limitledger.core.reply.Checked;
import io.limitledger.core.reply.Deleted;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.KeyStored;
import io.limitledger.core.reply.Moving;
import io.limitledger.core.reply.Queued;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Released;
import io.limitledger.core.reply.Renamed;
import io.limitledger.core.reply.Renewed;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.reply.Returned;
import io.limitledger.core.reply.Settled;
import io.limitledger.core.reply.Stored;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.http.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReplyToHttpTest {
    /** Of the definition below; it is the same whatever the name. */
    private static final String TAG = "\"c67235edccf9eb1d2869311e\"";

    private static final UUID ID = UUID.fromString("1f0c7c1e-8a52-4b7e-8a0e-5d2f6f3f9a01");

    private record Row(Reply reply, int status, String problem, Map<String, String> headers) {}

    private static Stream<Row> table() {
        return Stream.of(
                row(new Granted(lease(60_000)), 201, Map.of("Location", "/v1/leases/" + ID)),
                row(new Granted(lease(0)), 201, Map.of()),
                row(new Renewed(lease(60_000)), 200, Map.of()),
                row(new Charged(lease(60_000)), 200, Map.of()),
                row(new Checked("a", ID, null), 200, Map.of()),
                row(new Checked("a", ID, denied(Denied.Reason.FULL, 1_000)), 200, Map.of()),
                row(new KeyStored("a", "b", null), 204, Map.of()),
                row(
                        new Stored(limit("a b/ü"), true),
                        201,
                        Map.of("Location", "/v1/limits/a%20b%2F%C3%BC", "ETag", TAG)),
                row(new Stored(limit("a"), false), 200, Map.of("ETag", TAG)),
                row(new Deleted("a"), 204, Map.of()),
                row(new Released(ID), 204, Map.of()),
                problem(new Cancelled(ID), 410, "acquire-cancelled"),
                problem(denied(Denied.Reason.PAUSED, 1), 429, "limit-paused", "1"),
                problem(denied(Denied.Reason.FULL, 1_000), 429, "limit-full", "1"),
                problem(denied(Denied.Reason.QUOTA, 1_000), 429, "quota-used-up", "1"),
                problem(denied(Denied.Reason.KEY, 1_000), 429, "key-full", "1"),
                problem(denied(Denied.Reason.QUEUE, 1_000), 429, "queue-full", "1"),
                problem(denied(Denied.Reason.REPLACED, 1_000), 429, "replaced", "1"),
                problem(denied(Denied.Reason.TIMED_OUT, 1_001), 429, "wait-timed-out", "2"),
                problem(refused(Refused.Reason.UNREADABLE_COMMAND), 500, "internal-error"),
                problem(refused(Refused.Reason.INVALID_COMMAND), 422, "invalid-request"),
                problem(refused(Refused.Reason.LIMIT_NOT_FOUND), 404, "limit-not-found"),
                problem(refused(Refused.Reason.LIMIT_EXISTS), 409, "limit-exists"),
                problem(refused(Refused.Reason.LIMIT_MOVING), 503, "limit-moving", "1"),
                problem(refused(Refused.Reason.LIMIT_DELETED), 410, "limit-deleted"),
                problem(refused(Refused.Reason.LEASE_ID_TAKEN), 409, "lease-id-taken"),
                problem(refused(Refused.Reason.LEASE_GONE), 410, "lease-gone"),
                problem(refused(Refused.Reason.NOT_OWNER), 403, "forbidden"),
                problem(refused(Refused.Reason.SLOTS_EXCEED_LIMIT), 422, "slots-exceed-limit"),
                problem(refused(Refused.Reason.LEASE_REQUIRED), 422, "lease-required"),
                problem(refused(Refused.Reason.INVALID_DEFINITION), 422, "invalid-request"),
                problem(refused(Refused.Reason.KEYS_NOT_BOUNDED), 422, "keys-not-bounded"),
                problem(refused(Refused.Reason.TOO_MANY_KEYS), 429, "too-many-keys", "5"),
                problem(refused(Refused.Reason.TOO_MANY_LEASES), 429, "too-many-leases", "5"),
                problem(refused(Refused.Reason.TOO_MANY_WAITERS), 429, "too-many-waiters", "5"),
                // These answer nothing that is asked here.
                problem(new Queued("a", ID, 0, 0), 500, "internal-error"),
                problem(new Moving("a", "b"), 500, "internal-error"),
                problem(new Renamed("a", "b"), 500, "internal-error"),
                problem(new Returned("a", 0), 500, "internal-error"),
                problem(new Settled("a"), 500, "internal-error"));
    }

    @ParameterizedTest
    @MethodSource("table")
    void translates(Row row) {
        // when
        HttpAnswer answer = ReplyToHttp.of(row.reply());

        // then
        assertThat(answer.status()).isEqualTo(row.status());
        assertThat(answer.headers()).isEqualTo(row.headers());
        if (row.problem() != null) {
            assertThat(((Problem) answer.body()).type()).hasToString("/problems/" + row.problem());
        }
    }

    @Test
    void knowsEachReplyAndEachReason() {
        // when
        List<Reply> replies = table().map(Row::reply).toList();

        // then
        assertThat(replies.stream().map(Object::getClass)).contains(Reply.class.getPermittedSubclasses());
        assertThat(replies.stream().filter(Refused.class::isInstance).map(reply -> ((Refused) reply).reason()))
                .containsExactlyInAnyOrder(Refused.Reason.values());
        assertThat(replies.stream().filter(Denied.class::isInstance).map(reply -> ((Denied) reply).reason()))
                .containsExactlyInAnyOrder(Denied.Reason.values());
    }

    private static Row row(Reply reply, int status, Map<String, String> headers) {
        return new Row(reply, status, null, headers);
    }

    private static Row problem(Reply reply, int status, String problem) {
        return new Row(reply, status, problem, Map.of());
    }

    private static Row problem(Reply reply, int status, String problem, String retryAfter) {
        return new Row(reply, status, problem, Map.of("Retry-After", retryAfter));
    }

    private static Denied denied(Denied.Reason reason, long retryAfterMillis) {
        return new Denied("a", ID, reason, retryAfterMillis);
    }

    private static Refused refused(Refused.Reason reason) {
        return new Refused(reason, "Expected x, but y", List.of(new InvalidField("x", "y")));
    }

    private static Lease lease(long leaseMillis) {
        return new Lease(new Claim(ID, "a", 1, leaseMillis, null, List.of()), 1_000_000, 0, 0, 0, leaseMillis, null);
    }

    private static Limit limit(String name) {
        return Limit.created(name, ID, new Definition(1, 0, true), 0);
    }
}
