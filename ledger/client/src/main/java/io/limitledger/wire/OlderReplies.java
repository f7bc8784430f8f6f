package io.limitledger.wire;

import io.limitledger.core.reply.Charged;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Queued;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Renewed;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.reply.Stored;
import io.limitledger.core.state.Asker;
import io.limitledger.core.state.Bounds;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Reservations;
import io.limitledger.core.state.Windows;
import org.jspecify.annotations.Nullable;

/**
 * Replies for clients of older versions, which refuse a field or a reason that they do not know: without what is new, and with
 * the nearest reason of then. Version 3 brought quotas, keys, turns and fences, version 4 the owners of leases. Replies to commands
 * that only newer clients send stay as they are.
 */
final class OlderReplies {
    private static final int QUOTAS_SINCE = 3;
    private static final int OWNERS_SINCE = 4;

    private OlderReplies() {}

    static Reply understoodBy(Asker asker, Reply reply) {
        if (asker.rules() >= OWNERS_SINCE) {
            return reply;
        }
        return asker.rules() >= QUOTAS_SINCE ? withoutOwner(reply) : plain(reply);
    }

    private static Reply withoutOwner(Reply reply) {
        if (reply instanceof Granted granted && isOwned(granted.lease())) {
            return new Granted(withoutOwner(granted.lease()));
        }
        if (reply instanceof Renewed renewed && isOwned(renewed.lease())) {
            return new Renewed(withoutOwner(renewed.lease()));
        }
        return reply instanceof Charged charged && isOwned(charged.lease())
                ? new Charged(withoutOwner(charged.lease()))
                : reply;
    }

    private static boolean isOwned(Lease lease) {
        return lease.claim().owner() != null;
    }

    private static Lease withoutOwner(Lease lease) {
        return new Lease(
                lease.claim().ownedBy(null),
                lease.takenMicros(),
                lease.drainMark(),
                lease.acquiredAt(),
                lease.startsAt(),
                lease.expiresAt(),
                lease.handedTo(),
                lease.fence(),
                lease.spend(),
                lease.used());
    }

    private static Reply plain(Reply reply) {
        if (reply instanceof Granted granted) {
            return new Granted(plain(granted.lease()));
        }
        if (reply instanceof Renewed renewed) {
            return new Renewed(plain(renewed.lease()));
        }
        if (reply instanceof Denied denied) {
            return new Denied(denied.limit(), denied.leaseId(), plain(denied.reason()), denied.retryAfterMillis());
        }
        if (reply instanceof Queued queued) {
            return new Queued(queued.limit(), queued.leaseId(), queued.ahead(), queued.until());
        }
        if (reply instanceof Stored stored) {
            return new Stored(plain(stored.limit()), stored.created());
        }
        return reply instanceof Refused refused && refused.reason() == Refused.Reason.INVALID_DEFINITION
                ? new Refused(Refused.Reason.INVALID_COMMAND, refused.message(), refused.fields())
                : reply;
    }

    private static Lease plain(Lease lease) {
        Claim claim = new Claim(
                lease.leaseId(), lease.limit(), lease.slots(), lease.leaseMillis(), lease.holder(), lease.siblings());
        return new Lease(
                claim,
                lease.takenMicros(),
                lease.drainMark(),
                lease.acquiredAt(),
                lease.startsAt(),
                lease.expiresAt(),
                lease.handedTo());
    }

    private static @Nullable Reservations plain(@Nullable Reservations promised) {
        return promised == null
                ? null
                : new Reservations(promised.levelMicros(), promised.carryPicos(), promised.at(), promised.slots());
    }

    private static Denied.Reason plain(Denied.Reason reason) {
        return switch (reason) {
            case PAUSED, FULL, TIMED_OUT -> reason;
            case QUOTA, KEY, QUEUE, REPLACED -> Denied.Reason.FULL;
        };
    }

    private static Limit plain(Limit limit) {
        Definition definition = limit.definition();
        long slots = definition.hasLimit() ? definition.limit() : Bounds.SLOTS;
        Definition plain = new Definition(slots, definition.slotDecayPerSecond(), definition.active());
        return new Limit(limit.name(), limit.id(), plain, limit.usage(), limit.progress())
                .withReservations(plain(limit.reservations()))
                .withWindows(Windows.EMPTY)
                .withVirtualTime(0)
                .withFence(0);
    }
}
