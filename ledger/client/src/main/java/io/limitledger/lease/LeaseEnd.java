package io.limitledger.lease;

import io.limitledger.client.Asking;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.reply.Released;
import io.limitledger.wire.LeaseIds;
import io.limitledger.wire.ReplyRecord;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Ends all that is held or waited for under a lease id. First by the id alone, since a limit may have another name by now,
 * and another limit its name. What is not found is released by its limit's name as well, so that an acquire which arrives
 * later takes nothing; and then looked for in all partitions.
 */
final class LeaseEnd {
    private final Asking ledger;
    private final UUID leaseId;
    private final List<String> names;

    LeaseEnd(Asking ledger, UUID leaseId, List<String> names) {
        this.ledger = ledger;
        this.leaseId = leaseId;
        this.names = names;
    }

    /** Completes when nothing is held under the id, and nothing will be. */
    CompletableFuture<Void> run() {
        // A partition releases one limit for each command; it is asked once for each of its limits.
        return releaseIn(names.stream().mapToInt(this::partitionOf))
                .thenCompose(answers -> answers.stream().allMatch(ReplyRecord::changed)
                        ? CompletableFuture.completedFuture(null)
                        : releaseByName().thenCompose(named -> searchAll(names.size())));
    }

    private int partitionOf(String name) {
        return LeaseIds.partition(name, ledger.partitions());
    }

    private CompletableFuture<List<ReplyRecord>> releaseByName() {
        return all(names.stream().map(name -> ledger.send(new ReleaseLease(name, leaseId))));
    }

    /** A partition that does not know the id changes nothing. */
    private CompletableFuture<Void> searchAll(int limits) {
        return releaseIn(IntStream.range(0, ledger.partitions()))
                .thenCompose(answers -> limits > 1 && answers.stream().anyMatch(ReplyRecord::changed)
                        ? searchAll(limits - 1)
                        : CompletableFuture.completedFuture(null));
    }

    private CompletableFuture<List<ReplyRecord>> releaseIn(IntStream partitions) {
        return all(partitions.mapToObj(partition -> ledger.send(new ReleaseLease(null, leaseId), partition)));
    }

    private static CompletableFuture<List<ReplyRecord>> all(Stream<CompletableFuture<ReplyRecord>> asked) {
        List<CompletableFuture<ReplyRecord>> answers =
                asked.map(answer -> answer.thenApply(LeaseEnd::released)).toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> answers.stream().map(CompletableFuture::join).toList());
    }

    /** Between two names a limit releases nothing. */
    private static ReplyRecord released(ReplyRecord answer) {
        if (!(answer.reply() instanceof Released)) {
            throw new IllegalStateException("Expected a release, but got " + answer.reply());
        }
        return answer;
    }
}
