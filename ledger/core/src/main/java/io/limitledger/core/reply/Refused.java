package io.limitledger.core.reply;

import io.limitledger.core.command.InvalidField;
import java.util.List;

/**
 * The command was not in order and changed nothing.
 *
 * @param message "Expected ..., but ..."
 * @param fields the mistakes, where the reason is {@link Reason#INVALID_COMMAND} or {@link Reason#INVALID_DEFINITION}
 */
public record Refused(Reason reason, String message, List<InvalidField> fields) implements Reply {

    public Refused {
        fields = fields == null ? List.of() : List.copyOf(fields);
    }

    /** Why, in order of precedence: the first that applies is given. */
    public enum Reason {
        /** Not JSON, or not a command. Decided by the reader of records, before any rule. */
        UNREADABLE_COMMAND,
        /** One or more fields are missing or out of bounds. */
        INVALID_COMMAND,
        /** A change that is right by itself, but not beside what the limit says already. */
        INVALID_DEFINITION,
        /** No limit of this name. */
        LIMIT_NOT_FOUND,
        /** A limit of this name exists, and the command wanted a new one. */
        LIMIT_EXISTS,
        /** The limit is on its way to another name; ask again in a moment. */
        LIMIT_MOVING,
        /** The limit was deleted while the acquire waited. */
        LIMIT_DELETED,
        /** The lease id belongs to a different request. */
        LEASE_ID_TAKEN,
        /** The lease has been released, has expired, was cancelled, or never was. */
        LEASE_GONE,
        /** The command is for leases of one owner, and the lease has another. */
        NOT_OWNER,
        /** More slots than the limit has. */
        SLOTS_EXCEED_LIMIT,
        /** A limit without decay gives slots only on a lease. */
        LEASE_REQUIRED,
        /** The limit has as many keys as one limit may have. */
        TOO_MANY_KEYS,
        /** Something is said about a key of a limit to which it would make no difference. */
        KEYS_NOT_BOUNDED,
        /** The limit has as many leases as one limit may have. */
        TOO_MANY_LEASES,
        /** The queue is as long as a queue may be. */
        TOO_MANY_WAITERS
    }
}
