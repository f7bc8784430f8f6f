package io.limitledger.core.rule;

import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Obstacle;
import io.limitledger.core.reply.Obstacle.Scope;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.KeyBounds;
import io.limitledger.core.state.KeyUse;
import io.limitledger.core.state.LedgerState;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Quota;
import io.limitledger.core.state.Windows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The room that a claim finds under all bounds: those of the limit, and those of its key. */
final class Room {
    private final Claim claim;
    private final Draft draft;
    private final Limit limit;
    private final @Nullable KeyUse use;
    private final KeyBounds bounds;

    private Room(Claim claim, long at, Draft draft) {
        this.claim = claim;
        this.draft = draft;
        this.limit = draft.limit();
        String key = limit.definition().perKey() == null ? null : claim.key();
        this.use = key == null ? null : draft.keyUse(key, at);
        this.bounds = limit.definition().boundsOf(use == null ? null : use.override());
    }

    static Room of(Claim claim, Draft draft) {
        return new Room(claim, draft.now(), draft);
    }

    /** The room that it found at a time that is past, in epoch milliseconds. */
    static Room of(Claim claim, long at, Draft draft) {
        return new Room(claim, at, draft);
    }

    /** The bounds of the claim's key; unbounded if it names none. */
    KeyBounds bounds() {
        return bounds;
    }

    /** From when on the claim fits if nothing else happens, as of {@link Limit#fitsAt}. */
    long fitsAt() {
        return Math.max(ofLimitAt(), ofKeyAt());
    }

    private long ofLimitAt() {
        return limit.fitsAt(claim.needed(), draft.aheadMillis());
    }

    private long ofKeyAt() {
        return use == null || !limit.definition().active()
                ? LedgerState.AT_ONCE
                : use.fitsAt(claim.needed(), bounds, draft.aheadMillis());
    }

    /** From when on the quotas have as many slots, in epoch milliseconds. */
    long ofQuotasAt() {
        long ofLimit = limit.usage()
                .windows()
                .fitsAt(claim.needed(), limit.definition().quotas(), draft.aheadMillis());
        return use == null
                ? ofLimit
                : Math.max(ofLimit, use.windows().fitsAt(claim.needed(), bounds.quotas(), draft.aheadMillis()));
    }

    /** How many of its slots the claim gets at a time at which it fits: all, or as many as are free. */
    long slots(long at) {
        if (!claim.isUpTo() || !limit.definition().active()) {
            return claim.slots();
        }
        Windows.Now then = new Windows.Now(at, draft.aheadMillis());
        Definition definition = limit.definition();
        long free = Math.min(
                free(limit.bucketAt(at), definition.limit()),
                limit.usage().windows().left(definition.quotas(), then));
        if (use != null) {
            free = Math.min(free, free(use.bucketAt(at, bounds), bounds.limit()));
            free = Math.min(free, use.windows().left(bounds.quotas(), then));
        }
        return Math.max(1, Math.min(claim.slots(), free));
    }

    private static long free(Bucket bucket, long limit) {
        return -bucket.missingMicros(0, limit) / Bucket.MICROS;
    }

    /** What is in the way of the claim; null where that needs no words: a limit that bounds nothing but what is occupied. */
    @Nullable
    Obstacle obstacle() {
        if (!limit.definition().isExtended()) {
            return null;
        }
        Definition definition = limit.definition();
        Obstacle ofLimit = obstacle(
                Scope.LIMIT,
                limit.fitsAt(claim.needed(), draft.aheadMillis()),
                limit.usage().windows(),
                definition.quotas());
        Obstacle ofKey = use == null ? null : obstacle(Scope.KEY, ofKeyAt(), use.windows(), bounds.quotas());
        // What bounds the longest is what it waits for.
        boolean isKeys = ofKey != null && (ofLimit == null || ofKeyAt() > ofLimitAt());
        return isKeys ? ofKey : ofLimit == null ? new Obstacle(Scope.LIMIT, null) : ofLimit;
    }

    private @Nullable Obstacle obstacle(Scope scope, long fitsAt, Windows windows, List<Quota> quotas) {
        if (fitsAt <= draft.now()) {
            return null;
        }
        for (int index = 0; index < quotas.size(); index++) {
            long at = windows.fitsAt(claim.needed(), quotas.get(index), index, draft.aheadMillis());
            if (at == fitsAt) {
                return new Obstacle(scope, index);
            }
        }
        return new Obstacle(scope, null);
    }

    static Denied.Reason reason(@Nullable Obstacle obstacle) {
        if (obstacle == null) {
            return Denied.Reason.FULL;
        }
        if (obstacle.quota() != null) {
            return Denied.Reason.QUOTA;
        }
        return obstacle.scope() == Scope.KEY ? Denied.Reason.KEY : Denied.Reason.FULL;
    }
}
