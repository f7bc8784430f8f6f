package io.limitledger.gateway.cli;

import io.limitledger.audit.LastChange;
import io.limitledger.audit.Replay.LimitThen;
import io.limitledger.core.event.LimitAdopted;
import io.limitledger.core.event.LimitCreated;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.KeyBounds;
import io.limitledger.core.state.KeyUse;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Quota;
import io.limitledger.core.state.Waiter;
import io.limitledger.core.state.Window;
import io.limitledger.core.state.Windows;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A limit as it was, as lines for people: what it is and who made it so, its holders and waiters, and what its keys use. */
final class ReplayText {
    private final PrintWriter out;
    private final long at;

    /** @param at epoch milliseconds */
    ReplayText(PrintWriter out, long at) {
        this.out = out;
        this.at = at;
    }

    void print(LimitThen then, @Nullable LastChange change) {
        print(then.limit().limit());
        if (change != null) {
            out.println("  " + word(change) + ' ' + Instant.ofEpochMilli(change.at()) + by(change.by()));
        }
        then.leases().forEach(this::print);
        then.waiters().forEach(this::print);
        then.keys().stream()
                .filter(use -> !use.key().equals(KeyUse.WITHOUT_KEY))
                .forEach(use -> print(use, then.limit().limit()));
    }

    private void print(Limit limit) {
        boolean isBounded = limit.definition().hasLimit();
        out.printf(
                Locale.ROOT,
                "%s: %s%s occupied%s, %d hold, %d wait%s%n",
                limit.name(),
                slots(limit.bucketAt(at)),
                isBounded ? " of " + limit.definition().limit() : "",
                quotas(limit.definition().quotas(), limit.usage().windows()),
                limit.leases(),
                limit.waiting(),
                limit.definition().active() ? "" : ", inactive");
    }

    private static String word(LastChange change) {
        if (change.event().equals(LimitCreated.class.getSimpleName())) {
            return "created";
        }
        return change.event().equals(LimitAdopted.class.getSimpleName()) ? "renamed" : "changed";
    }

    private void print(Lease lease) {
        out.printf(
                "  holds %d since %s until %s  %s%s%n",
                lease.slots(),
                Instant.ofEpochMilli(lease.startsAt()),
                Instant.ofEpochMilli(lease.expiresAt()),
                lease.leaseId(),
                whose(lease.claim()));
    }

    private void print(Waiter waiter) {
        out.printf(
                "  waits for %d since %s until %s  %s%s%n",
                waiter.slots(),
                Instant.ofEpochMilli(waiter.since()),
                Instant.ofEpochMilli(waiter.until()),
                waiter.leaseId(),
                whose(waiter.claim()));
    }

    private static String whose(Claim claim) {
        return (claim.key() == null ? "" : "  key " + claim.key())
                + by(claim.owner())
                + (claim.holder() == null ? "" : "  " + claim.holder().json());
    }

    private void print(KeyUse use, Limit limit) {
        KeyBounds bounds = limit.definition().boundsOf(use.override());
        out.printf(
                "  key %s: %s%s occupied%s, %d hold%n",
                use.key(),
                slots(use.bucketAt(Math.max(at, use.bucket().settledAt()), bounds)),
                bounds.hasLimit() ? " of " + bounds.limit() : "",
                quotas(bounds.quotas(), use.windows()),
                use.leases());
    }

    private String quotas(List<Quota> quotas, Windows windows) {
        List<Window> all = windows.settledAt(quotas, new Windows.Now(at, 0)).all();
        StringBuilder text = new StringBuilder();
        IntStream.range(0, quotas.size())
                .forEach(index -> text.append(", ")
                        .append(all.isEmpty() ? 0 : all.get(index).taken())
                        .append(" of ")
                        .append(quotas.get(index).slots())
                        .append(" taken"));
        return text.toString();
    }

    private static String by(@Nullable String principal) {
        return principal == null ? "" : "  by " + principal;
    }

    private static String slots(Bucket bucket) {
        return BigDecimal.valueOf(bucket.levelMicros(), 6).stripTrailingZeros().toPlainString();
    }
}
