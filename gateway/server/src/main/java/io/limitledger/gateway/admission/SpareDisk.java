package io.limitledger.gateway.admission;

import io.limitledger.client.Asking;
import io.limitledger.client.AskingDecorator;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.TakeSlots;
import io.limitledger.wire.ReplyRecord;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Turns new limits and new holders away while the disk is nearly full; renewals and releases are let in. */
public final class SpareDisk extends AskingDecorator {
    private static final long RETRY_MILLIS = 30_000;

    private final BooleanSupplier isScarce;

    public SpareDisk(Asking ledger, BooleanSupplier isScarce) {
        super(ledger);
        this.isScarce = isScarce;
    }

    @Override
    public CompletableFuture<ReplyRecord> send(LimitCommand command, int partition, @Nullable String by) {
        return isRefused(command) ? refusal() : ledger.send(command, partition, by);
    }

    private boolean isRefused(LimitCommand command) {
        boolean isNew = command instanceof PutLimit || command instanceof AcquireLease || command instanceof TakeSlots;
        return isNew && isScarce.getAsBoolean();
    }

    private static CompletableFuture<ReplyRecord> refusal() {
        return CompletableFuture.failedFuture(new OverloadedException(
                "The disk of the ledger is nearly full, so it takes no new limits and leases; renewals and releases are"
                        + " answered. Make room on it",
                RETRY_MILLIS));
    }
}
