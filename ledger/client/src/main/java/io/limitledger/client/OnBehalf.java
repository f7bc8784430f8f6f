package io.limitledger.client;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.TakeSlots;
import io.limitledger.wire.ReplyRecord;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The principal on whose behalf a client of the ledger sends commands. The log keeps its name with each command and its events,
 * and with each lease that it acquires: it is their owner. Unless it administers a limit it may renew, settle, release and cancel
 * there only what it owns: its commands carry that as a condition, which the ledger decides from the log.
 *
 * @param by name of the principal, 1 to {@link io.limitledger.core.state.Bounds#PRINCIPAL_CHARACTERS} characters; null where
 *     callers are not known, and then there is no condition
 * @param administers the limits on which it may act for other owners
 */
public record OnBehalf(@Nullable String by, Administers administers) {
    /** Of callers that are not known. */
    public static final OnBehalf NO_ONE = new OnBehalf(null, limit -> true);

    /** The limits on which a principal may act for other owners. */
    @FunctionalInterface
    public interface Administers {
        /**
         * Whether it may on a limit.
         *
         * @param limit name of the limit; null where only a lease id is known, and so any limit may be meant
         */
        boolean limit(@Nullable String limit);
    }

    Asking over(Asking ledger) {
        return by == null ? ledger : new Sender(ledger, by, this);
    }

    private LimitCommand withCondition(LimitCommand command, String owner) {
        // What takes something new is about no lease yet, and most commands do: their rights need not be looked up.
        boolean isNew = command instanceof AcquireLease || command instanceof TakeSlots;
        return isNew || administers.limit(command.limit()) ? command : command.ifOwnedBy(owner);
    }

    private record Sender(Asking ledger, String name, OnBehalf caller) implements Asking {
        @Override
        public CompletableFuture<ReplyRecord> send(LimitCommand command, int partition, @Nullable String by) {
            return ledger.send(caller.withCondition(command, name), partition, by == null ? name : by);
        }

        @Override
        public int partitions() {
            return ledger.partitions();
        }
    }
}
