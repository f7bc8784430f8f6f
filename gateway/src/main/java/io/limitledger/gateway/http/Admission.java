package io.limitledger.gateway.http;

import io.limitledger.client.Asking;
import io.limitledger.client.AskingDecorator;
import io.limitledger.client.TooManyInFlightException;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.DeleteLimit;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.RenewLease;
import io.limitledger.wire.ReplyRecord;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * Turns new work away at once while the ledger has before it what it decides in a moment: whoever is let in is answered
 * soon, however many come. Who renews, releases or cancels is let in all the same, and so is an acquire on several
 * limits that has begun: to refuse these would make more work, and not less.
 */
public final class Admission extends AskingDecorator {
    /** A burst of a thousand is no overload. As many as this keep a ledger busy for less than a second. */
    private static final int MOST_UNDECIDED = 2_000;

    private final IntSupplier undecided;
    private final BooleanSupplier isHeapFull;
    private final int most;

    /**
     * Beside a client of the ledger.
     *
     * @param undecided commands of this gateway of which nothing has been heard yet, without those that give back; those that
     *     wait in a queue have been told so
     * @param isHeapFull whether there is no memory for more
     */
    public Admission(Asking ledger, IntSupplier undecided, BooleanSupplier isHeapFull) {
        this(ledger, undecided, isHeapFull, MOST_UNDECIDED);
    }

    Admission(Asking ledger, IntSupplier undecided, BooleanSupplier isHeapFull, int most) {
        super(ledger);
        this.undecided = undecided;
        this.isHeapFull = isHeapFull;
        this.most = most;
    }

    @Override
    public CompletableFuture<ReplyRecord> send(LimitCommand command, int partition) {
        return isAdmitted(command) ? ledger.send(command, partition) : refusal();
    }

    private boolean isAdmitted(LimitCommand command) {
        return command instanceof RenewLease || Asking.givesBack(command) || hasBegun(command) || hasRoom(command);
    }

    /** A limit that is deleted gives memory back. */
    private boolean hasRoom(LimitCommand command) {
        boolean hasMemory = command instanceof DeleteLimit || !isHeapFull.getAsBoolean();
        return hasMemory && undecided.getAsInt() < most;
    }

    /** Several limits are asked in the order of their names. */
    private static boolean hasBegun(LimitCommand command) {
        return command instanceof AcquireLease acquire
                && acquire.siblings().stream().anyMatch(other -> other.compareTo(acquire.limit()) < 0);
    }

    private CompletableFuture<ReplyRecord> refusal() {
        return CompletableFuture.failedFuture(
                isHeapFull.getAsBoolean() ? new HeapFullException() : new TooManyInFlightException(most));
    }
}
