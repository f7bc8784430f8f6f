package io.limitledger.simulation;

import io.limitledger.core.event.KeyDefined;
import io.limitledger.core.event.LeaseExpired;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LeaseReleased;
import io.limitledger.core.event.LeaseRenewed;
import io.limitledger.core.event.LeaseSettled;
import io.limitledger.core.event.LeasesProlonged;
import io.limitledger.core.event.LimitAdopted;
import io.limitledger.core.event.LimitCreated;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.event.LimitLeaving;
import io.limitledger.core.event.LimitStayed;
import io.limitledger.core.event.LimitUpdated;
import io.limitledger.core.event.PartAdopted;
import io.limitledger.core.event.SlotsReturned;
import io.limitledger.core.event.WaiterLeft;
import io.limitledger.core.event.WaiterQueued;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.KeyOverride;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Waiter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A limit according to its events, recorded without applying any rule: its leases, its queue, and its definition. */
final class Page {
    /** When the limit was created, or arrived under this name, in epoch milliseconds. */
    long since;

    long number;
    /** Offset of the command that caused the last event. */
    long offset;

    long at;
    Definition definition = new Definition(0, 0, true);
    /** Whether the limit has ever decayed; true for one that arrived from another name, since it may have. */
    boolean mayHaveDecayed;

    boolean isMoving;
    /** When the move began, in epoch milliseconds. */
    long movingSince;
    /** Number of the event that began the move. */
    long movingFrom;

    /** The limit's id, which it keeps under another name. */
    @Nullable
    UUID limitId;

    /** Occupied millionths of slots that belong to no lease. */
    long unleasedMicros;

    /** Whether others than the first to come may be served first: because of keys, or of a head start. */
    boolean mayBeOutOfOrder;

    /** Whether a key's slots may ever have decayed. */
    boolean mayHaveDecayedForKeys;

    final Map<String, KeyOverride> overrides = new HashMap<>();
    final Map<UUID, Lease> held = new LinkedHashMap<>();
    /** Waiters in order of arrival. */
    final Map<UUID, Waiter> queue = new LinkedHashMap<>();
    /** The last grant under each id, with its last renewal. */
    final Map<UUID, Lease> granted = new HashMap<>();

    final Map<UUID, Long> endedAt = new HashMap<>();

    void write(LimitEvent event) {
        since = event.number() == 1 ? event.at() : since;
        number = event.number();
        offset = event.offset();
        at = event.at();
        if (event.fact() instanceof LimitCreated created) {
            limitId = created.limitId();
            define(created.definition());
        } else if (event.fact() instanceof LimitUpdated updated) {
            define(updated.definition());
            unleasedMicros = updated.bucket().unleasedMicros();
        } else if (event.fact() instanceof LeaseGranted grant) {
            grant(grant, event.at());
        } else if (event.fact() instanceof LeaseRenewed renewed) {
            renew(renewed);
        } else if (event.fact() instanceof LeaseReleased released) {
            end(released.leaseId(), event.at());
        } else if (event.fact() instanceof LeaseExpired expired) {
            end(expired.leaseId(), expired.expiresAt());
        } else if (event.fact() instanceof LeasesProlonged prolonged) {
            held.replaceAll((id, lease) -> lease.ending(lease.expiresAt() + prolonged.byMillis()));
        } else if (event.fact() instanceof WaiterQueued queued) {
            queue(queued.waiter());
        } else if (event.fact() instanceof LeaseSettled settled) {
            settle(settled);
        } else if (event.fact() instanceof KeyDefined defined) {
            override(defined.key(), defined.override());
        } else if (event.fact() instanceof PartAdopted part) {
            part.keys().forEach(use -> override(use.key(), use.override()));
        } else if (event.fact() instanceof WaiterLeft left) {
            queue.remove(left.leaseId());
        } else if (event.fact() instanceof SlotsReturned returned) {
            unleasedMicros = returned.bucket().unleasedMicros();
        } else if (event.fact() instanceof LimitAdopted adopted) {
            adopt(adopted);
        } else if (event.fact() instanceof LimitLeaving) {
            movingSince = isMoving ? movingSince : event.at();
            movingFrom = isMoving ? movingFrom : event.number();
            isMoving = true;
        } else if (event.fact() instanceof LimitStayed) {
            isMoving = false;
        }
    }

    private void define(Definition definition) {
        this.definition = definition;
        mayHaveDecayed |= definition.decays();
        mayBeOutOfOrder |= definition.isKeyed();
        mayHaveDecayedForKeys |=
                definition.perKey() != null && definition.perKey().decays();
    }

    private void override(String key, @Nullable KeyOverride override) {
        if (override == null) {
            overrides.remove(key);
        } else {
            overrides.put(key, override);
            mayHaveDecayedForKeys |= override.slotDecayPerSecond() != null;
        }
    }

    private void queue(Waiter waiter) {
        queue.put(waiter.leaseId(), waiter);
        mayBeOutOfOrder |= waiter.claim().terms() != null;
    }

    private void settle(LeaseSettled settled) {
        Lease lease = settled.lease();
        unleasedMicros = settled.bucket().unleasedMicros();
        held.computeIfPresent(lease.leaseId(), (id, before) -> lease);
        granted.put(lease.leaseId(), lease);
    }

    private void grant(LeaseGranted grant, long at) {
        Lease lease = grant.lease();
        queue.remove(lease.leaseId());
        granted.put(lease.leaseId(), lease);
        unleasedMicros = grant.bucket().unleasedMicros();
        if (lease.leaseMillis() > 0) {
            held.put(lease.leaseId(), lease);
        } else {
            endedAt.put(lease.leaseId(), at);
        }
    }

    private void renew(LeaseRenewed renewed) {
        held.computeIfPresent(renewed.leaseId(), (id, lease) -> lease.renewed(renewed.expiresAt(), renewed.holder()));
        Lease lease = held.get(renewed.leaseId());
        if (lease != null) {
            granted.put(renewed.leaseId(), lease);
        }
    }

    private void end(UUID leaseId, long at) {
        held.remove(leaseId);
        endedAt.put(leaseId, at);
    }

    private void adopt(LimitAdopted adopted) {
        limitId = adopted.limit().limit().id();
        define(adopted.limit().limit().definition());
        mayHaveDecayed = true;
        mayBeOutOfOrder = true;
        mayHaveDecayedForKeys = true;
        adopted.keys().forEach(use -> override(use.key(), use.override()));
        unleasedMicros = adopted.limit().limit().bucket().unleasedMicros();
        adopted.leases().forEach(lease -> {
            held.put(lease.leaseId(), lease);
            granted.put(lease.leaseId(), lease);
        });
        adopted.waiters().stream()
                .sorted(Comparator.comparingLong(Waiter::place))
                .forEach(waiter -> queue.put(waiter.leaseId(), waiter));
    }

    /** The other limits named by the acquire whose id was granted, or waits, here. */
    List<String> siblingsOf(UUID leaseId) {
        return granted.containsKey(leaseId)
                ? granted.get(leaseId).siblings()
                : queue.get(leaseId).siblings();
    }

    /**
     * The start of the lease, or the latest start promised to the waiter, in epoch milliseconds; null if neither
     * exists.
     */
    @Nullable
    Long startOf(UUID leaseId) {
        Lease lease = granted.get(leaseId);
        Waiter waiter = queue.get(leaseId);
        return lease != null ? Long.valueOf(lease.startsAt()) : waiter != null ? waiter.startsAt() : null;
    }

    /** Whether the events record the lease that an answer reports, as granted or as promised. */
    boolean hasRecorded(Lease answer) {
        Lease lease = granted.get(answer.leaseId());
        Waiter waiter = queue.get(answer.leaseId());
        Lease now = held.getOrDefault(answer.leaseId(), lease);
        return (lease != null && (isSame(answer, lease) || isSame(answer, now)))
                || (waiter != null && isPromised(answer, waiter));
    }

    private static boolean isSame(Lease answer, Lease lease) {
        return lease.slots() == answer.slots()
                && lease.startsAt() == answer.startsAt()
                && lease.expiresAt() == answer.expiresAt();
    }

    private static boolean isPromised(Lease answer, Waiter waiter) {
        return waiter.slots() == answer.slots() && Objects.equals(waiter.startsAt(), answer.startsAt());
    }
}
