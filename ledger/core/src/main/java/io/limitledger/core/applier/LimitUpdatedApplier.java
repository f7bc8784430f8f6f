package io.limitledger.core.applier;

import io.limitledger.core.event.LimitUpdated;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.KeyBounds;
import io.limitledger.core.state.KeyUse;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Spend;
import io.limitledger.core.state.Windows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A limit has another definition, and with it all its keys. */
final class LimitUpdatedApplier {
    private LimitUpdatedApplier() {}

    static Limit apply(LimitUpdated updated, Change change) {
        Limit before = change.limit();
        Definition definition = updated.definition();
        Windows windows = before.usage()
                .windows()
                .converted(
                        before.definition().quotas(),
                        definition.quotas(),
                        change.now(),
                        change.event().offset());
        Limit after = before.redefined(definition, change.event().at())
                .withBucket(updated.bucket())
                .withWindows(windows)
                .withDemand(updated.demand())
                .withReservations(updated.reservations());
        if (!Objects.equals(before.definition().perKey(), definition.perKey())
                || before.definition().isFair() != definition.isFair()) {
            redefineKeys(before, after, change);
        }
        return after;
    }

    /** Takes longer the more keys there are: an edit of the bounds of all is seldom. */
    private static void redefineKeys(Limit before, Limit after, Change change) {
        List<KeyUse> converted = new ArrayList<>();
        Map<String, Long> leased = new HashMap<>();
        for (KeyUse use : change.state().keyUses(before.name())) {
            KeyBounds was = before.definition().boundsOf(use.override());
            KeyBounds is = after.definition().boundsOf(use.override());
            if (was.decays() && !is.decays() && leased.isEmpty()) {
                leased.putAll(leasedMicros(before, change));
            }
            converted.add(change.converted(use, was, is, leased.getOrDefault(use.key(), 0L)));
        }
        // What counts against the old quotas and the new quotas never meet.
        converted.forEach(use -> change.state().removeKey(before.name(), use.key()));
        change.state().put(after);
        converted.forEach(use -> {
            change.state().put(use);
            change.tidy(use.key(), after);
        });
    }

    /** What the leases of each key may still give back. */
    private static Map<String, Long> leasedMicros(Limit limit, Change change) {
        Map<String, Long> leased = new HashMap<>();
        for (Lease lease : change.state().leases(limit.name())) {
            Spend spend = lease.spend();
            if (spend != null && spend.key() != null) {
                leased.merge(spend.key(), change.undecayedMicros(spend.key(), spend, limit), Long::sum);
            }
        }
        return leased;
    }
}
