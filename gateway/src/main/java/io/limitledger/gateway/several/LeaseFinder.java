package io.limitledger.gateway.several;

import io.limitledger.client.Answer;
import io.limitledger.core.command.CancelAcquire;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Renewed;
import io.limitledger.core.reply.Reply;
import io.limitledger.core.state.Holder;
import io.limitledger.gateway.http.LedgerPort;
import io.limitledger.gateway.view.LimitsView;
import io.limitledger.wire.LeaseIds;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Renews and releases leases from their ids alone, whichever gateway granted them. In this order:
 *
 * <ol>
 *   <li>the limits that the view shows for the id;
 *   <li>the partition that the id itself tells, which is right for each id that a gateway made;
 *   <li>all other partitions, for ids that clients made, as long as the view has not seen them.
 * </ol>
 *
 * <p>A limit may have been renamed since the view was told, and its leases with it. So a lease on one limit that is gone
 * there is looked for as if the view had not known it.
 *
 * <p>One limit that is found names the others of the lease. Asking a partition in vain does no harm: without the name of
 * a limit, a command for an unknown id changes nothing. For the same reason a release does not stop an acquire that the
 * ledger has not seen yet, unless both take the same partition, which keeps them in order.
 */
final class LeaseFinder {
    private final LedgerPort ledger;
    private final LimitsView view;

    LeaseFinder(LedgerPort ledger, LimitsView view) {
        this.ledger = ledger;
        this.view = view;
    }

    CompletableFuture<Outcome> renew(UUID leaseId, long leaseMillis, @Nullable Holder holder) {
        List<String> names = view.limitsOf(leaseId);
        if (names.isEmpty()) {
            return searchToRenew(leaseId, leaseMillis, holder);
        }
        CompletableFuture<Outcome> renewed = new LimitGroup(ledger, leaseId, names).renew(leaseMillis, holder);
        return names.size() > 1
                ? renewed
                : renewed.thenCompose(outcome -> outcome.isGone()
                        ? searchToRenew(leaseId, leaseMillis, holder)
                        : CompletableFuture.completedFuture(outcome));
    }

    private CompletableFuture<Outcome> searchToRenew(UUID leaseId, long leaseMillis, @Nullable Holder holder) {
        RenewLease renew = new RenewLease(null, leaseId, leaseMillis, holder);
        return search(leaseId, renew, answer -> answer.reply() instanceof Renewed)
                .thenCompose(answer -> renewSiblings(answer.reply(), leaseMillis, holder));
    }

    private CompletableFuture<Outcome> renewSiblings(Reply reply, long leaseMillis, @Nullable Holder holder) {
        if (!(reply instanceof Renewed renewed)) {
            return CompletableFuture.completedFuture(new Outcome(reply, null, List.of()));
        }
        return renewed.lease().siblings().isEmpty()
                ? CompletableFuture.completedFuture(Outcome.renewed(List.of(renewed.lease())))
                : LimitGroup.of(ledger, renewed.lease()).renew(leaseMillis, holder);
    }

    /** Completes when nothing is held under the id any more. */
    CompletableFuture<Outcome> release(UUID leaseId) {
        List<String> names = view.limitsOf(leaseId);
        if (names.size() > 1) {
            return new LimitGroup(ledger, leaseId, names).release();
        }
        if (names.isEmpty()) {
            return searchToRelease(leaseId);
        }
        return ledger.send(new ReleaseLease(names.get(0), leaseId))
                .thenCompose(answer -> answer.changed()
                        ? CompletableFuture.completedFuture(Outcome.released(leaseId))
                        : searchToRelease(leaseId));
    }

    private CompletableFuture<Outcome> searchToRelease(UUID leaseId) {
        // Unlike a release, the answer to this names the siblings; and it ends the wait of those who still wait.
        CancelAcquire cancel = new CancelAcquire(null, leaseId);
        return search(leaseId, cancel, answer -> answer.changed() || answer.reply() instanceof Granted)
                .thenCompose(answer -> answer.reply() instanceof Granted granted
                        ? LimitGroup.of(ledger, granted.lease()).release()
                        : CompletableFuture.completedFuture(Outcome.released(leaseId)));
    }

    private CompletableFuture<Answer> search(UUID leaseId, LimitCommand command, Predicate<Answer> isFound) {
        int likely = LeaseIds.likelyPartition(leaseId, ledger.partitions());
        return ledger.send(command, likely)
                .thenCompose(answer -> isFound.test(answer)
                        ? CompletableFuture.completedFuture(answer)
                        : searchOthers(likely, answer, command, isFound));
    }

    /** The answer of the partition that knows the lease; if none does, that of the likely one. */
    private CompletableFuture<Answer> searchOthers(
            int likely, Answer ofLikely, LimitCommand command, Predicate<Answer> isFound) {
        return IntStream.range(0, ledger.partitions())
                .filter(partition -> partition != likely)
                .mapToObj(partition -> ledger.send(command, partition))
                .reduce(
                        CompletableFuture.completedFuture(ofLikely),
                        (one, other) ->
                                one.thenCombine(other, (first, second) -> isFound.test(second) ? second : first));
    }
}
