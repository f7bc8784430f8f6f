package io.limitledger.gateway.admission;

import io.limitledger.client.Asking;
import io.limitledger.client.AskingDecorator;
import io.limitledger.client.TooManyInFlightException;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.DeleteLimit;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.command.SettleLease;
import io.limitledger.core.command.TakeSlots;
import io.limitledger.wire.ReplyRecord;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns new work away at once while the ledger has more to decide than it can in a moment, so that a client that is let in
 * gets its answer soon, however many come. Renewals, releases and cancellations are always let in, and so is an acquire on
 * several limits that has begun: refusing these would make more work, not less.
 */
public final class Admission extends AskingDecorator {
    /** A burst of a thousand is no overload. As many as this keep a ledger busy for less than a second. */
    private static final int MOST_UNDECIDED = 2_000;

    private static final String HEAP_FULL =
            "The heap of this process is nearly full, so nothing new is taken. Ask again later, or give it more: -Xmx";
    private static final long HEAP_RETRY_MILLIS = 1_000;

    /** Of new work that has no answer yet, waiters included; the client of the ledger takes no more of all together. */
    private static final int MOST_OF_PRINCIPALS = 20_000;

    private final FairShare shares = new FairShare(() -> MOST_OF_PRINCIPALS);
    private final IntSupplier undecided;
    private final BooleanSupplier isHeapFull;
    private final int most;

    /**
     * Beside a client of the ledger.
     *
     * @param undecided commands of this gateway that have no reply yet, without those that give back; a waiter in a queue
     *     has had its first reply
     * @param isHeapFull whether memory for more is missing
     */
    public Admission(Asking ledger, IntSupplier undecided, BooleanSupplier isHeapFull) {
        this(ledger, undecided, isHeapFull, MOST_UNDECIDED);
    }

    /** @param most commands that may be undecided when another is let in */
    public Admission(Asking ledger, IntSupplier undecided, BooleanSupplier isHeapFull, int most) {
        super(ledger);
        this.undecided = undecided;
        this.isHeapFull = isHeapFull;
        this.most = most;
    }

    @Override
    public CompletableFuture<ReplyRecord> send(LimitCommand command, int partition, @Nullable String by) {
        if (!isAdmitted(command)) {
            return refusal();
        }
        return by == null || !isNew(command)
                ? ledger.send(command, partition, by)
                : sendWithinShare(command, partition, by);
    }

    /** A principal has what is left for others; it may have many addresses. */
    private CompletableFuture<ReplyRecord> sendWithinShare(LimitCommand command, int partition, String by) {
        if (shares.take(by) != FairShare.Answer.TAKEN) {
            return CompletableFuture.failedFuture(new ClientBusyException(by + " has " + shares.has(by)
                    + " requests that are not answered yet, as many as are left for others; ask again later"));
        }
        return ledger.send(command, partition, by).whenComplete((reply, failure) -> shares.giveBack(by));
    }

    private static boolean isNew(LimitCommand command) {
        return command instanceof AcquireLease || command instanceof TakeSlots;
    }

    private boolean isAdmitted(LimitCommand command) {
        return command instanceof RenewLease
                || command instanceof SettleLease
                || Asking.givesBack(command)
                || hasBegun(command)
                || hasRoom(command);
    }

    /** A limit that is deleted gives memory back. */
    private boolean hasRoom(LimitCommand command) {
        boolean hasMemory = command instanceof DeleteLimit || !isHeapFull.getAsBoolean();
        return hasMemory && undecided.getAsInt() < most;
    }

    /** Whether it is not the first of several limits, which are acquired in the order of their names. */
    private static boolean hasBegun(LimitCommand command) {
        return command instanceof AcquireLease acquire
                && acquire.siblings().stream().anyMatch(other -> other.compareTo(acquire.limit()) < 0);
    }

    private CompletableFuture<ReplyRecord> refusal() {
        return CompletableFuture.failedFuture(
                isHeapFull.getAsBoolean()
                        ? new OverloadedException(HEAP_FULL, HEAP_RETRY_MILLIS)
                        : new TooManyInFlightException(most));
    }
}
