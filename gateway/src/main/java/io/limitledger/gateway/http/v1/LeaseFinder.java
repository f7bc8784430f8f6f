package io.limitledger.gateway.http.v1;

import io.limitledger.client.Answer;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.reply.Renewed;
import io.limitledger.gateway.http.LedgerPort;
import io.limitledger.gateway.view.LimitsView;
import io.limitledger.wire.LeaseIds;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Renews and releases leases from their ids alone, whichever gateway granted them. In this order:
 *
 * <ol>
 *   <li>the limit that the view shows for the id;
 *   <li>the partition that the id itself tells, which is right for each id that a gateway made;
 *   <li>all other partitions, for ids that clients made, as long as the view has not seen them.
 * </ol>
 *
 * <p>Asking a partition in vain does no harm: without the name of a limit, a command for an unknown id changes nothing.
 * For the same reason a release does not stop an acquire that the ledger has not seen yet, unless both take the same
 * partition, which keeps them in order.
 */
final class LeaseFinder {
    private final LedgerPort ledger;
    private final LimitsView view;

    LeaseFinder(LedgerPort ledger, LimitsView view) {
        this.ledger = ledger;
        this.view = view;
    }

    CompletableFuture<Answer> renew(RenewLease renew) {
        String limit = view.limitOf(renew.leaseId());
        return limit == null
                ? search(renew.leaseId(), renew, answer -> answer.reply() instanceof Renewed)
                : ledger.send(new RenewLease(limit, renew.leaseId(), renew.leaseMillis(), renew.holder()));
    }

    /** Completes when nothing is held under the id any more. */
    CompletableFuture<Answer> release(UUID leaseId) {
        String limit = view.limitOf(leaseId);
        return limit == null
                ? search(leaseId, new ReleaseLease(null, leaseId), Answer::changed)
                : ledger.send(new ReleaseLease(limit, leaseId));
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
