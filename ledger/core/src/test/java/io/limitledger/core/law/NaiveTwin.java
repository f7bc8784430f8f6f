package io.limitledger.core.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.event.LeasesProlonged;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Queued;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Renewed;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.reply.Returned;
import io.limitledger.core.reply.Stored;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A {@link NaiveLimit} that decides each command after the ledger, and reports where the two differ. */
public final class NaiveTwin {
    private final NaiveLimit naive = new NaiveLimit();

    /**
     * Throws unless the naive limit decides the same.
     *
     * @param limit the limit after the ledger's decision; null if it does not exist
     */
    public void decide(LogEntry entry, Decision decision, @Nullable Limit limit) {
        decision.events().stream()
                .filter(event -> event.fact() instanceof LeasesProlonged)
                .forEach(event -> naive.prolong(entry, ((LeasesProlonged) event.fact()).byMillis()));
        int waiting = naive.waiting();
        List<String> expected = naive.decide(entry, (now, earliest) -> {
            long promised = promised(decision.reply(), now, earliest);
            // Each waiter's start is rounded up to a millisecond, which may be too late after another has left.
            assertThat(promised).as("promise of #%d", entry.offset()).isBetween(earliest, earliest + waiting);
            return promised;
        });
        assertThat(answers(decision))
                .as("answers to #%d", entry.offset())
                .usingElementComparator((one, other) -> isAlike(one, other, waiting) ? 0 : 1)
                .isEqualTo(expected);
        if (entry.command().invalidFields().isEmpty()) {
            assertThat(occupied(limit, entry))
                    .as("occupied after #%d", entry.offset())
                    .isEqualByComparingTo(naive.occupied().setScale(6, RoundingMode.CEILING));
        }
    }

    /**
     * The same by the partition's time: the naive limit knows only one clock.
     *
     * @param aheadMillis by how much the partition's time is ahead of the broker's clock
     */
    void decide(LogEntry entry, Decision decision, @Nullable Limit limit, long aheadMillis) {
        decide(
                entry.at(entry.timestamp() + aheadMillis),
                new Decision(
                        decision.events(),
                        decision.reply().laterBy(aheadMillis),
                        decision.answers().stream()
                                .map(answer -> new Decision.Answer(
                                        answer.asker(), answer.reply().laterBy(aheadMillis)))
                                .toList(),
                        decision.messages()),
                limit);
    }

    /** Whether two answers are equal, apart from the retry time while several waiters are in the queue. */
    private static boolean isAlike(String actual, String expected, int waiting) {
        String[] one = actual.split("retry after ", -1);
        String[] other = expected.split("retry after ", -1);
        if (one.length == 1 || other.length == 1) {
            return actual.equals(expected);
        }
        long late = Long.parseLong(one[1]) - Long.parseLong(other[1]);
        return one[0].equals(other[0]) && (waiting > 1 || late == 0);
    }

    private static long promised(Reply reply, long now, long earliest) {
        if (reply instanceof Granted granted) {
            return granted.lease().startsAt();
        }
        return reply instanceof Denied denied ? now + denied.retryAfterMillis() : earliest;
    }

    private static BigDecimal occupied(@Nullable Limit limit, LogEntry entry) {
        if (limit == null) {
            return BigDecimal.ZERO;
        }
        long now = Math.max(entry.timestamp(), limit.decidedAt());
        return BigDecimal.valueOf(limit.bucketAt(now).levelMicros(), 6);
    }

    private static List<String> answers(Decision decision) {
        return Stream.concat(
                        Stream.of(answer(decision.reply())),
                        decision.answers().stream()
                                .map(answer -> "to " + answer.asker().correlationId() + ": " + answer(answer.reply())))
                .toList();
    }

    private static String answer(Reply reply) {
        if (reply instanceof Granted granted) {
            Lease lease = granted.lease();
            return "granted " + lease.slots() + " from " + lease.startsAt() + " until " + lease.expiresAt();
        }
        if (reply instanceof Renewed renewed) {
            return "renewed until " + renewed.lease().expiresAt();
        }
        if (reply instanceof Queued queued) {
            return "queued until " + queued.until();
        }
        if (reply instanceof Denied denied) {
            return "denied " + denied.reason() + ", retry after " + denied.retryAfterMillis();
        }
        if (reply instanceof Refused refused) {
            return "refused " + refused.reason();
        }
        if (reply instanceof Stored stored) {
            return stored.created() ? "stored, new" : "stored";
        }
        if (reply instanceof Returned returned) {
            return "returned " + BigDecimal.valueOf(returned.freedMicros(), 6);
        }
        return reply.type().toLowerCase(Locale.ROOT);
    }
}
