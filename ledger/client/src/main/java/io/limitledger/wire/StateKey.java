package io.limitledger.wire;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The key of a state record: what it is, and for what. All records lie in one store, so that its changelog shows them in
 * the order in which they were written.
 *
 * @param leaseId null for the record of a limit, and for what belongs to the whole partition
 * @param limit null for what belongs to the whole partition
 * @param key null for what does not belong to a key of a limit
 */
public record StateKey(
        Kind kind,
        @Nullable UUID leaseId,
        @Nullable String limit,
        @Nullable String key) {
    /** What a state record holds. */
    public enum Kind {
        LIMIT("limit", 2),
        /** What is kept of a lease id, whether it waits, holds or has ended. */
        LEASE("lease", 3),
        /** What a key of a limit uses. */
        KEY("key", 3),
        /** The last removals of limits, since nothing else is left to tell of them. */
        REMOVALS("removals", 1),
        /** When the leases of the partition ran out, and when not. */
        LEASE_CLOCK("clock", 1),
        /**
         * What the state says of itself. Its key begins as the clock's does: gateways of the version before read it as
         * that, and show neither.
         */
        MARK("clock/mark", 2);

        private final String prefix;
        private final int parts;

        Kind(String prefix, int parts) {
            this.prefix = prefix;
            this.parts = parts;
        }
    }

    public static final StateKey REMOVALS = new StateKey(Kind.REMOVALS, null, null, null);
    public static final StateKey LEASE_CLOCK = new StateKey(Kind.LEASE_CLOCK, null, null, null);
    public static final StateKey MARK = new StateKey(Kind.MARK, null, null, null);

    public static StateKey ofLimit(String limit) {
        return new StateKey(Kind.LIMIT, null, limit, null);
    }

    public static StateKey ofLease(String limit, UUID leaseId) {
        return new StateKey(Kind.LEASE, leaseId, limit, null);
    }

    public static StateKey ofKey(String limit, String key) {
        return new StateKey(Kind.KEY, null, limit, key);
    }

    /** As it stands in the store. */
    public String text() {
        return switch (kind) {
            case REMOVALS, LEASE_CLOCK, MARK -> kind.prefix;
            case LIMIT -> kind.prefix + '/' + limit;
            case LEASE -> kind.prefix + '/' + leaseId + '/' + limit;
            case KEY -> kind.prefix + '/' + limit + '/' + key;
        };
    }

    /** Reads a key back. Names of limits hold no slash, so there is no doubt where a part ends; the key of a limit comes last. */
    public static StateKey parse(String key) {
        if (key.equals(Kind.MARK.prefix)) {
            return MARK;
        }
        boolean isOfKey = key.startsWith(Kind.KEY.prefix + '/');
        String[] parts = key.split("/", isOfKey ? Kind.KEY.parts : -1);
        Kind kind = kind(parts[0]);
        if (parts.length != kind.parts) {
            throw notAKey(key);
        }
        return switch (kind) {
            case REMOVALS -> REMOVALS;
            case LEASE_CLOCK -> LEASE_CLOCK;
            case MARK -> MARK;
            case LIMIT -> ofLimit(parts[1]);
            case LEASE -> ofLease(parts[2], UUID.fromString(parts[1]));
            case KEY -> ofKey(parts[1], parts[2]);
        };
    }

    private static Kind kind(String prefix) {
        for (Kind kind : Kind.values()) {
            if (kind.prefix.equals(prefix)) {
                return kind;
            }
        }
        throw notAKey(prefix);
    }

    private static IllegalArgumentException notAKey(String text) {
        return new IllegalArgumentException("Expected the key of a state record, but got '" + text
                + "'. Was the store written by another version of limits?");
    }
}
