package io.limitledger.lease;

import io.limitledger.client.Asking;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Released;
import io.limitledger.wire.LeaseIds;
import io.limitledger.wire.ReplyRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
    private final Map<String, Long> used;

    /** @param used how many slots were really used, by name of the limit, where that is known */
    LeaseEnd(Asking ledger, UUID leaseId, List<String> names, Map<String, Long> used) {
        this.ledger = ledger;
        this.leaseId = leaseId;
        // Those that are named in their commands first: what the id alone releases is what is left.
        this.names = names.stream()
                .sorted(Comparator.comparing(name -> used.containsKey(name) ? 0 : 1))
                .toList();
        this.used = used;
    }

    /** Completes when nothing is held under the id, and nothing will be. */
    CompletableFuture<Void> run() {
        // A partition releases one limit for each command; it is asked once for each of its limits.
        return all(names.stream().map(name -> ledger.send(byId(name), partitionOf(name))))
                .thenCompose(answers -> answers.stream().allMatch(ReplyRecord::changed)
                        ? CompletableFuture.completedFuture(null)
                        : releaseByName().thenCompose(named -> searchAll(names.size())));
    }

    /** By the id alone, unless it matters which of several limits is meant. */
    private ReleaseLease byId(String name) {
        boolean isNamed = names.size() > 1 && used.containsKey(name);
        return new ReleaseLease(isNamed ? name : null, leaseId, used.get(name));
    }

    private int partitionOf(String name) {
        return LeaseIds.partition(name, ledger.partitions());
    }

    private CompletableFuture<List<ReplyRecord>> releaseByName() {
        return all(names.stream().map(name -> ledger.send(new ReleaseLease(name, leaseId, used.get(name)))));
    }

    /** A partition that does not know the id changes nothing. */
    private CompletableFuture<Void> searchAll(int limits) {
        Long usedOfOne = names.size() == 1 ? used.get(names.get(0)) : null;
        return all(IntStream.range(0, ledger.partitions())
                        .mapToObj(partition -> ledger.send(new ReleaseLease(null, leaseId, usedOfOne), partition)))
                .thenCompose(answers -> limits > 1 && answers.stream().anyMatch(ReplyRecord::changed)
                        ? searchAll(limits - 1)
                        : CompletableFuture.completedFuture(null));
    }

    private static CompletableFuture<List<ReplyRecord>> all(Stream<CompletableFuture<ReplyRecord>> asked) {
        List<CompletableFuture<ReplyRecord>> answers =
                asked.map(answer -> answer.thenApply(LeaseEnd::released)).toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> answers.stream().map(CompletableFuture::join).toList());
    }

    /** Between two names a limit releases nothing. */
    private static ReplyRecord released(ReplyRecord answer) {
        if (answer.reply() instanceof Refused refused && refused.reason() == Refused.Reason.NOT_OWNER) {
            throw new NotOwnerException(refused);
        }
        if (!(answer.reply() instanceof Released)) {
            throw new IllegalStateException("Expected a release, but got " + answer.reply());
        }
        return answer;
    }
}
