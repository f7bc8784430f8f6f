package io.limitledger.lease;

import io.limitledger.client.Asking;
import io.limitledger.client.UnknownOutcomeException;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.command.SettleLease;
import io.limitledger.core.reply.Charged;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Renewed;
import io.limitledger.core.state.Holder;
import io.limitledger.core.state.Lease;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The limits that are held under one lease id. A command for all of them is sent to all at once. */
final class LimitGroup {
    private final Asking ledger;
    private final UUID leaseId;
    private final List<String> names;

    LimitGroup(Asking ledger, UUID leaseId, Collection<String> names) {
        this.ledger = ledger;
        this.leaseId = leaseId;
        this.names = Acquisition.inOrder(names);
    }

    /** Renews on all limits. A lease that is gone on one of them is gone: the others are released. */
    CompletableFuture<Outcome> renew(long leaseMillis, @Nullable Holder holder) {
        return tryToRenew(leaseMillis, holder).thenCompose(this::renewed);
    }

    /** Renews wherever the lease is held, and leaves to the caller what follows where it is not. */
    CompletableFuture<List<LimitReply>> tryToRenew(long leaseMillis, @Nullable Holder holder) {
        return ask(name -> new RenewLease(name, leaseId, leaseMillis, holder));
    }

    /** What the replies come to. If one of them says that the lease is gone, the others are released. */
    CompletableFuture<Outcome> renewed(List<LimitReply> replies) {
        for (LimitReply reply : replies) {
            if (reply.isRefusedFor(Refused.Reason.LEASE_GONE)) {
                return gone(reply);
            }
        }
        List<Lease> leases = new ArrayList<>();
        for (LimitReply reply : replies) {
            if (!(reply.reply() instanceof Renewed renewed)) {
                return unlessPartlyRenewed(reply, replies);
            }
            leases.add(renewed.lease());
        }
        return CompletableFuture.completedFuture(Outcome.renewed(leases));
    }

    /** A command that was not sent did nothing, but the others did: what is held now is not known. */
    private static CompletableFuture<Outcome> unlessPartlyRenewed(LimitReply reply, List<LimitReply> replies) {
        Throwable failure = reply.failure();
        return failure != null && replies.stream().anyMatch(other -> other.reply() instanceof Renewed)
                ? CompletableFuture.failedFuture(
                        new UnknownOutcomeException("Limit '" + reply.limit() + "' could not be asked", failure))
                : reply.asOutcome();
    }

    private CompletableFuture<Outcome> gone(LimitReply reply) {
        return names.size() == 1 ? reply.asOutcome() : giveBack().thenCompose(released -> reply.asOutcome());
    }

    /** Releases what can be reached. What cannot be expires. */
    CompletableFuture<List<LimitReply>> giveBack() {
        return giveBack(null);
    }

    /** @param used how many slots of each limit were really used; null if as many as were taken */
    CompletableFuture<List<LimitReply>> giveBack(@Nullable Long used) {
        return ask(name -> new ReleaseLease(name, leaseId, used));
    }

    /** Charges each limit with what was really used of it. If one of them does not, that is the outcome, and the others have. */
    CompletableFuture<Outcome> settle(Map<String, Long> used) {
        return ask(name -> new SettleLease(name, leaseId, Objects.requireNonNull(used.get(name))))
                .thenCompose(LimitGroup::charged);
    }

    private static CompletableFuture<Outcome> charged(List<LimitReply> replies) {
        List<Lease> leases = new ArrayList<>();
        for (LimitReply reply : replies) {
            if (!(reply.reply() instanceof Charged charged)) {
                return reply.asOutcome();
            }
            leases.add(charged.lease());
        }
        return CompletableFuture.completedFuture(Outcome.charged(leases));
    }

    private CompletableFuture<List<LimitReply>> ask(Function<String, LimitCommand> command) {
        return LimitReply.all(names.stream()
                .map(name -> LimitReply.to(name, ledger.send(command.apply(name))))
                .toList());
    }
}
