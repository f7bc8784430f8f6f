package io.limitledger.gateway.prefect.limit;

import io.limitledger.client.Asking;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Holder;
import io.limitledger.lease.Acquisition;
import io.limitledger.lease.Leases;
import io.limitledger.lease.Outcome;
import io.limitledger.wire.ReplyRecord;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Leases on no limit at all: a client that asks for limits of which none exists gets a lease all the same, renews it and
 * releases it. They are kept as leases on a limit of our own, which is created when it is first needed, is not active, and
 * so grants everything and occupies nothing. Any gateway finds them, even after a restart, without a rule of their own.
 */
public final class ReservedLimit {
    private static final String NAME = "limit-ledger:none";
    private static final Definition DEFINITION = new Definition(0, 0, false);

    /** Names that users cannot give. */
    public static final Set<String> NAMES = Set.of(NAME);

    private final Asking ledger;

    public ReservedLimit(Asking ledger) {
        this.ledger = ledger;
    }

    static boolean is(String name) {
        return NAME.equals(name);
    }

    /** For a lease that occupies nothing. */
    public static Acquisition acquisition(long slots, long leaseMillis, @Nullable Holder holder) {
        return Acquisition.of(List.of(NAME), slots, leaseMillis, 0, holder);
    }

    /**
     * Acquires such a lease.
     *
     * @param leases on behalf of whom
     */
    public CompletableFuture<Outcome> acquire(Acquisition acquisition, Leases leases) {
        return leases.acquire(acquisition)
                .thenCompose(outcome -> isMissing(outcome)
                        ? make().thenCompose(made -> leases.acquire(acquisition))
                        : CompletableFuture.completedFuture(outcome));
    }

    private static boolean isMissing(Outcome outcome) {
        return outcome.reply() instanceof Refused refused && refused.reason() == Refused.Reason.LIMIT_NOT_FOUND;
    }

    /** If another gateway has created it in the meantime, that is as good. */
    private CompletableFuture<ReplyRecord> make() {
        return ledger.send(new PutLimit(NAME, DEFINITION, null, true));
    }
}
